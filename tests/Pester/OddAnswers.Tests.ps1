BeforeAll {
    $null = Connect-Simulator
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Odd answers' {
    BeforeAll {
        # The answer as it came, job by job, beside what the module made of it.
        $raw = (Get-SimulatorAnswer 'sim-odd-jobs26/jobs?limit=100' | ConvertFrom-Json).data
        $odd = Get-CseEngineJob sim-odd-jobs26

        function Get-Pair([scriptblock] $Filter) {
            $found = for ($i = 0; $i -lt $raw.Count; $i++) { if ($raw[$i] | Where-Object $Filter) { [pscustomobject]@{ Raw = $raw[$i]; Job = $odd[$i] } } }
            if (-not $found) { throw 'There is no such job.' }
            $found
        }
    }

    It 'reads an unknown status and type as Unknown, and keeps their text' {
        foreach ($pair in Get-Pair { $_.status -eq 'Suspended' }) {
            "$($pair.Job.Status)" | Should -BeExactly 'Unknown'
            $pair.Job.StatusText | Should -BeExactly 'Suspended'
            "$($pair.Job.Type)" | Should -BeExactly 'Unknown'
            $pair.Job.TypeText | Should -BeExactly 'Migrate'
            "$($pair.Job.Tasks[0].Status)" | Should -BeExactly 'Unknown'
            $pair.Job.Tasks[0].StatusText | Should -BeExactly 'Skipped'
        }
        ($odd | Where-Object Status -EQ Unknown).StatusText | Should -Contain 'Suspended'
    }

    It 'reads a status in another case' {
        foreach ($pair in Get-Pair { $_.status -cmatch '^[A-Z]+$' }) {
            "$($pair.Job.Status)" | Should -Be $pair.Raw.status
            "$($pair.Job.Status)" | Should -Not -BeExactly $pair.Raw.status
            "$($pair.Job.Status)" | Should -Not -Be 'Unknown'
            $pair.Job.StatusText | Should -BeExactly $pair.Raw.status
        }
    }

    It 'reads numbers that come as strings' {
        foreach ($pair in Get-Pair { $_.id -is [string] }) {
            $pair.Job.Id | Should -BeOfType ([long])
            $pair.Job.Id | Should -Be ([long]$pair.Raw.id)
            $pair.Job.Scheduling | Should -Be ($pair.Raw.scheduling -eq '1')
            if ($pair.Raw.startTime) { $pair.Job.StartTime | Should -Be ([System.DateTimeOffset]::FromUnixTimeMilliseconds($pair.Raw.startTime).LocalDateTime) }
            $pair.Job.Tasks[0].TaskOrder | Should -Be ([long]$pair.Raw.tasks[0].taskOrder)
            $pair.Job.Tasks[0].TaskExecutorBrief.Duration.TotalMilliseconds | Should -Be ([long]$pair.Raw.tasks[0].taskExecutorBrief.duration)
        }
    }

    It 'keeps the fields that it does not know' {
        foreach ($pair in Get-Pair { $_.priority }) {
            $more = $pair.Job.AdditionalProperties
            $more.Keys | Sort-Object | Should -Be history, labels, priority, ratio
            $more['priority'] | Should -Be 5
            $more['ratio'] | Should -Be 0.25
            $more['labels']['team'] | Should -BeExactly 'payments'
            $more['labels']['nested']['deep'] | Should -Be 1, 'two', $null, $true
            $more['history'][0]['status'] | Should -BeExactly 'Init'
            $more.labels.team | Should -BeExactly 'payments'
            $pair.Job.Tasks[0].AdditionalProperties['node']['zones'] | Should -Be 'az1', 'az2'
        }
    }

    It 'reads times that are <_> as $null' -ForEach 0, -1 {
        $value = $_
        foreach ($pair in Get-Pair { $_.startTime -is [long] -and $_.startTime -eq $value }) {
            $pair.Job.StartTime | Should -Be $null
            $pair.Job.EndTime | Should -Be $null
            $pair.Job.Duration | Should -Be $null
            $pair.Job.Tasks[0].StartTime | Should -Be $null
        }
    }

    It 'reads nulls and missing fields' {
        foreach ($pair in Get-Pair { $null -eq $_.type }) {
            $pair.Job.Id | Should -Be $pair.Raw.id
            "$($pair.Job.Type)" | Should -BeExactly 'Unknown'
            $pair.Job.StartTime | Should -Be $null
            $pair.Job.Scheduling | Should -BeExactly $false
            $pair.Job.Tasks | Should -HaveCount @($pair.Raw.tasks).Count
            $pair.Job.Tasks[0].Id | Should -Be $pair.Raw.tasks[0].id
        }
    }

    It 'reads ids above 2^53 exactly, and finds those jobs' {
        $wide = Get-Pair { $_.id -is [long] -and $_.id -gt 9007199254740992 }
        foreach ($pair in $wide) {
            $pair.Job.Id | Should -BeExactly $pair.Raw.id
            $pair.Raw.id % 2 | Should -Be 1
            $pair.Job.Tasks[0].Id | Should -BeExactly $pair.Raw.tasks[0].id
        }
        Clear-SimulatorRequest
        ($wide[0].Job | Get-CseEngineJob).Id | Should -BeExactly $wide[0].Raw.id
        (Get-SimulatorRequest).path | Should -BeLike "*/jobs/$($wide[0].Raw.id)"
    }

    It 'shows control characters as pictures, in every text' {
        foreach ($pair in Get-Pair { $_.context -match '\x1b' }) {
            foreach ($text in $pair.Job.Description, $pair.Job.CreateUser, $pair.Job.Context, $pair.Job.Tasks[0].TaskName, $pair.Job.Tasks[0].Log) {
                $text | Should -Not -Match '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]'
                $text | Should -BeLike '*␛*31mred*'
            }
            $pair.Job.Description | Should -BeLike '升级引擎 Überprüfung данные 🚀*second line'
        }
    }

    It 'reads the misspelt key taskexEcutorBrief' {
        foreach ($pair in Get-Pair { $_.tasks[0].PSObject.Properties.Name -ccontains 'taskexEcutorBrief' }) {
            $pair.Job.Tasks[0].TaskExecutorBrief.Description | Should -BeExactly $pair.Raw.tasks[0].taskexEcutorBrief.description
        }
    }

    It 'reads list items whose tasks are <Kind>' -ForEach @(
        @{ Kind = 'nested'; Phases = $true; Tasks = $true }
        @{ Kind = 'notasks'; Phases = $false; Tasks = $false }
        @{ Kind = 'nulltasks'; Phases = $false; Tasks = $false }
    ) {
        $json = (Get-SimulatorAnswer "sim-$Kind/jobs?limit=100" | ConvertFrom-Json).data
        $found = Get-CseEngineJob "sim-$Kind"
        for ($i = 0; $i -lt $json.Count; $i++) {
            $found[$i].Phases.TaskName | Should -Be ($Phases ? $json[$i].tasks.taskName : $null)
            $found[$i].Tasks.Id | Should -Be ($Tasks ? $json[$i].tasks.tasks.id : $null)
        }
    }
}
