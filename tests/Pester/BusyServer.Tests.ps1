BeforeAll {
    $null = Connect-Simulator
    $command = 'CseJobs.Commands.GetCseEngineJobCommand'
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Waiting for a server that is busy' {
    BeforeAll {
        $patient = Connect-Simulator -Name patient -MaximumRetryCount 2
        $null = Connect-Simulator
    }

    BeforeEach {
        Clear-SimulatorRequest
        $shell = New-ModuleShell
    }

    AfterEach {
        Remove-ModuleShell $shell
    }

    It 'shows in the verbose stream and as progress, then delivers every job' {
        $engine = New-Engine jobs29-throttled1-retryafter1
        $null = $shell.AddCommand('Get-CseEngineJob').AddParameters(@{ EngineId = $engine; Session = $patient; Verbose = $true })
        $found = $shell.Invoke()
        $found.Id | Should -Be (Get-ServerId $engine)
        $shell.Streams.Error | Should -BeNullOrEmpty
        (Get-SimulatorRequest).statusCode | Should -Be 429, 200
        $lines = @($shell.Streams.Verbose.Message)
        $lines | Should -HaveCount 3
        $lines[0] | Should -BeLike 'GET *-> 429 *'
        $lines[1] | Should -BeExactly 'throttled, retry 1 of 2 in 1 s'
        $lines[2] | Should -BeLike 'GET *-> 200 *'
        # A listing that takes over a second has a record of its own beside.
        $progress = @($shell.Streams.Progress).Where{ $_.Activity -like 'Waiting*' }
        # The seconds between may tick too.
        $progress.Count | Should -BeGreaterOrEqual 2
        $progress[0].RecordType | Should -Be Processing
        $progress[0].StatusDescription | Should -BeExactly 'throttled, retry 1 of 2 in 1 s'
        $progress[0].SecondsRemaining | Should -Be 1
        $progress.Where{ $_.RecordType -eq 'Completed' } | Should -HaveCount 1
        $progress[-1].RecordType | Should -Be Completed
        $progress.ActivityId | Select-Object -Unique | Should -HaveCount 1
    }

    It 'counts the seconds down, and stays until the retries end: <Kind>' -ForEach @(
        @{ Kind = 'jobs3-throttled2-retryafter3'; Retries = 'retry 1', 'retry 2' }
    ) {
        $null = $shell.AddCommand('Get-CseEngineJob').AddParameters(@{ EngineId = (New-Engine $Kind); Session = $patient }).Invoke()
        $progress = @($shell.Streams.Progress).Where{ $_.Activity -like 'Waiting*' }
        $progress.StatusDescription -replace '.*(retry \d).*', '$1' | Select-Object -Unique | Should -Be ($Retries + '-')
        # A tick may come a little before its second.
        $left = @($progress.Where{ $_.StatusDescription -like '*retry 1*' }.SecondsRemaining)
        $left[0] | Should -Be 3
        $left[-1] | Should -BeLessThan 3
        $left | Should -Be ($left | Sort-Object -Descending)
        $progress.Where{ $_.RecordType -eq 'Completed' } | Should -HaveCount 1
        $progress[-1].RecordType | Should -Be Completed
    }

    It 'shows while the wait lasts' {
        $null = $shell.AddCommand('Get-CseEngineJob').AddParameters(@{ EngineId = (New-Engine jobs3-throttled-retryafter60); Session = $patient })
        $running = $shell.BeginInvoke()
        Wait-Until { $shell.Streams.Progress.Count -gt 0 } | Should -BeTrue
        $running.IsCompleted | Should -BeFalse
        $shell.Streams.Progress[-1].StatusDescription | Should -BeExactly 'throttled, retry 1 of 2 in 60 s'
        $shell.Streams.Progress[-1].RecordType | Should -Be Processing
        $shell.Stop()
    }

    It 'comes to an end: -OperationTimeoutSec leaves no time for the wait' {
        $hasty = Connect-Simulator -Name hasty -MaximumRetryCount 4 -OperationTimeoutSec 20
        $null = Get-CseEngineJob (New-Engine jobs3-throttled-retryafter60) -Session $hasty -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -BeExactly "Throttled,$command"
        $problem.Exception.Retries | Should -Be 0
        @(Get-SimulatorRequest) | Should -HaveCount 1
    }

    It 'comes to an end: a server that never answers is TimeoutReached after <What>, in one try' -ForEach @(
        @{ What = '-TimeoutSec'; TimeoutSec = 1; OperationTimeoutSec = 300; Retries = 0 }
        # The whole time is used up: none is left for a retry.
        @{ What = '-OperationTimeoutSec'; TimeoutSec = 100; OperationTimeoutSec = 1; Retries = 4 }
    ) {
        $hasty = Connect-Simulator -Name hasty -MaximumRetryCount $Retries -TimeoutSec $TimeoutSec -OperationTimeoutSec $OperationTimeoutSec
        $engine = New-Engine jobs3-slowheaders
        $found = Get-CseEngineJob $engine, sim-jobs7 -Session $hasty -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -BeExactly "TimeoutReached,$command"
        $problem.CategoryInfo.Category | Should -Be OperationTimeout
        $problem.TargetObject | Should -BeExactly $engine
        "$problem" | Should -BeLike '*127.0.0.1*second*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*-TimeoutSec*-OperationTimeoutSec*'
        $found | Should -HaveCount 7
        @(Get-SimulatorRequest).Where{ $_.path -like "*$engine*" } | Should -HaveCount 1
    }
}
