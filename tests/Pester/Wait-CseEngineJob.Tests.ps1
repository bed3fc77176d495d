BeforeAll {
    $null = Connect-Simulator

    # The job that its engine moves on with every read.
    function Get-LiveId([string] $Engine) {
        (Get-SimulatorEngine $Engine).jobs[0].id
    }

    function Set-JobStatus([string] $Engine, [long] $Id, [string] $Status) {
        $null = Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines/$Engine/jobs/$Id" -Method Put -Body (@{ status = $Status } | ConvertTo-Json)
    }

    function Get-Read([string] $Engine) {
        @(Get-SimulatorRequest | Where-Object path -Like "*/engines/$Engine/jobs/*")
    }

    $fast = @{ PollIntervalSec = 0.01; TimeoutSec = 60 }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Waiting for a job' {
    BeforeEach {
        Clear-SimulatorRequest
        $Error.Clear()
    }

    It 'reads it until it is Finished and emits it in detail, once' {
        $engine = New-Engine jobs3-progress6
        $id = Get-LiveId $engine
        $job = Wait-CseEngineJob $engine -Id $id @fast
        $job | Should -HaveCount 1
        $job | Should -BeOfType CseJobs.EngineJob
        $job.Id, $job.Status | Should -Be $id, Finished
        $job.Phases.Count | Should -BeGreaterThan 1
        Get-Read $engine | Should -HaveCount 6
        $Error | Should -BeNullOrEmpty
    }

    It 'gives an error besides for one that ends in <Status>: phase, sub-job and the end of its log' -ForEach @(
        @{ Kind = 'fails6'; Status = 'Error'; Word = 'failed' }
        @{ Kind = 'timesout6'; Status = 'Timeout'; Word = 'timed out' }
    ) {
        $engine = New-Engine "jobs3-$Kind"
        $id = Get-LiveId $engine
        $job = Wait-CseEngineJob $engine -Id $id @fast -ErrorVariable problems -ErrorAction SilentlyContinue
        $job.Status | Should -Be $Status
        $problems | Should -HaveCount 1
        $problem = $problems[0]
        $problem.FullyQualifiedErrorId | Should -BeExactly 'JobFailed,CseJobs.Commands.WaitCseEngineJobCommand'
        $problem.CategoryInfo.Category | Should -Be InvalidResult
        $problem.TargetObject | Should -Be $id
        $problem.Exception | Should -BeOfType CseJobs.CseJobFailedException
        $problem.Exception.Job | Should -Be $job
        $phase = $job.Phases[1]
        $task = $phase.Tasks.Where({ $_.Status -eq $Status }, 'First')[0]
        $expected = "Job $id ($($job.TypeText)) of engine $engine $Word in phase 2 of $($job.Phases.Count) '$($phase.TaskName)' ($Status) at sub-job '$($task.TaskName)' ($Status). The end of its log:"
        "$problem" -split '\n' | Select-Object -First 1 | Should -BeExactly $expected
        "$problem" -split '\n' | Select-Object -Last 1 | ForEach-Object Trim | Should -BeExactly ($task.Log -split '\n')[-1]
        $problem.ErrorDetails.RecommendedAction | Should -BeLike "*Get-CseEngineJob $engine -Id $id | Format-Custom*"
    }

    It 'returns at once for one that had ended before' {
        $engine = New-Engine jobs3
        $jobs = Get-CseEngineJob $engine
        foreach ($job in $jobs) { Set-JobStatus $engine $job.Id -Status Finished }
        # Without -PollIntervalSec: a second read would come a second later.
        ($jobs | Wait-CseEngineJob).Id | Sort-Object | Should -Be ($jobs.Id | Sort-Object)
        Get-Read $engine | Should -HaveCount 3
    }

    It 'stops at the first failure with -ErrorAction Stop, the failed job being out already' {
        $engine = New-Engine jobs3-fails2
        $out = [System.Collections.Generic.List[object]]::new()
        { Wait-CseEngineJob $engine -Id (Get-LiveId $engine) @fast -ErrorAction Stop | ForEach-Object { $out.Add($_) } } | Should -Throw -ErrorId 'JobFailed,*'
        $out.Status | Should -Be Error
    }

    It 'notices a job whose state changes meanwhile' {
        $engine = New-Engine jobs3-stuck
        $id = Get-LiveId $engine
        $shell = New-ModuleShell
        try {
            $null = $shell.AddCommand('Wait-CseEngineJob').AddParameters(@{ EngineId = $engine; Id = $id } + $fast)
            $running = $shell.BeginInvoke()
            Wait-Until { (Get-Read $engine).Count -ge 2 } | Should -BeTrue
            $running.IsCompleted | Should -BeFalse
            Set-JobStatus $engine $id -Status Finished
            $shell.EndInvoke($running).Status | Should -Be Finished
        }
        finally {
            Remove-ModuleShell $shell
        }
    }
}

