BeforeAll {
    $null = Connect-Simulator
    $engine, $other = 'jobs3', 'jobs5' | ForEach-Object { New-Engine $_ }
    $failed = New-Engine failed
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'What is acted on' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'is the newest job of the engine that was typed, not the one that <What> tells of another' -ForEach @(
        @{ What = 'an engine in the pipeline'; Pipe = { Get-CseEngine -Id $engine } }
        @{ What = 'a row in the pipeline'; Pipe = { [pscustomobject]@{ EngineId = $engine; LatestJobId = '3' } } }
        @{ What = 'an object without EngineId'; Pipe = { [pscustomobject]@{ LatestJobId = 3 } } }
    ) {
        $piped = & $Pipe
        Clear-SimulatorRequest
        $newest = (Get-SimulatorEngine $other).jobs[0].id
        ($piped | Get-CseEngineJob -EngineId $other -Latest).Id | Should -Be $newest
        Get-Call | Should -Be "GET /$other", "GET /$other/jobs/$newest"
    }

    It 'is nothing where an object has <Property> <Value>, which is no job id: <Cmdlet>' -ForEach $(
        foreach ($cmdlet in 'Get-CseEngineJob', 'Wait-CseEngineJob', 'Restart-CseEngineJob') {
            foreach ($property in 'Id', 'JobId') {
                foreach ($value in '-5', '12,339', '1.2E+04', ' 5', '5.0') { @{ Cmdlet = $cmdlet; Property = $property; Value = $value } }
            }
        }
    ) {
        [pscustomobject]@{ EngineId = $failed; $Property = $Value } | & $Cmdlet -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeLike "*'$Value' is no job id: that is a whole number, 12339 for example.*"
        Get-Call | Should -BeNullOrEmpty
    }

    It 'is an engine of a text that is written like a number, where it is not a property but the input itself' {
        $null = '5.0' | Get-CseEngineJob -ErrorAction SilentlyContinue
        Get-Call | Should -Be 'GET /5.0/jobs?offset=0&limit=100'
    }
}
