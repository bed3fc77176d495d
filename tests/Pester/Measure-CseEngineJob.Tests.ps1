BeforeAll {
    $null = Connect-Simulator -Name measure
    $jobs = @(Get-CseEngineJob (New-Engine jobs300), (New-Engine jobs50))

    # A job as far as figures need one.
    function New-Job([string] $Status = 'Finished', $Start = '2026-11-25 10:00', [double] $Minutes = 1, [string] $Type = 'Upgrade', [string] $EngineId = 'e1', [string] $Name = 'orders', [string] $User = 'ops', [string] $Session = 'here') {
        [pscustomobject]@{
            Id = ++$script:id; EngineId = $EngineId; EngineName = $Name; Type = $Type; Status = $Status; CreateUser = $User; Session = $Session
            StartTime = $Start ? [datetime]$Start : $null; EndTime = $Status -in 'Finished', 'Error', 'Timeout' ? ([datetime]$Start).AddMinutes($Minutes) : $null
        }
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Measure-CseEngineJob' {
    It 'counts as Group-Object does: -By <By>' -ForEach @(
        @{ By = @('Type'); Key = { $_.Type -eq 'Updated' ? 'Update' : "$($_.Type)" } }
        @{ By = @('Status'); Key = { "$($_.Status)" } }
        @{ By = @('User'); Key = { $_.CreateUser } }
        @{ By = @('Engine'); Key = { $_.EngineId } }
        @{ By = @('Session'); Key = { 'measure' } }
        @{ By = @('Day'); Key = { "$($_.StartTime.Date)" } }
        @{ By = @('Hour'); Key = { "$($_.StartTime.Date.AddHours($_.StartTime.Hour))" } }
        @{ By = @('Week'); Key = { "$($_.StartTime.Date.AddDays(-(([int]$_.StartTime.DayOfWeek + 6) % 7)))" } }
        @{ By = @('Month'); Key = { $_.StartTime ? "$($_.StartTime.Date.AddDays(1 - $_.StartTime.Day))" : '' } }
    ) {
        $begun = $jobs.Where{ $_.StartTime }
        $expected = $begun | Group-Object $Key
        $figures = @($begun | Measure-CseEngineJob -By $By)
        $figures.Count | Should -Be @($expected).Count
        foreach ($one in $figures) {
            $group = $expected | Where-Object Name -EQ "$($By -eq 'Engine' ? $one.EngineId : $one.($By[0]))"
            $one.Count | Should -Be $group.Count
            $one.Failed | Should -Be $group.Group.Where{ $_.Failed }.Count
            $one.FailedPercent | Should -Be ([math]::Round(100 * $one.Failed / $one.Count, 1))
            $ended = @($group.Group.Where{ -not $_.IsRunning -and $_.EndTime }.Duration | Sort-Object)
            if ($ended) {
                $one.P95Duration | Should -Be $ended[[math]::Ceiling(0.95 * $ended.Count) - 1]
                $one.MedianDuration | Should -Be (($ended[[math]::Floor(($ended.Count - 1) / 2)] + $ended[[math]::Ceiling(($ended.Count - 1) / 2)]) / 2)
                $one.Longest.Duration | Should -Be $ended[-1]
            }
            else { $one.MedianDuration, $one.P95Duration, $one.Longest | Should -Be $null, $null, $null }
        }
    }

    It 'keeps the order of -By in its properties and in its rows' {
        $figures = @((New-Job -Type B -Start 2026-11-24), (New-Job -Type A -Start 2026-11-25), (New-Job -Type A -Start 2026-11-23) | Measure-CseEngineJob Type, Day, Type)
        @($figures[0].PSObject.Properties.Name) | Should -Be 'Type', 'Day', 'Count', 'Failed', 'FailedPercent', 'MedianDuration', 'P95Duration', 'Longest'
        $figures | ForEach-Object { "$($_.Type) $($_.Day.Day)" } | Should -Be 'A 23', 'A 25', 'B 24'
        $figures = @((New-Job -Type B -Start 2026-11-24), (New-Job -Type A -Start 2026-11-25) | Measure-CseEngineJob Day, Type)
        $figures.Type | Should -Be B, A
    }

    It 'takes all jobs as one group without -By, and gives nothing for none' {
        $all = $jobs | Measure-CseEngineJob
        $all.Count | Should -Be $jobs.Count
        @(Get-CseEngineJob (New-Engine jobs0) | Measure-CseEngineJob) | Should -BeNullOrEmpty
    }

    It 'begins weeks on Monday, across years' -ForEach @(
        @{ Day = '2027-01-01'; Monday = '2026-12-28'; Name = '2026-12-28 (W53)' }, @{ Day = '2026-11-22'; Monday = '2026-11-16'; Name = '2026-11-16 (W47)' }, @{ Day = '2026-11-23'; Monday = '2026-11-23'; Name = '2026-11-23 (W48)' }
    ) {
        $one = New-Job -Start $Day | Measure-CseEngineJob -By Week
        $one.Week | Should -Be ([datetime]$Monday)
        (Get-Line $one)[-1] | Should -BeLike "$Name *"
    }

    It 'leaves jobs that have not ended out of the durations, and those that have not begun out of the times' {
        $one = (New-Job), (New-Job Executing), (New-Job PreInit $null) | Measure-CseEngineJob
        $one.Count, $one.MedianDuration | Should -Be 3, ([timespan]'00:01:00')
        $days = @((New-Job PreInit $null), (New-Job) | Measure-CseEngineJob Day)
        $days[-1].Day | Should -BeNullOrEmpty
        $days.Count | Should -Be 2
        (Get-Line $days)[-1] | Should -BeLike '(not begun) *'
    }

    It 'tells engines of one name apart, and names one that only later jobs name' {
        $figures = @((New-Job -EngineId a -Name orders), (New-Job -EngineId b -Name $null), (New-Job -EngineId b -Name orders) | Measure-CseEngineJob Engine)
        $figures.Engine | Should -Be orders, orders
        $figures.EngineId | Should -Be a, b
        $figures.ForEach{ $_.Count } | Should -Be 1, 2
    }

    It 'keeps types and states of a newer server apart' {
        $figures = @((New-Job -Type Merge -Status Paused), (New-Job -Type Split -Status Paused) | Measure-CseEngineJob Type, Status)
        $figures.Type | Should -Be Merge, Split
        $figures.Status | Should -Be Paused, Paused
    }

    It 'measures jobs from a file as live ones' {
        $live = @($jobs | Measure-CseEngineJob Month, Type, Status)
        $copies = @(Copy-ThroughProcess $jobs | Measure-CseEngineJob Month, Type, Status)
        $text = { param($all) $all | Select-Object * -ExcludeProperty Longest | ConvertTo-Csv }
        & $text $copies | Should -Be (& $text $live)
        # And its figures look the same after another process.
        Get-Line (Copy-ThroughProcess $live) | Should -Be (Get-Line $live)
    }

    It 'refuses what is no job, and goes on' {
        $one = @((New-Job), 'text', (Get-CseEngine -Id $Sim.Engine), (New-Job)) | Measure-CseEngineJob -ErrorVariable problems -ErrorAction SilentlyContinue
        $one.Count | Should -Be 2
        $problems.FullyQualifiedErrorId | Should -Be 'InvalidArgument,CseJobs.Commands.MeasureCseEngineJobCommand', 'InvalidArgument,CseJobs.Commands.MeasureCseEngineJobCommand'
        { New-Job | Measure-CseEngineJob -By Weather } | Should -Throw '*Hour*Session*'
    }

    It 'keeps no job but the longest' {
        $references = [System.Collections.Generic.List[WeakReference]]::new()
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::CurrentRunspace)
        $null = $shell.AddScript({
                param($references)
                & {
                    foreach ($i in 1..200) {
                        $job = [pscustomobject]@{ Id = $i; EngineId = 'e'; Status = 'Finished'; StartTime = [datetime]'2026-01-01'; EndTime = [datetime]'2026-01-01 01:00' }
                        $references.Add([WeakReference]::new($job))
                        $job
                        if ($i -eq 200) {
                            $job = $null
                            [GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect()
                            $global:alive = @($references | Where-Object { $_.IsAlive }).Count
                        }
                    }
                } | Measure-CseEngineJob Day
            }).AddArgument($references)
        try { $shell.Invoke().Count | Should -Be 1 } finally { $shell.Dispose() }
        # The first, which is the longest, and those that the pipeline itself holds.
        $global:alive | Should -BeLessThan 10
        Remove-Variable alive -Scope Global
    }

    It 'has numbers that stand below each other' {
        $lines = Get-Line ((New-Job -Type A), (New-Job Error -Type BBBB -Minutes 700) | Measure-CseEngineJob Type) 80
        $lines[0] | Should -Be 'Group Count Failed Failed %   Median      P95  Longest'
        $lines[2..3] | Should -Be @(
            'A         1      0      0.0  0:01:00  0:01:00  0:01:00'
            'BBBB      1      1    100.0 11:40:00 11:40:00 11:40:00'
        )
    }
}
