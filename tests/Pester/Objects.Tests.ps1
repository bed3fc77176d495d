BeforeAll {
    $null = Connect-Simulator
    $server = (Get-SimulatorEngine $Sim.Engine).jobs
    $jobs = Get-CseEngineJob $Sim.Engine
    $failed = $server.Where({ $_.status -eq 'Error' }, 'First')[0].id
    $detail = Get-CseEngineJob $Sim.Engine -Id $failed

    function Get-IdByStatus([string[]] $Status) {
        $server.Where{ $_.status -in $Status }.id
    }

    $properties = 'Id', 'EngineId', 'Type', 'Status', 'Description', 'Scheduling', 'CreateUser', 'StartTime', 'EndTime', 'Duration', 'Context',
        'Phases', 'Tasks', 'StatusText', 'TypeText', 'AdditionalProperties', 'Session', 'EngineName', 'Step', 'Reason', 'Failed', 'IsRunning', 'DurationSeconds', 'User', 'Started'
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'A job as an object' {
    It 'has the properties of the design, under their names' {
        $detail.PSObject.Properties.Name | Sort-Object | Should -BeExactly ($properties | Sort-Object)
        $detail.Phases[0].PSObject.Properties.Name | Sort-Object | Should -BeExactly ('TaskName', 'TaskNames', 'Status', 'StartTime', 'EndTime', 'TaskExecutorBrief', 'Tasks',
            'StatusText', 'Duration', 'AdditionalProperties' | Sort-Object)
        $detail.Tasks[0].PSObject.Properties.Name | Sort-Object | Should -BeExactly ('EngineId', 'Session', 'JobId', 'Id', 'Type', 'Assigned', 'TaskName', 'EngineName', 'TaskOrder', 'Status', 'StartTime',
            'EndTime', 'CreateTime', 'UpdateTime', 'Timeout', 'Log', 'Output', 'TaskExecutorBrief', 'StatusText', 'TypeText', 'Duration', 'AdditionalProperties' | Sort-Object)
    }

    It 'tells what the table''s headings say, and why it failed: to Where-Object, Sort-Object and Measure-Object alike' {
        $raw = Get-SimulatorAnswer "$($Sim.Engine)/jobs/$failed" | ConvertFrom-Json
        $task = $raw.tasks.tasks.Where({ $_.status -eq 'Error' }, 'First')[0]
        $detail.User, $detail.Started, $detail.EngineName | Should -Be $raw.createUser, $detail.StartTime, $task.engineName
        $detail.Step | Should -BeExactly ($task.taskName -replace 'TaskExecutor$')
        $detail.Reason | Should -BeExactly (($task.log -split '\n')[-1] -replace '^\S+ ERROR ')
        ($jobs | Where-Object Failed).Id | Should -Be (Get-IdByStatus Error, Timeout)
        ($jobs | Where-Object IsRunning).Id | Should -Be (Get-IdByStatus Init, Executing)
        ($jobs | Where-Object Reason).Id | Should -Be (Get-IdByStatus Error, Timeout)
        ($jobs | Where-Object Failed | Measure-Object DurationSeconds -Sum).Sum | Should -BeGreaterThan 0
    }

    It 'completes <_> with Tab' -ForEach 'EngineName', 'Step', 'Reason', 'Failed', 'IsRunning', 'DurationSeconds', 'User', 'Started' {
        $text = "Get-CseEngineJob x | Where-Object $($_.Substring(0, 3))"
        (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Contain $_
    }

    It 'is <Expected> in a string' -ForEach @{ Expected = '12339 Create Finished' } {
        "$(Get-CseEngineJob $Sim.SeedEngine -Id 12339)" | Should -BeExactly $Expected
    }

    Context 'Status' {
        It 'is filtered as people write it: <What>' -ForEach @(
            @{ What = 'Where Status -eq Error'; Filter = { $jobs | Where-Object Status -EQ Error }; Wanted = 'Error' }
            @{ What = "Where Status -eq 'eRRoR'"; Filter = { $jobs | Where-Object Status -EQ 'eRRoR' }; Wanted = 'Error' }
            @{ What = 'Where { $_.Status -eq "error" }'; Filter = { $jobs | Where-Object { $_.Status -eq 'error' } }; Wanted = 'Error' }
            @{ What = 'Where { "Error" -eq $_.Status }'; Filter = { $jobs | Where-Object { 'Error' -eq $_.Status } }; Wanted = 'Error' }
            @{ What = 'Where Status -in Error, timeout'; Filter = { $jobs | Where-Object Status -In Error, timeout }; Wanted = 'Error', 'Timeout' }
            @{ What = 'Where { $_.Status -in ... }'; Filter = { $jobs | Where-Object { $_.Status -in 'Error', 'Timeout' } }; Wanted = 'Error', 'Timeout' }
            @{ What = 'Where Status -ne Finished'; Filter = { $jobs | Where-Object Status -NE Finished }; Wanted = 'PreInit', 'Init', 'Executing', 'Error', 'Timeout' }
            @{ What = 'Where Status -notin ...'; Filter = { $jobs | Where-Object Status -NotIn Finished, Error }; Wanted = 'PreInit', 'Init', 'Executing', 'Timeout' }
            @{ What = 'Where Status -like *Init'; Filter = { $jobs | Where-Object Status -Like *Init }; Wanted = 'PreInit', 'Init' }
            @{ What = 'Where Status -match ^(Err|Time)'; Filter = { $jobs | Where-Object Status -Match '^(Err|Time)' }; Wanted = 'Error', 'Timeout' }
            @{ What = '.Where({ })'; Filter = { $jobs.Where{ $_.Status -eq 'Error' } }; Wanted = 'Error' }
            @{ What = 'switch'; Filter = { foreach ($job in $jobs) { switch ($job.Status) { Error { $job } } } }; Wanted = 'Error' }
        ) {
            $expected = Get-IdByStatus $Wanted
            $expected.Count | Should -BeGreaterThan 0
            (& $Filter).Id | Should -Be $expected
        }

        It 'is grouped by its name' {
            $groups = $jobs | Group-Object Status
            $expected = $server | Group-Object status
            foreach ($group in $expected) {
                $groups.Where{ $_.Name -ceq $group.Name }[0].Count | Should -Be $group.Count -Because $group.Name
            }
            $groups | Should -HaveCount $expected.Count
            ($jobs | Group-Object Status -AsHashTable -AsString)['Error'].Id | Should -Be (Get-IdByStatus Error)
        }

        It 'sorts in the order of a job''s life' {
            ($jobs | Sort-Object Status -Stable).Id | Should -Be ('PreInit', 'Init', 'Executing', 'Error', 'Timeout', 'Finished' | ForEach-Object { Get-IdByStatus $_ })
        }

        It 'is filtered on sub-jobs and phases as well' {
            $json = Get-SimulatorAnswer "$($Sim.Engine)/jobs/$failed" | ConvertFrom-Json
            ($detail.Tasks | Where-Object Status -EQ Error).Id | Should -Be $json.tasks.tasks.Where{ $_.status -eq 'Error' }.id
            ($detail.Phases | Where-Object Status -EQ Error).TaskName | Should -Be $json.tasks.Where{ $_.status -eq 'Error' }.taskName
        }
    }

    Context 'Times' {
        It 'sorts by StartTime' {
            # Not started: no time. PowerShell puts those first.
            ($jobs | Sort-Object StartTime).Id | Should -Be (@($server.Where{ $null -eq $_.startTime }.id) + ($server.Where{ $null -ne $_.startTime } | Sort-Object startTime).id)
            ($jobs | Sort-Object StartTime -Descending)[0].Id | Should -Be ($server | Sort-Object startTime -Descending)[0].id
        }

        It 'sorts by itself: by start, those not started last' {
            ($jobs | Sort-Object).Id | Should -Be (@(($server.Where{ $null -ne $_.startTime } | Sort-Object startTime).id) + @($server.Where{ $null -eq $_.startTime }.id))
        }

        It 'filters by Duration' {
            $raw = (Get-SimulatorAnswer "$($Sim.Engine)/jobs?limit=1000" | ConvertFrom-Json).data
            # What runs has lasted until now.
            $now = [System.DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds()
            $expected = $raw.Where{ $_.startTime -and ($_.endTime ?? $now) - $_.startTime -gt 900000 }.id
            $raw.Where{ $_.status -eq 'Executing' }.id | Should -BeIn $expected
            $expected.Count | Should -BeGreaterThan 0
            ($jobs | Where-Object Duration -GT '00:15:00').Id | Should -Be $expected
        }

        It 'is right in <Zone>' -ForEach @(
            @{ Zone = 'Asia/Shanghai'; WindowsZone = 'China Standard Time'; Start = '2021-11-10T18:28:15.9010000+08:00'; Midnight = 1793462400000; Next = 1793548800000 }
            # The night that daylight saving time ends.
            @{ Zone = 'America/New_York'; WindowsZone = 'Eastern Standard Time'; Start = '2021-11-10T05:28:15.9010000-05:00'; Midnight = 1793505600000; Next = 1793595600000 }
            @{ Zone = 'UTC'; WindowsZone = 'UTC'; Start = '2021-11-10T10:28:15.9010000+00:00'; Midnight = 1793491200000; Next = 1793577600000 }
        ) {
            $file = Join-Path $TestDrive "$($Zone -replace '/').xml"
            Get-CseEngineJob $Sim.SeedEngine -Id 12339 | Export-Clixml $file
            Clear-SimulatorRequest
            # Windows has one zone for all processes: there the fresh process replaces what .NET has read of it.
            $setZone = $IsWindows ? "
                `$zones = [TimeZoneInfo].GetField('s_cachedData', 'Static, NonPublic').GetValue(`$null)
                `$zones.GetType().GetField('_localTimeZone', 'Instance, NonPublic').SetValue(`$zones, [TimeZoneInfo]::FindSystemTimeZoneById('$WindowsZone'))" : ''
            $output = Invoke-FreshShell -Environment @{ TZ = $Zone } @"
                $setZone
                `$job = Get-CseEngineJob $($Sim.SeedEngine) -Id 12339
                "kinds: `$(`$job, `$job.Phases[0], `$job.Tasks[0] | ForEach-Object { `$_.StartTime.Kind; `$_.EndTime.Kind } | Select-Object -Unique)"
                "start: `$(`$job.StartTime.ToString('o'))"
                # Compared with what Get-Date gives for the second before and the second after 1636540095.901.
                "after: `$(`$job.StartTime -gt (Get-Date -UnixTimeSeconds 1636540095)) before: `$(`$job.StartTime -lt (Get-Date -UnixTimeSeconds 1636540096))"
                "distance: `$((Get-Date -UnixTimeSeconds 1636540096) - `$job.StartTime)"
                "imported: `$((Import-Clixml '$file').StartTime.ToLocalTime().ToString('o'))"
                "timeline: `$(`$job | Format-Custom | Out-String)"
                `$null = Get-CseEngineJob sim-jobs103 -From 2000-01-01 -First 1
                `$null = Get-CseEngineJob sim-jobs103 -From 2026-11-01 -To '2026-11-02 00:00'
                `$null = Get-CseEngineJob sim-jobs103 -From ([datetime]'2026-11-01') -To (Get-Date 2026-11-02)
                `$null = Get-CseEngineJob sim-jobs103 -From 2026-11-01 -To 2026-11-01
"@
            $output | Should -Contain 'kinds: Local'
            $output | Should -Contain "start: $Start"
            $output | Should -Contain 'after: True before: True'
            $output | Should -Contain 'distance: 00:00:00.0990000'
            $output | Should -Contain "imported: $Start"
            "$output" | Should -BeLike "*Job 12339*Create*$($Start.Substring(0, 10)) $($Start.Substring(11, 8))  took 0:06:04*"
            (Get-SimulatorRequest)[-3, -2].rawQuery | Should -Be (@("offset=0&limit=100&from-time=$Midnight&to-time=$Next") * 2)
            (Get-SimulatorRequest)[-1].rawQuery | Should -Be "offset=0&limit=100&from-time=$Midnight&to-time=$($Next - 1)"
        }
    }

    Context 'Export-Clixml and Import-Clixml' {
        BeforeAll {
            $file = Join-Path $TestDrive jobs.xml
            @($jobs[0..9]) + $detail | Export-Clixml $file
            $back = Import-Clixml $file
            $copy = $back[-1]
        }

        It 'keeps jobs filterable by Status and Type' {
            ($back | Where-Object Status -EQ error).Id | Should -Be (@($server[0..9].Where{ $_.status -eq 'Error' }.id) + $failed)
            ($back | Where-Object Type -In Upgrade, delete).Id | Should -Be (@($server[0..9].Where{ $_.type -in 'Upgrade', 'Delete' }.id) + $failed)
            ($back | Group-Object Status).Name | Should -Contain 'Finished'
        }

        It 'keeps the values and their types' {
            $copy.Id | Should -Be $failed
            $copy.Id | Should -BeOfType ([long])
            $copy.StartTime | Should -BeOfType ([datetime])
            $copy.StartTime | Should -Be $detail.StartTime
            $copy.StartTime.Kind | Should -Be Local
            $copy.Duration | Should -BeOfType ([timespan])
            $copy.Duration | Should -Be $detail.Duration
            $copy.Scheduling | Should -BeOfType ([bool])
            $copy.Description | Should -BeExactly $detail.Description
            foreach ($name in 'EngineName', 'Step', 'Reason', 'Failed', 'IsRunning', 'DurationSeconds', 'User', 'Started') {
                $detail.$name | Should -Not -BeNullOrEmpty -Because $name
                $copy.$name | Should -BeExactly $detail.$name -Because $name
            }
        }

        It 'keeps phases, their sub-jobs and those'' logs' {
            $json = Get-SimulatorAnswer "$($Sim.Engine)/jobs/$failed" | ConvertFrom-Json
            $copy.Phases.TaskName | Should -Be $json.tasks.taskName
            $copy.Phases.Tasks.Id | Should -Be $json.tasks.tasks.id
            $copy.Phases.Tasks.Status | Should -Be $json.tasks.tasks.status
            $copy.Phases.Tasks.Log | Should -Be $json.tasks.tasks.log
            $copy.Tasks.TaskName | Should -Be $json.tasks.tasks.taskName
            ($copy.Tasks | Where-Object Status -EQ Error).Log | Should -BeLike '*ERROR*'
        }

        It 'keeps the estimates of phases and sub-jobs' {
            $json = Get-SimulatorAnswer "$($Sim.Engine)/jobs/$failed" | ConvertFrom-Json
            $copy.Tasks.TaskExecutorBrief.Duration.TotalMilliseconds | Should -Be $json.tasks.tasks.taskExecutorBrief.duration
            $copy.Phases.TaskExecutorBrief.Duration.TotalMilliseconds | Should -Be $json.tasks.taskExecutorBrief.duration
            $copy.Phases.Tasks.TaskExecutorBrief.Duration.TotalMilliseconds | Should -Be $json.tasks.tasks.taskExecutorBrief.duration
        }

        It 'keeps the job''s own properties and adds none' {
            # The session itself stays behind; its name goes along.
            $copy.PSObject.Properties.Name | Sort-Object | Should -Be ($properties -replace '^Session$', 'SessionName' | Sort-Object)
            $copy.Phases[0].PSObject.Properties.Name | Sort-Object | Should -Be ($detail.Phases[0].PSObject.Properties.Name | Sort-Object)
            $copy.Tasks[0].PSObject.Properties.Name | Sort-Object | Should -Be ($detail.Tasks[0].PSObject.Properties.Name -replace '^Session$', 'SessionName' | Sort-Object)
        }

        It 'puts no colours into the file' {
            Select-String -Path $file -Pattern '_x001B_|\x1b' | Select-Object -First 1 | Should -BeNullOrEmpty
        }
    }

    It 'comes out of Start-Job filterable' {
        $endpoint = Get-SimulatorAddress
        $found = Start-Job {
            $known = $using:Sim
            Import-Module $known.ModulePath
            $null = Connect-Cse -Endpoint $using:endpoint -ProjectId $known.ProjectId -Token $known.Token
            Get-CseEngineJob $known.Engine -First 40
        } | Receive-Job -Wait -AutoRemoveJob
        $found | Should -HaveCount 40
        ($found | Where-Object Status -EQ Error).Id | Should -Be $server[0..39].Where{ $_.status -eq 'Error' }.id
        ($found | Sort-Object StartTime -Descending)[0].Id | Should -Be ($server | Sort-Object startTime -Descending)[0].id
        ($found | Where-Object Status -EQ Error | Get-CseEngineJob).Id | Should -Be ($found | Where-Object Status -EQ Error).Id
    }

    Context 'Export-Csv' {
        BeforeAll {
            $file = Join-Path $TestDrive jobs.csv
            @($jobs[0..9]) + $detail | Export-Csv $file
            $rows = Import-Csv $file
            $row = $rows[-1]
        }

        It 'has a column per property and a row per job' {
            $row.PSObject.Properties.Name | Sort-Object | Should -Be ($properties | Sort-Object)
            $rows.Id | Should -Be (@($server[0..9].id) + $failed)
        }

        It 'has words and times in its cells' {
            $rows.Status | Should -Be (@($server[0..9].status) + 'Error')
            $row.Type | Should -BeExactly "$($server.Where{ $_.id -eq $failed }.type)"
            [timespan]$row.Duration | Should -Be $detail.Duration
            $row.StartTime | Should -BeExactly "$($detail.StartTime.ToString([cultureinfo]::CurrentCulture))"
            $row.Scheduling | Should -BeExactly 'False'
            $row.EngineName, $row.Step, $row.Reason, $row.Failed, $row.IsRunning | Should -BeExactly $detail.EngineName, $detail.Step, $detail.Reason, 'True', 'False'
            [double]$row.DurationSeconds | Should -Be $detail.Duration.TotalSeconds
            $row.User, $row.Started | Should -BeExactly $row.CreateUser, $row.StartTime
        }

        It 'has the names of steps in Phases and Tasks' {
            $row.Phases | Should -BeLike "*$($detail.Phases[0].TaskName)*$($detail.Phases[-1].TaskName)*"
            $row.Tasks | Should -BeLike "*$($detail.Tasks[0].TaskName)*$($detail.Tasks[-1].TaskName)*"
        }

        It 'has no names of .NET types in its cells' {
            $rows | ForEach-Object { $_.PSObject.Properties.Value } | Where-Object { $_ -match 'System\.|CseJobs\.|`\d' } | Select-Object -Unique | Should -BeNullOrEmpty
        }
    }

    Context 'ConvertTo-Json' {
        It 'has every property, statuses as words with -EnumsAsStrings, and an end' {
            $text = $detail | ConvertTo-Json -Depth 6 -EnumsAsStrings -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
            $json = $text | ConvertFrom-Json
            $json.PSObject.Properties.Name | Sort-Object | Should -Be ($properties | Sort-Object)
            $json.Id | Should -Be $failed
            $json.Status | Should -BeExactly 'Error'
            $json.StatusText | Should -BeExactly 'Error'
            $json.StartTime | Should -Be $detail.StartTime
            $json.Failed, $json.Reason, $json.DurationSeconds, $json.User | Should -Be $true, $detail.Reason, $detail.Duration.TotalSeconds, $detail.CreateUser
            $json.Phases.Tasks.Id | Should -Be $detail.Tasks.Id
            $json.Phases.Tasks.Status | Should -BeExactly $detail.Tasks.StatusText
            $json.Tasks[0].TaskExecutorBrief.Description | Should -BeExactly $detail.Tasks[0].TaskExecutorBrief.Description
            # A job of a dozen sub-jobs, twice: nothing goes in circles.
            $text.Length | Should -BeLessThan 60000
        }

        It 'has the fields that the module does not know' {
            $odd = (Get-CseEngineJob sim-odd-jobs26).Where({ $_.AdditionalProperties.Count -gt 0 }, 'First')[0]
            $json = $odd | ConvertTo-Json -Depth 6 | ConvertFrom-Json
            $json.AdditionalProperties.labels.nested.deep | Should -Be 1, 'two', $null, $true
        }
    }

    It 'exposes no member of the JSON library' {
        $odd = Get-CseEngineJob sim-odd-jobs26
        $types = foreach ($object in @($odd) + @($odd.Tasks)) {
            foreach ($property in $object.GetType().GetProperties()) { $property.PropertyType.FullName }
            foreach ($value in $object.AdditionalProperties.Values) { if ($null -ne $value) { $value.GetType().FullName } }
        }
        $types | Should -Not -Match 'System\.Text\.Json'
    }
}
