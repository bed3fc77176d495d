BeforeAll {
    $null = Connect-Simulator
    # The newest jobs of engines of different length have different ids.
    $engines = 'jobs3', 'jobs5' | ForEach-Object { New-Engine $_ }
    $newest = $engines | ForEach-Object { (Get-SimulatorEngine $_).jobs[0].id }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob -Latest' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'refuses an input that is another engine than the typed ones' {
        [pscustomobject]@{ EngineId = $engines[0]; LatestJobId = 1 } | Get-CseEngineJob -EngineId $engines -Latest -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -Be "In the pipeline is engine '$($engines[0])', but -EngineId names another. Leave out one of them."
        Get-Call | Should -BeNullOrEmpty
    }

    It 'asks an engine whose input says <What>' -ForEach @(
        @{ What = 'nothing of its newest job'; Known = $null }
        @{ What = '0, as an empty cell of a CSV does'; Known = 0 }
        @{ What = 'nothing that is a job'; Known = -1 }
    ) {
        $job = [pscustomobject]@{ EngineId = $engines[1]; LatestJobId = $Known } | Get-CseEngineJob -Latest
        $job.Id | Should -Be $newest[1]
        Get-Call | Should -Be "GET /$($engines[1])", "GET /$($engines[1])/jobs/$($newest[1])"
    }

    It 'believes an input that names one job of one engine' {
        $known = (Get-SimulatorEngine $engines[1]).jobs[2].id
        ([pscustomobject]@{ EngineId = $engines[1]; LatestJobId = $known } | Get-CseEngineJob -Latest).Id | Should -Be $known
        Get-Call | Should -Be "GET /$($engines[1])/jobs/$known"
    }
}
