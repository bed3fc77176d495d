BeforeAll {
    $null = Connect-Simulator

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
        $job.Reason | Should -Match ' failed: | gave up '
        $phase = $job.Phases[1]
        $task = $phase.Tasks.Where({ $_.Status -eq $Status }, 'First')[0]
        $expected = "Job $id ($($job.TypeText)) of engine $($job.EngineName) $Word in phase 2 of $($job.Phases.Count) '$($phase.TaskName)' ($Status) at sub-job '$($task.TaskName)' ($Status): $($job.Reason). The end of its log:"
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
