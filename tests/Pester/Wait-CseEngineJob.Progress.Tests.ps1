BeforeAll {
    $null = Connect-Simulator

    $fast = @{ PollIntervalSec = 0.01; TimeoutSec = 60 }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
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
        $shown.StatusDescription | ForEach-Object { $_ | Should -Match '^Executing \S*\d:\d\d:\d\d( \(~\d+ \w+ left\))?, phase [1-4] of 4 \w+: \w+$' }
        # The seconds between may tick too.
        $percents = @($shown.PercentComplete)
        $percents | Should -Be ($percents | Sort-Object)
        $percents[0] | Should -BeGreaterOrEqual 0
        $percents[-1] | Should -BeLessOrEqual 99
        @($shown.StatusDescription) -match '~\d+ (s|min) left' | Should -Not -BeNullOrEmpty
        @($records.StatusDescription -replace '.*(phase \d).*', '$1' | Select-Object -Unique) | Should -Contain 'phase 4'
    }

    It 'shows the state that was read last, and none twice, when the pipeline comes late' {
        $engine = New-Engine jobs3-progress6
        $shell = New-ModuleShell
        $gate = [System.Threading.ManualResetEventSlim]::new()
        try {
            # At the first verbose line the pipeline stands still, until the job has ended.
            $null = $shell.AddScript({ param($Wait, $Gate) Wait-CseEngineJob @Wait -Verbose 4>&1 | ForEach-Object { $null = $Gate.Wait(60000) } }).
                AddArgument($fast + @{ EngineId = $engine; Id = Get-LiveId $engine }).AddArgument($gate)
            $running = $shell.BeginInvoke()
            Wait-Until { @(Get-Read $engine).Count -eq 6 } | Should -BeTrue
            $gate.Set()
            $null = $shell.EndInvoke($running)
            $shown = $shell.Streams.Progress.Where{ $_.RecordType -eq 'Processing' }.StatusDescription
            $shown -replace ' \S*\d:\d\d:\d\d' -replace ' \(.*?\)' -replace ' of .*' | Should -Be 'Executing, phase 4'
        }
        finally {
            $gate.Set()
            Remove-ModuleShell $shell
        }
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
