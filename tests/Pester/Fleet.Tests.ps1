# Five regions of 20 engines each, at once: what an operator asks of a whole fleet comes from where it is, and nothing goes anywhere else.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot FleetTools.psm1) -Force
    $PSDefaultParameterValues = @{ 'Connect-Cse:MaximumRetryCount' = 0 }
    $fleet = Start-Fleet -Engines 20
    $module = $Sim.ModulePath

    # Beside them every simulator lists two engines of its own, which are left out by this.
    $mine = 'prod-*'

    # The jobs of a region that failed in the last day, by what its server holds: engine by engine, in its order.
    function Get-ExpectedId([object] $One) {
        $since = [datetimeoffset]::UtcNow.AddDays(-1).ToUnixTimeMilliseconds()
        foreach ($engine in $One.EngineIds) {
            (Invoke-RestMethod "$($One.Address)_sim/engines/$engine").jobs.Where{ $_.status -in 'Error', 'Timeout' -and $_.startTime -ge $since }.id
        }
    }

    # Of each region: who called, for which project, and with what success.
    function Get-FleetIdentity {
        foreach ($one in $fleet) { Get-FleetCall $one | Select-Object -Unique }
    }
}

AfterAll {
    Stop-Fleet $fleet
}

Describe 'A fleet of five regions' {
    BeforeAll {
        $sessions = Invoke-WithVariable (Get-FleetVariable $fleet) { Connect-Cse -Region $Region }
    }

    AfterAll {
        Get-CseSession | Disconnect-Cse
    }

    BeforeEach {
        Clear-FleetCall $fleet
    }

    It 'gives what failed everywhere, in the order of the sessions and their engines' {
        $jobs = Get-CseEngineJob $mine -Session * -Failed -From -1d
        $expected = foreach ($one in $fleet) { Get-ExpectedId $one }
        $expected.Count | Should -BeGreaterThan 100
        $jobs.Id | Should -Be $expected
        ($jobs | ForEach-Object { $_.Session.Name } | Get-Unique) | Should -BeExactly $Region
        Get-FleetIdentity | Should -BeExactly ($fleet.ProjectId.ForEach{ "$_ ak:$($Sim.A.AccessKey) 200" })
    }

    It 'asks each region for its engines once and for the jobs of each of them once' {
        $null = Get-CseEngineJob $mine -Session * -Failed -From -1d
        foreach ($one in $fleet) { Get-FleetCall $one | Should -HaveCount 21 }
    }

    It 'asks a region while another does not answer: <What>' -ForEach @(
        @{ What = 'its engines'; Call = 'Get-CseEngine'; With = @{} }
        @{ What = 'the engines of a pattern'; Call = 'Get-CseEngineJob'; With = @{ EngineId = 'prod-*' } }
        @{ What = 'jobs of an engine'; Call = 'Get-CseEngineJob'; With = @{ EngineId = 'sim-jobs3' } }
        @{ What = 'newest jobs'; Call = 'Get-CseEngineJob'; With = @{ EngineId = 'sim-jobs3'; Latest = $true } }
    ) {
        $server = Start-ScriptedServer stall
        $shell = New-ModuleShell
        try {
            $silent = Connect-Cse -Name silent -Endpoint $server.Address -ProjectId p -Token t -Scope Runspace
            $null = $shell.AddCommand($Call).AddParameters($With).AddParameter('Session', @($silent, $sessions[1], $sessions[4]))
            $null = $shell.BeginInvoke($shell.In, $shell.Out)
            $server.Arrived.Wait(20000) | Should -BeTrue
            foreach ($one in $fleet[1, 4]) { Wait-Until { Get-FleetCall $one } | Should -BeTrue }
            # In the order of the sessions nothing can be shown yet.
            $shell.Out.Count | Should -Be 0
            Stop-Shell $shell | Should -Be Stopped
        }
        finally {
            Remove-ModuleShell $shell
            $server.Dispose()
            Disconnect-Cse silent
            $null = Select-CseSession $sessions[0]
        }
    }

    It 'asks each region for as much at once as -ThrottleLimit allows' {
        $null = Get-CseEngineJob $mine -Session * -ThrottleLimit 4
        foreach ($one in $fleet) { (Invoke-RestMethod "$($one.Address)_sim/stats").peakConcurrency | Should -BeIn 2, 3, 4 }
    }

    It 'gives the same whichever way the sessions are named: <What>' -ForEach @(
        @{ What = 'by pattern'; Run = { Get-CseEngineJob $mine -Session * -Failed -From -1d } }
        @{ What = 'by names and patterns, each once'; Run = { Get-CseEngineJob $mine -Session 'cn-north-4', 'a*-1', 'af-south-1', 'CN-EAST-3', '*' -Failed -From -1d | Sort-Object { [array]::IndexOf($Region, $_.Session.Name) } -Stable } }
        @{ What = 'as objects'; Run = { Get-CseEngineJob $mine -Session (Get-CseSession) -Failed -From -1d } }
        @{ What = 'by objects and names'; Run = { Get-CseEngineJob $mine -Session $sessions[0], ap-southeast-1, $sessions[2], cn-*, la-* -Failed -From -1d } }
        @{ What = 'through the pipeline'; Run = { Get-CseSession | Get-CseEngineJob $mine -Failed -From -1d } }
        @{ What = 'with their engines through the pipeline'; Run = { Get-CseSession | Get-CseEngine $mine | Get-CseEngineJob -Failed -From -1d } }
        @{ What = 'with engines of -Session through the pipeline'; Run = { Get-CseEngine $mine -Session * | Get-CseEngineJob -Failed -From -1d } }
        @{ What = 'with the pattern through the pipeline'; Run = { $mine | Get-CseEngineJob -Session * -Failed -From -1d } }
        @{ What = 'one request at a time'; Run = { Get-CseEngineJob $mine -Session * -Failed -From -1d -ThrottleLimit 1 } }
        @{ What = 'in parallel runspaces'; Run = { Get-CseSession | ForEach-Object -ThrottleLimit 5 -Parallel { Import-Module $using:module; Get-CseEngineJob $using:mine -Session $_ -Failed -From -1d } | Sort-Object { [array]::IndexOf($Region, $_.Session.Name) } -Stable } }
        @{ What = 'in thread jobs'; Run = { Get-CseSession | ForEach-Object { Start-ThreadJob { Import-Module $using:module; $using:_ | Get-CseEngineJob $using:mine -Failed -From -1d } } | Receive-Job -Wait -AutoRemoveJob | Sort-Object { [array]::IndexOf($Region, $_.Session.Name) } -Stable } }
    ) {
        $expected = foreach ($one in $fleet) { Get-ExpectedId $one }
        $jobs = & $Run
        $jobs.Id | Should -Be $expected
        ($jobs | ForEach-Object { $_.Session.Name } | Get-Unique) | Should -BeExactly $Region
        Get-FleetIdentity | Should -BeExactly ($fleet.ProjectId.ForEach{ "$_ ak:$($Sim.A.AccessKey) 200" })
    }

    It 'gives the newest job of each engine: <What>' -ForEach @(
        @{ What = 'through the pipeline'; Run = { Get-CseSession c* | Get-CseEngine $mine | Get-CseEngineJob -Latest } }
        @{ What = 'by -Session'; Run = { Get-CseEngineJob $mine -Session c* -Latest } }
    ) {
        $jobs = & $Run
        $jobs.EngineId | Should -Be $fleet[0, 3].EngineIds
        $jobs | Group-Object { $_.Session.Name } -NoElement | ForEach-Object { "$($_.Name) $($_.Count)" } | Should -Be 'cn-east-3 20', 'cn-north-4 20'
    }

    It 'counts -First over all sessions, and asks the later ones for nothing' {
        $jobs = Get-CseEngineJob prod-1 -Session * -First 40
        $jobs | ForEach-Object { $_.Session.Name } | Get-Unique | Should -BeExactly $Region[0, 1]
        $jobs | Should -HaveCount 40
        foreach ($one in $fleet[2..4]) { Get-FleetCall $one | Should -BeNullOrEmpty }
    }

    It 'is waited for as one' {
        $jobs = Wait-CseEngineJob prod-1, prod-2 -Session * -TimeoutSec 1 -ErrorAction SilentlyContinue -ErrorVariable problem
        # Their newest ones do not end: each costs its own error, which names the session.
        $jobs | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be (@('WaitTimedOut,CseJobs.Commands.WaitCseEngineJobCommand') * 10)
        $problem.ForEach{ "$_" -replace "^Session '([^']+)'.*$", '$1' } | Group-Object | ForEach-Object { "$($_.Name) $($_.Count)" } | Sort-Object | Should -Be ($Region.ForEach{ "$_ 2" } | Sort-Object)
    }

    It 'says of a name that one region does not know which one that is, and gives what the others have' {
        $null = Invoke-RestMethod "$($fleet[1].Address)_sim/engines" -Method Post -Body (@{ id = 'sim-jobs2-idonlythere'; name = 'only-there'; jobs = 2 } | ConvertTo-Json)
        $engines = Get-CseEngine only-there -Session cn-north-4, ap-southeast-1 -ErrorAction SilentlyContinue -ErrorVariable problem
        $engines.Session.Name | Should -BeExactly 'ap-southeast-1'
        "$problem" | Should -BeLike "Session 'cn-north-4': There is no engine named 'only-there' in project $($fleet[0].ProjectId),*"
        $jobs = Get-CseEngineJob only-there -Session cn-north-4, ap-southeast-1 -ErrorAction SilentlyContinue -ErrorVariable problem
        $jobs | Should -HaveCount 2
        "$problem" | Should -BeLike "Session 'cn-north-4': *"
        $problem.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.GetCseEngineJobCommand'
    }

    It 'is completed with the engines of all sessions that are named' {
        $line = 'Get-CseEngineJob -Session cn-north-4, ap-southeast-1 -EngineId prod-1'
        (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText | Select-Object -Unique | Should -Contain 'prod-17'
    }
}

Describe 'A fleet of which some regions fail' {
    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    BeforeEach {
        Clear-FleetCall $fleet
        # Nobody listens there.
        $down = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $down.Start()
        $port = $down.LocalEndpoint.Port
        $down.Stop()
        $key = @{ AccessKey = $Sim.A.AccessKey; SecretKey = $Sim.A.SecretKey }
        $null = Connect-Cse @key -Name $Region[0] -Endpoint $fleet[0].Address -ProjectId $fleet[0].ProjectId
        $null = Connect-Cse @key -Name $Region[1] -Endpoint "http://127.0.0.1:$port" -ProjectId $fleet[1].ProjectId
        $null = Connect-Cse @key -Name $Region[2] -Endpoint $fleet[2].Address -ProjectId $fleet[2].ProjectId
        $null = Connect-Cse -AccessKey $Sim.A.AccessKey -SecretKey 'SKWRONG0000000000000000000000000000000WR' -Name $Region[3] -Endpoint $fleet[3].Address -ProjectId $fleet[3].ProjectId
        $null = Connect-Cse -AccessKey $Sim.B.AccessKey -SecretKey $Sim.B.SecretKey -Name $Region[4] -Endpoint $fleet[4].Address -ProjectId $Sim.B.ProjectId
    }

    It 'gives what the others have, and one error for each that fails: <What>' -ForEach @(
        @{ What = 'by -Session'; Run = { Get-CseEngineJob $mine -Session * -Failed -From -1d -ErrorAction SilentlyContinue -ErrorVariable script:problem } }
        @{ What = 'through the pipeline'; Run = { Get-CseSession | Get-CseEngineJob $mine -Failed -From -1d -ErrorAction SilentlyContinue -ErrorVariable script:problem } }
        @{ What = 'by way of the engines'; Run = { Get-CseEngine $mine -Session * -ErrorAction SilentlyContinue -ErrorVariable script:problem | Get-CseEngineJob -Failed -From -1d } }
    ) {
        $jobs = & $Run
        $jobs.Id | Should -Be @(Get-ExpectedId $fleet[0]; Get-ExpectedId $fleet[2]; Get-ExpectedId $fleet[4])
        $problem | ForEach-Object { "$($_.FullyQualifiedErrorId.Split(',')[0]) $("$_" -replace "^Session '([^']+)': .*$", '$1')" } | Should -BeExactly "ConnectionFailed $($Region[1])", "AuthenticationFailed $($Region[3])"
        Get-FleetCall $fleet[3] | Should -HaveCount 1
        # Each under its own identity and project.
        Get-FleetCall $fleet[2] | Select-Object -Unique | Should -BeExactly "$($fleet[2].ProjectId) ak:$($Sim.A.AccessKey) 200"
        Get-FleetCall $fleet[4] | Select-Object -Unique | Should -BeExactly "$($Sim.B.ProjectId) ak:$($Sim.B.AccessKey) 200"
    }

    It 'sends to a session that refuses one request, also where several engines are named' {
        $jobs = Get-CseEngineJob prod-1, prod-2, prod-3 -Session $Region[0], $Region[3] -First 1000 -ErrorAction SilentlyContinue -ErrorVariable problem
        $jobs | Should -HaveCount 90
        $problem.FullyQualifiedErrorId | Should -Be (@('AuthenticationFailed,CseJobs.Commands.GetCseEngineJobCommand') * 3)
        Get-FleetCall $fleet[3] | Should -HaveCount 1
    }

    It 'goes on after a session that was closed meanwhile' {
        $sessions = Get-CseSession
        Disconnect-Cse $Region[2], $Region[1], $Region[3]
        $jobs = Get-CseEngineJob prod-1 -Session $sessions -ErrorAction SilentlyContinue -ErrorVariable problem
        $jobs | ForEach-Object { $_.Session.Name } | Get-Unique | Should -BeExactly $Region[0, 4]
        $problem.FullyQualifiedErrorId | Should -Be (@('SessionClosed,CseJobs.Commands.GetCseEngineJobCommand') * 3)
        $problem.TargetObject.Name | Should -BeExactly $Region[1..3]
    }
}
