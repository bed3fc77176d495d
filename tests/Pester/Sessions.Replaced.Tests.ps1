# What becomes of a session when a later Connect-Cse takes its name.

BeforeAll {
    $PSDefaultParameterValues = @{ 'Connect-Cse:MaximumRetryCount' = 0 }
    $token = @{ Endpoint = Get-SimulatorAddress; ProjectId = $Sim.ProjectId; Token = $Sim.Token }

    # Whether the session still holds its secret: a wiped one authorizes nothing.
    function Test-Wiped($Session) {
        $flags = [System.Reflection.BindingFlags]'Instance, NonPublic'
        $client = [CseJobs.CseSession].GetProperty('Client', $flags).GetValue($Session)
        $credential = $client.GetType().GetField('_credential', $flags).GetValue($client)
        $secret = $credential.GetType().GetFields($flags).ForEach{ $_.GetValue($credential) }.Where({ $_.GetType().Name -eq 'Secret' }, 'First')[0]
        $null -eq $secret.GetType().GetField('_value', $flags).GetValue($secret)
    }
}

Describe 'A session whose name is taken' {
    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    It 'is closed and wiped, also where a variable holds it' {
        $earlier = Connect-Simulator -Name same
        $later = Connect-Simulator -Name SAME
        $earlier.IsClosed | Should -BeTrue
        Test-Wiped $earlier | Should -BeTrue
        Test-Wiped $later | Should -BeFalse
        (Get-CseSession).Equals($later) | Should -BeTrue
        $refusal = Get-Refusal { Get-CseEngineJob sim-jobs1 -Session $earlier }
        $refusal.FullyQualifiedErrorId | Should -Be 'SessionClosed,CseJobs.Commands.GetCseEngineJobCommand'
        "$refusal" | Should -BeLike "The session 'same' is closed: *a later Connect-Cse of its name has taken its place*"
    }

    It 'stays open for a cmdlet that uses it, and is closed when that has ended: <What>' -ForEach @(
        @{ What = 'by -Session'; Pipe = { Get-CseEngineJob sim-jobs250 -PageSize 50 -Session $earlier } }
        @{ What = 'as the default'; Pipe = { Get-CseEngineJob sim-jobs250 -PageSize 50 } }
        @{ What = 'by an object'; Pipe = { $earlier | Get-CseEngineJob sim-jobs250 -PageSize 50 } }
    ) {
        $earlier = Connect-Simulator -Name same
        $during = $null
        $jobs = & $Pipe | ForEach-Object { if (-not $during) { $null = Connect-Simulator -Name same; $during = "$($earlier.IsClosed)" }; $_ }
        $during | Should -Be False
        $jobs | Should -HaveCount 250
        $earlier.IsClosed | Should -BeTrue
        Test-Wiped $earlier | Should -BeTrue
    }

    It 'is closed when the cmdlet is left: Select-Object -First' {
        $earlier = Connect-Simulator -Name same
        $null = Get-CseEngineJob sim-jobs250 -PageSize 50 -Session $earlier | ForEach-Object { $null = Connect-Simulator -Name same; $_ } | Select-Object -First 1
        $earlier.IsClosed | Should -BeTrue
    }

    It 'is closed at once when nothing uses it any more, however often it was used' {
        $earlier = Connect-Simulator -Name same
        1..3 | ForEach-Object { $null = Get-CseEngineJob sim-jobs1 -Session $earlier }
        $null = Connect-Simulator -Name same
        $earlier.IsClosed | Should -BeTrue
    }

    It 'stays that of another runspace that has it as its default, until that chooses another' {
        $other = New-ModuleShell
        try {
            $theirs = $other.AddCommand('Connect-Cse').AddParameters($token).AddParameter('EngineId', 'sim-jobs2').AddParameter('Name', 'same').Invoke()[0]
            $other.Commands.Clear()
            $null = Connect-Simulator -Name same -EngineId sim-jobs3
            $theirs.IsClosed | Should -BeFalse
            $other.AddScript('@(Get-CseEngineJob).Count').Invoke() | Should -Be 2
            $other.Commands.Clear()
            Get-CseEngineJob | Should -HaveCount 3
            $null = $other.AddScript('param($to) Connect-Cse @to -Name other').AddArgument($token).Invoke()
            $other.HadErrors | Should -BeFalse
            $theirs.IsClosed | Should -BeTrue
        }
        finally {
            Remove-ModuleShell $other
        }
    }

    It 'is closed by a sign-in that succeeds and not by one that fails' {
        $earlier = Connect-Simulator -Name same
        $null = Get-Refusal { Connect-Cse -Name same -Endpoint (Get-SimulatorAddress) -IamEndpoint (Get-SimulatorAddress) -Region cn-north-4 -AccessKey $Sim.A.AccessKey -SecretKey wrong }
        $earlier.IsClosed | Should -BeFalse
        Get-CseEngineJob sim-jobs1 -Session same | Should -HaveCount 1
    }

    It 'is another one in the other scope' {
        $process = Connect-Simulator -Name same
        $runspace = Connect-Simulator -Name same -Scope Runspace
        $process.IsClosed, $runspace.IsClosed | Should -Be $false, $false
        $null = Connect-Simulator -Name same -Scope Runspace
        $process.IsClosed, $runspace.IsClosed | Should -Be $false, $true
        Disconnect-Cse same
    }
}
