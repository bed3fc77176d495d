BeforeAll {
    $null = Connect-Simulator
    $command = 'CseJobs.Commands.GetCseEngineJobCommand'
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'What Get-CseEngineJob refuses, and what it goes on with' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'sends no negative id: <What>' -ForEach @(
        @{ What = 'Int32'; Call = { Get-CseEngineJob sim-jobs3 -Id -5 } }
        @{ What = 'Int64'; Call = { Get-CseEngineJob sim-jobs3 -Id ([long]-5) } }
        @{ What = 'Int16'; Call = { Get-CseEngineJob sim-jobs3 -Id ([int16]-5) } }
        @{ What = 'the least there is'; Call = { Get-CseEngineJob sim-jobs3 -Id ([long]::MinValue) } }
        @{ What = 'one of several'; Call = { Get-CseEngineJob sim-jobs3 -Id 1, -5 } }
        @{ What = 'a text'; Call = { Get-CseEngineJob sim-jobs3 -Id '-5' } }
    ) {
        $problem = Get-Refusal $Call
        "$problem" | Should -BeLike "*is no job id: that is a whole number, 12339 for example.*"
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'lists no engine because of an object whose id is <What>' -ForEach @(
        @{ What = 'negative'; Value = [long]-5 }
        @{ What = 'negative and short'; Value = [int16]-5 }
        @{ What = 'no whole number'; Value = 5.5 }
    ) {
        [pscustomobject]@{ EngineId = 'sim-jobs3'; Id = $Value } | Get-CseEngineJob -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be "ParameterArgumentTransformationError,$command"
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'sends 0, which is a number as any other' {
        Get-CseEngineJob sim-jobs3 -Id 0 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.TargetObject | Should -Be 0
        Get-Call | Should -Be 'GET /sim-jobs3/jobs/0'
    }

    It 'goes on after an engine that is out of bounds: <What>' -ForEach @(
        @{ What = 'listing'; Call = { 'sim-forbidden-jobs3', 'sim-jobs2' | Get-CseEngineJob @quiet } }
        @{ What = 'listing, two at once'; Call = { 'sim-forbidden-jobs3', 'sim-jobs2' | Get-CseEngineJob -ThrottleLimit 2 @quiet } }
        @{ What = 'the newest jobs'; Call = { 'sim-forbidden-jobs3', 'sim-jobs2' | Get-CseEngineJob -Latest @quiet } }
    ) {
        $quiet = @{ ErrorVariable = 'problem'; ErrorAction = 'SilentlyContinue' }
        $jobs = & $Call
        $jobs.EngineId | Select-Object -Unique | Should -Be sim-jobs2
    }

    It 'tells of the engine alone that is out of bounds' {
        'sim-forbidden-jobs3', 'sim-jobs2' | Get-CseEngineJob -ErrorVariable problem -ErrorAction SilentlyContinue | Should -HaveCount 2
        $problem.FullyQualifiedErrorId | Should -Be "PermissionDenied,$command"
        $problem.TargetObject | Should -Be sim-forbidden-jobs3
    }
}