Describe 'Waiting for several jobs' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'reads those of several engines together and emits each as it ends' {
        $engines = 'jobs3-progress7', 'jobs3-progress3', 'jobs3-fails5' | ForEach-Object { New-Engine $_ }
        $jobs = $engines | ForEach-Object { Get-CseEngineJob $_ -First 1 }
        $done = $jobs | Wait-CseEngineJob -PollIntervalSec 0.2 -TimeoutSec 60 -ErrorVariable problems -ErrorAction SilentlyContinue
        $done.EngineId | Should -Be $engines[1, 2, 0]
        $done.Status | Should -Be Finished, Error, Finished
        $problems | Should -HaveCount 1
        foreach ($pair in (0, 7), (1, 3), (2, 5)) { Get-Read $engines[$pair[0]] | Should -HaveCount $pair[1] }
    }

    It 'reads a job that is named twice only once' {
        $engine = New-Engine jobs3-progress3
        $job = Get-CseEngineJob $engine -First 1
        $job, $job | Wait-CseEngineJob @fast | Should -HaveCount 1
        Wait-CseEngineJob $engine -Id $job.Id, $job.Id @fast | Should -HaveCount 1
        Get-Read $engine | Should -HaveCount 4
    }

    It 'never has more than eight reads under way' {
        $engine = New-Engine jobs20-latency50
        foreach ($job in Get-CseEngineJob $engine) { Set-JobStatus $engine $job.Id -Status Finished }
        $jobs = Get-CseEngineJob $engine
        Clear-SimulatorRequest
        $jobs | Wait-CseEngineJob @fast | Should -HaveCount 20
        (Get-SimulatorCount).peakConcurrency | Should -BeGreaterThan 1
        (Get-SimulatorCount).peakConcurrency | Should -BeLessOrEqual 8
    }

    It 'is content with the first that ends with -Any, without an error for the others' {
        $stuck = New-Engine jobs3-stuck
        $quick = New-Engine jobs3-progress4
        $done = $stuck, $quick | ForEach-Object { Get-CseEngineJob $_ -First 1 } | Wait-CseEngineJob -Any @fast -ErrorVariable problems
        $done | Should -HaveCount 1
        $done.EngineId | Should -Be $quick
        $problems | Should -BeNullOrEmpty
    }

    It 'gives an unknown job its own error and waits for the others' {
        $engine = New-Engine jobs3-progress3
        $id = Get-LiveId $engine
        $done = Wait-CseEngineJob $engine -Id 1, $id @fast -ErrorVariable problems -ErrorAction SilentlyContinue
        $done.Id | Should -Be $id
        $problems.FullyQualifiedErrorId | Should -Be 'JobNotFound,CseJobs.Commands.WaitCseEngineJobCommand'
        $problems.TargetObject | Should -Be 1
    }

    It 'refuses an engine id that cannot be right and waits for the others' {
        $engine = New-Engine jobs3-progress3
        $done = [pscustomobject]@{ EngineId = 'a*'; Id = 5 }, (Get-CseEngineJob $engine -First 1) | Wait-CseEngineJob @fast -ErrorVariable problems -ErrorAction SilentlyContinue
        $done.EngineId | Should -Be $engine
        $problems.FullyQualifiedErrorId | Should -Be 'InvalidArgument,CseJobs.Commands.WaitCseEngineJobCommand'
    }
}

