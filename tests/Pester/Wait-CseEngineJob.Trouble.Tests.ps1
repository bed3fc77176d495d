BeforeAll {
    $null = Connect-Simulator

    $fast = @{ PollIntervalSec = 0.01; TimeoutSec = 60 }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
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

    It 'takes no deletion for a success whose engine it has never seen, though it was piped in as <What>' -ForEach @(
        @{ What = 'a job'; Copy = { $args[0] } }
        @{ What = 'a row of Import-Csv'; Copy = { $args[0] | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ What = 'a job from another process'; Copy = { Copy-ThroughProcess $args[0] } }
    ) {
        $engine = New-Engine jobs3-deletes1
        $job = Get-CseEngineJob $engine -First 1
        $null = $job | Get-CseEngineJob
        & $Copy $job | Wait-CseEngineJob @fast -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.WaitCseEngineJobCommand'
        $problems.TargetObject | Should -Be $engine
        "$problems" | Should -BeLike "*Job $($job.Id) is its deletion and may have succeeded, but this wait has not seen the engine in this session."
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
        $problem.Exception | Should -BeOfType CseJobs.CseWaitTimeoutException
        $problem.Exception.Job.Id, $problem.Exception.Job.Status, $problem.Exception.Job.Step | Should -Be $id, Executing, ($problem.Exception.Job.Tasks.Where({ $_.Status -eq 'Executing' }, 'First')[0].TaskName -replace 'TaskExecutor$')
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
