BeforeAll {
    $null = Connect-Simulator
    # More than any of these tests needs: a broken build ends all the same.
    $minute = @{ TimeoutSec = 60 }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'What Wait-CseEngineJob shows' {
    BeforeEach {
        $shell = New-ModuleShell
    }

    AfterEach {
        Remove-ModuleShell $shell
    }

    It 'is brought up to date while nothing is read' {
        $engine = New-Engine jobs3-stuck
        $null = $shell.AddCommand('Wait-CseEngineJob').AddParameters($minute + @{ EngineId = $engine; Id = Get-LiveId $engine; PollIntervalSec = 1000 })
        $running = $shell.BeginInvoke($shell.In, $shell.Out)
        Wait-Until { $shell.Streams.Progress.Count -ge 3 } | Should -BeTrue
        Get-Read $engine | Should -HaveCount 1
        Stop-Shell $shell | Should -Be Stopped
        $null = $running
    }

    It 'does not keep the wait from ending where a bar takes longer to draw than the next tick to come' {
        if (-not ('CseJobs.PesterTools.AnsweringHost' -as [type])) {
            Add-Type -Path (Join-Path $PSScriptRoot AnsweringHost.cs) -WarningAction Ignore
        }
        $psHost = [CseJobs.PesterTools.AnsweringHost]::new('none')
        $psHost.DrawTime = [timespan]::FromSeconds(1.2)
        $slow = New-ModuleShell $psHost
        try {
            $engine = New-Engine jobs3-progress4
            $null = $slow.AddCommand('Wait-CseEngineJob').AddParameters(@{ EngineId = $engine; Id = Get-LiveId $engine; PollIntervalSec = 0.5 })
            $running = $slow.BeginInvoke($slow.In, $slow.Out)
            # A broken build draws for ever.
            $running.AsyncWaitHandle.WaitOne(60000) | Should -BeTrue
            $slow.Out.Status | Should -Be Finished
        }
        finally {
            $null = Stop-Shell $slow
            Remove-ModuleShell $slow
        }
    }

    It 'is ten bars at most, and how many jobs there are besides' {
        # The first three are read last: whoever has a bar by then keeps it.
        $engines = 1..13 | ForEach-Object { New-Engine ($_ -le 3 ? 'jobs3-stuck-latency500' : 'jobs3-stuck') }
        $jobs = $engines | ForEach-Object { [pscustomobject]@{ EngineId = $_; Id = Get-LiveId $_ } }
        $null = $shell.AddScript({ param($Jobs) $Jobs | Wait-CseEngineJob -TimeoutSec 60 -PollIntervalSec 1000 }).AddArgument($jobs)
        $running = $shell.BeginInvoke($shell.In, $shell.Out)
        Wait-Until { $shell.Streams.Progress.StatusDescription -contains 'and 3 more' } | Should -BeTrue
        Stop-Shell $shell | Should -Be Stopped
        ($shell.Streams.Progress.Where{ $_.Activity -like 'Job *' }.ActivityId | Select-Object -Unique).Count | Should -Be 10
        $null = $running
    }

    It 'is gone for the jobs that -Any does not wait for' {
        $engines = (New-Engine jobs3-stuck), (New-Engine jobs3-progress6)
        $jobs = $engines | ForEach-Object { [pscustomobject]@{ EngineId = $_; Id = Get-LiveId $_ } }
        $null = $shell.AddScript({ param($Jobs, $Minute) $Jobs | Wait-CseEngineJob @Minute -Any -PollIntervalSec 0.05 }).AddArgument($jobs).AddArgument($minute).Invoke()
        $bars = $shell.Streams.Progress | Group-Object ActivityId
        $bars | Should -HaveCount 2
        $bars | ForEach-Object { $_.Group[-1].RecordType | Should -Be Completed }
    }

    It 'names the engine, not the job, in the error of an engine that is not there' {
        Wait-CseEngineJob no-such-engine -Id 7 @minute -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.WaitCseEngineJobCommand'
        $problem.TargetObject | Should -Be 'no-such-engine'
    }
}
