BeforeAll {
    $null = Connect-Simulator
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'The words of a refusal fit the fault' {
    It 'says that one session is taken: <Cmdlet>' -ForEach @(
        @{ Cmdlet = 'Select-CseSession'; Given = @{} }, @{ Cmdlet = 'Restart-CseEngineJob'; Given = @{ EngineId = 'e' } }
    ) {
        { & $Cmdlet @Given -Session default, default } | Should -Throw '*One session is taken here, not 2.' -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'takes -From 30s, which PowerShell reads as a number of type Int16: <What>' -ForEach @(
        @{ What = 'typed'; Run = { Get-CseEngineJob sim-jobs3 -From 30s -Verbose 4>&1 } }
        @{ What = 'in a variable'; Run = { $from = -30s; Get-CseEngineJob sim-jobs3 -From $from -Verbose 4>&1 } }
    ) {
        $before = [datetime]::UtcNow.AddSeconds(-31)
        $line = @(& $Run)[0].Message
        $line | Should -Match '\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z'
        [datetimeoffset]::Parse(($line -replace '.*?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z).*', '$1')).UtcDateTime | Should -BeGreaterThan $before
    }

    It 'advises to look at what was sent only where something was sent' {
        Clear-SimulatorRequest
        Get-CseEngineJob a/b -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.ErrorDetails.RecommendedAction | Should -BeExactly 'Correct the value and call again. Nothing was sent.'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'does not blame Disconnect-Cse alone for a session that went with the module' {
        $said = Invoke-FreshShell @"
            `$session = Connect-Cse -Endpoint '$(Get-SimulatorAddress)' -ProjectId $($Sim.ProjectId) -Token $($Sim.Token)
            Import-Module '$($Sim.ModulePath)' -Force
            try { Get-CseEngineJob e -Session `$session } catch { "`$_" }
"@
        $said | Should -Contain "The session 'default' is closed: Disconnect-Cse has ended it, a later Connect-Cse of its name has taken its place, or the module was removed or loaded anew."
    }

    It 'is one sentence where another build of the module is loaded already' {
        $other = Join-Path $TestDrive CseJobs
        Copy-Item $Sim.ModulePath $other -Recurse
        # What makes it another build: the id of its module.
        $client = Join-Path $other bin/CseJobs.Client.dll
        $text = [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($client))
        $id = [System.Text.Encoding]::Latin1.GetString([CseJobs.EngineJob].Module.ModuleVersionId.ToByteArray())
        $text | Should -Match ([regex]::Escape($id))
        $text = $text.Replace($id, [System.Text.Encoding]::Latin1.GetString((New-Guid).ToByteArray()))
        [System.IO.File]::WriteAllBytes($client, [System.Text.Encoding]::Latin1.GetBytes($text))
        $said = Invoke-FreshShell "try { Import-Module '$other' -ErrorAction Stop } catch { `"`$_`" }"
        @($said | Where-Object { $_ }) | Should -HaveCount 1
        "$said" | Should -BeLike "Could not load file or assembly 'CseJobs.Client, *Assembly with same name is already loaded*"
    }
}