Describe 'What is piped into Wait-CseEngineJob' {
    It 'may be <What>' -ForEach @(
        @{ What = 'jobs'; Pipe = { $jobs | Wait-CseEngineJob @fast } }
        @{ What = 'what Select-Object makes of jobs'; Pipe = { $jobs | Select-Object Id, EngineId, Status | Wait-CseEngineJob @fast } }
        @{ What = 'jobs from another process'; Pipe = { Copy-ThroughProcess $jobs | Wait-CseEngineJob @fast } }
        @{ What = 'rows of Import-Csv'; Pipe = { $jobs | ConvertTo-Csv | ConvertFrom-Csv | Wait-CseEngineJob @fast } }
        @{ What = 'bare numbers'; Pipe = { $jobs.Id | Wait-CseEngineJob $engine @fast } }
        @{ What = 'digits in strings'; Pipe = { $jobs.Id | ForEach-Object { "$_" } | Wait-CseEngineJob -EngineId $engine @fast } }
        @{ What = 'sub-jobs'; Pipe = { $jobs | ForEach-Object { $_.Tasks[0] } | Wait-CseEngineJob $engine @fast } }
        @{ What = 'bare numbers of the session''s engine'; Pipe = { $jobs.Id | Wait-CseEngineJob -Session (Connect-Simulator -Name own -EngineId $engine) @fast } }
    ) {
        $engine = New-Engine jobs3
        foreach ($job in Get-CseEngineJob $engine) { Set-JobStatus $engine $job.Id -Status Finished }
        $jobs = Get-CseEngineJob $engine
        $found = & $Pipe
        $found.Id | Sort-Object | Should -Be ($jobs.Id | Sort-Object)
        $found | Should -BeOfType CseJobs.EngineJob
    }

    It 'needs an engine' {
        { 5 | Wait-CseEngineJob -Session (Connect-Simulator -Name none) } | Should -Throw -ErrorId 'EngineIdMissing,*'
    }

    It 'needs a <Name> that can be right, not <Value>' -ForEach @(
        @{ Name = 'TimeoutSec'; Value = 0 }, @{ Name = 'TimeoutSec'; Value = -1 }, @{ Name = 'PollIntervalSec'; Value = 0 }
        @{ Name = 'PollIntervalSec'; Value = [double]::NaN }, @{ Name = 'PollIntervalSec'; Value = 1e9 }
    ) {
        $more = @{ $Name = $Value }
        { Wait-CseEngineJob sim-jobs3 -Id 5 @more } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'What may happen while one waits' {
    BeforeEach {
        Clear-SimulatorRequest
        $Error.Clear()
    }

    It 'takes an engine that vanishes under its deletion, answered with <Status>, for a success' -ForEach @(
        @{ Kind = 'deletes3'; Status = 400 }, @{ Kind = 'deletes4013'; Status = 401 }
    ) {
        $engine = New-Engine "jobs3-$Kind"
        $id = Get-LiveId $engine
        $output = Wait-CseEngineJob $engine -Id $id @fast -Verbose 4>&1
        $job = $output.Where{ $_ -is [CseJobs.EngineJob] }
        $job.Id, $job.Type, $job.Status | Should -Be $id, Delete, Executing
        $job.Phases.Count | Should -BeGreaterThan 0
        @($output -like "*Job $id (Delete) of engine $engine is done: the engine is gone.*") | Should -HaveCount 1
        (Get-Read $engine)[-1].statusCode | Should -Be $Status
        $Error | Should -BeNullOrEmpty
    }

    It 'takes a deletion that was over before for a success if it was piped in as <What>' -ForEach @(
        @{ What = 'a job'; Copy = { $args[0] } }
        @{ What = 'a row of Import-Csv'; Copy = { $args[0] | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ What = 'a job from another process'; Copy = { Copy-ThroughProcess $args[0] } }
    ) {
        $engine = New-Engine jobs3-deletes1
        $job = Get-CseEngineJob $engine -First 1
        $null = $job | Get-CseEngineJob
        $done = & $Copy $job | Wait-CseEngineJob @fast
        $done | Should -BeOfType CseJobs.EngineJob
        $done.Id, $done.EngineId, $done.Type | Should -Be $job.Id, $engine, Delete
        $Error | Should -BeNullOrEmpty
        # Nothing says of a bare number that it was a deletion.
        $job.Id | Wait-CseEngineJob $engine @fast -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.WaitCseEngineJobCommand'
        $problems.TargetObject | Should -Be $engine
    }

    It 'believes of each piped job what that job says, not what the one before said' {
        $deleted = Get-CseEngineJob (New-Engine jobs3-deletes1) -First 1
        $other = Get-CseEngineJob (New-Engine jobs3-deletes1) -First 1
        $null = $deleted, $other | ForEach-Object { $_ | Get-CseEngineJob }
        $done = $deleted, ($other | Select-Object Id, EngineId) | Wait-CseEngineJob @fast -ErrorVariable problems -ErrorAction SilentlyContinue
        $done.Id | Should -Be $deleted.Id
        $problems.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.WaitCseEngineJobCommand'
        $problems.TargetObject | Should -Be $other.EngineId
    }

    It 'shows nobody the parameters that only piped jobs have a use for' {
        (Get-Command Wait-CseEngineJob).Parameters.Keys | Should -Not -Contain Status
        $offered = (TabExpansion2 'Get-CseEngineJob e | Wait-CseEngineJob -').CompletionMatches.CompletionText
        $offered | Should -Not -Contain '-Status'
        # One parameter with DontShow, and PowerShell would offer no common parameter either.
        $offered | Should -Contain '-ErrorAction'
    }

    It 'goes on through <Kind>, with one warning' -ForEach @(
        @{ Kind = 'throttled3' }, @{ Kind = 'flaky5032' }, @{ Kind = 'throttled1-flaky5031' }
    ) {
        $engine = New-Engine "jobs3-progress4-$Kind"
        $job = Wait-CseEngineJob $engine -Id (Get-LiveId $engine) @fast -WarningVariable warnings -WarningAction SilentlyContinue
        $job.Status | Should -Be Finished
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*could not be read (*). The wait goes on; next try in * s.*'
        $Error | Should -BeNullOrEmpty
    }

    It 'gives up a job that cannot be read for long, with the reason' {
        $engine = New-Engine jobs3-error500
        $id = Get-LiveId $engine
        Wait-CseEngineJob $engine -Id $id -PollIntervalSec 0.001 -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'ServerError,CseJobs.Commands.WaitCseEngineJobCommand'
        $problems.TargetObject | Should -Be $id
        Get-Read $engine | Should -HaveCount 10
    }

    It 'asks no further once the credentials are refused' {
        $engine = New-Engine jobs20-unauthorized
        $ids = (Get-SimulatorEngine $engine).jobs.id
        Wait-CseEngineJob $engine -Id $ids @fast -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 20
        $problems.FullyQualifiedErrorId | Select-Object -Unique | Should -Be 'AuthenticationFailed,CseJobs.Commands.WaitCseEngineJobCommand'
        (Get-Read $engine).Count | Should -BeLessOrEqual 8
    }

    It 'ends at once at a job that failed before the wait' {
        $engine = New-Engine jobs3-revive3
        $job = Wait-CseEngineJob $engine -Id (Get-LiveId $engine) -ErrorAction SilentlyContinue
        $job.Status | Should -Be Error
        Get-Read $engine | Should -HaveCount 1
    }

    It 'follows a retried job back to life if <What>' -ForEach @(
        @{ What = 'the piped job is said to have begun again'; Wait = { [pscustomobject]@{ EngineId = $engine; Id = $id; Status = 'Init' } | Wait-CseEngineJob @fast } }
        @{
            What = 'this session had it retried'
            Wait = {
                $client = $session.GetType().GetProperty('Client', [System.Reflection.BindingFlags]'Instance, NonPublic').GetValue($session)
                $retried = $client.GetType().GetProperty('Retried', [System.Reflection.BindingFlags]'Instance, NonPublic').GetValue($client)
                $retried.Note($engine, [long]$id)
                Wait-CseEngineJob $engine -Id $id -Session $session @fast
            }
        }
    ) {
        $engine = New-Engine jobs3-revive3
        $id = Get-LiveId $engine
        $session = Connect-Simulator
        $job = & $Wait
        $job.Status | Should -Be Finished
        (Get-Read $engine).Count | Should -Be 6
        $Error | Should -BeNullOrEmpty
    }
}

Describe 'The end of the wait itself' {
    It 'is an error for each job still open; it names the last state, and the job goes on' {
        $engine = New-Engine jobs3-stuck
        $id = Get-LiveId $engine
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Wait-CseEngineJob $engine -Id $id -TimeoutSec 1 -PollIntervalSec 0.05 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $clock.Elapsed.TotalSeconds | Should -BeGreaterOrEqual 1
        $problems | Should -HaveCount 1
        $problem = $problems[0]
        $problem.FullyQualifiedErrorId | Should -BeExactly 'WaitTimedOut,CseJobs.Commands.WaitCseEngineJobCommand'
        $problem.CategoryInfo.Category | Should -Be OperationTimeout
        $problem.TargetObject | Should -Be $id
        "$problem" | Should -BeLike "Job $id (Upgrade) of engine $engine had not ended after 1 seconds. It was last seen Executing in phase 2 of 4 '*' (Executing) at sub-job '*' (Executing), and goes on."
        $problem.ErrorDetails.RecommendedAction | Should -BeLike 'Wait again*'
        (Get-CseEngineJob $engine -Id $id).Status | Should -Be Executing
    }

    It 'comes at once with Ctrl+C during <What>, without an error, and hangs up' -ForEach @(
        @{ What = 'a read'; Kind = 'jobs3-latency600000'; Pace = 0.01 }
        @{ What = 'a pause'; Kind = 'jobs3-stuck'; Pace = 3600 }
    ) {
        $engine = New-Engine $Kind
        $id = Get-LiveId $engine
        Clear-SimulatorRequest
        $shell = New-ModuleShell
        try {
            $null = $shell.AddCommand('Wait-CseEngineJob').AddParameters(@{ EngineId = $engine; Id = $id; PollIntervalSec = $Pace })
            $running = $shell.BeginInvoke()
            Wait-Until { Get-Read $engine } | Should -BeTrue
            if ($Pace -gt 1) { Wait-Until { $shell.Streams.Progress.Count -gt 0 } | Should -BeTrue }
            $running.IsCompleted | Should -BeFalse
            Stop-Shell $shell | Should -Be Stopped
            $shell.Streams.Error | Should -BeNullOrEmpty
            Wait-Until { (Get-SimulatorCount).requestsUnderWay -le 1 } | Should -BeTrue
        }
        finally {
            Remove-ModuleShell $shell
        }
    }

    It 'comes with Select-Object -First, and ends the reads under way' {
        $stuck = New-Engine jobs3-latency600000
        $quick = New-Engine jobs3-progress2
        $jobs = [pscustomobject]@{ EngineId = $stuck; Id = Get-LiveId $stuck }, [pscustomobject]@{ EngineId = $quick; Id = Get-LiveId $quick }
        ($jobs | Wait-CseEngineJob -PollIntervalSec 0.01 | Select-Object -First 1).EngineId | Should -Be $quick
        Wait-Until { (Get-SimulatorCount).requestsUnderWay -le 1 } | Should -BeTrue
    }
}

Describe 'The progress of a wait' {
    BeforeAll {
        # The progress records of a wait, as a host gets them.
        function Get-Progress([string[]] $Engine) {
            $shell = New-ModuleShell
            try {
                $jobs = foreach ($one in $Engine) { [pscustomobject]@{ EngineId = $one; Id = Get-LiveId $one } }
                $null = $shell.AddCommand('Wait-CseEngineJob').AddParameters($fast).Invoke([object[]]@($jobs))
                $shell.Streams.Progress.ReadAll()
            }
            finally {
                Remove-ModuleShell $shell
            }
        }
    }

    It 'shows phase n of m, the sub-job at work, the time elapsed and an estimate' {
        $engine = New-Engine jobs3-progress6
        $id = Get-LiveId $engine
        $records = @(Get-Progress $engine)
        $records.Activity | Select-Object -Unique | Should -Be "Job $id (Upgrade)"
        $records.CurrentOperation | Where-Object { $_ } | Select-Object -Unique | Should -Be "Engine $engine"
        $shown = $records.Where{ $_.RecordType -eq 'Processing' -and $_.StatusDescription -like 'Executing*' }
        $shown.StatusDescription | ForEach-Object { $_ | Should -Match '^Executing \S*\d:\d\d:\d\d, phase [1-4] of 4 \w+: \w+$' }
        # The seconds between may tick too.
        $percents = @($shown.PercentComplete)
        $percents | Should -Be ($percents | Sort-Object)
        $percents[0] | Should -BeGreaterOrEqual 0
        $percents[-1] | Should -BeLessOrEqual 99
        $shown.SecondsRemaining | ForEach-Object { $_ | Should -BeGreaterOrEqual 0 }
        @($records.StatusDescription -replace '.*(phase \d).*', '$1' | Select-Object -Unique) | Should -Contain 'phase 4'
    }

    It 'has a bar of its own for each job, which is gone when the job has ended' {
        $engines = 1..3 | ForEach-Object { New-Engine jobs3-progress4 }
        $records = @(Get-Progress $engines)
        $bars = $records | Group-Object ActivityId
        $bars | Should -HaveCount 3
        foreach ($bar in $bars) {
            $bar.Group.Activity | Select-Object -Unique | Should -HaveCount 1
            $bar.Group[-1].RecordType | Should -Be Completed
            $bar.Group.Where{ $_.RecordType -eq 'Completed' } | Should -HaveCount 1
        }
    }

    It 'is gone when the wait is over but the job is not' {
        $engine = New-Engine jobs3-stuck
        $shell = New-ModuleShell
        try {
            $null = $shell.AddCommand('Wait-CseEngineJob').AddParameters(@{ EngineId = $engine; Id = Get-LiveId $engine; PollIntervalSec = 0.3; TimeoutSec = 1 }).Invoke()
            $shell.Streams.Progress[-1].RecordType | Should -Be Completed
        }
        finally {
            Remove-ModuleShell $shell
        }
    }
}

Describe 'The whole way of a repair' {
    It 'waits for what has been retried, from the failure to the end' {
        $engine = New-Engine jobs4-fails6
        $live = Get-LiveId $engine
        Wait-CseEngineJob $engine -Id $live -PollIntervalSec 0.01 -ErrorVariable failure -ErrorAction SilentlyContinue | Out-Null
        $failure.FullyQualifiedErrorId | Should -BeExactly 'JobFailed,CseJobs.Commands.WaitCseEngineJobCommand'

        $repaired = Get-CseEngineJob $engine | Where-Object Status -EQ Error | Select-Object -First 1 |
            Restart-CseEngineJob | Wait-CseEngineJob -PollIntervalSec 0.01
        $repaired.Id | Should -Be $live
        $repaired.Status | Should -Be Finished
    }

    It 'waits for a retried job that still reads Error when it is asked for first' {
        $engine = New-Engine jobs4-fails6
        $live = Get-LiveId $engine
        Wait-CseEngineJob $engine -Id $live -PollIntervalSec 0.01 -ErrorAction SilentlyContinue | Out-Null
        $retried = Restart-CseEngineJob $engine
        Set-JobStatus $engine $live -Status Error
        Clear-SimulatorRequest

        $ended = $retried.Id | ForEach-Object { [pscustomobject]@{ EngineId = $engine; Id = $_ } } |
            Wait-CseEngineJob -PollIntervalSec 0.01 -ErrorAction SilentlyContinue
        $ended.Status | Should -Be Error
        (Get-Read $engine).Count | Should -BeGreaterThan 5
    }
}
