BeforeAll {
    $null = Connect-Simulator
    $list = (Get-SimulatorAnswer "$($Sim.Engine)/jobs?limit=100" | ConvertFrom-Json).data
    $jobs = Get-CseEngineJob $Sim.Engine -First 60
    $sample = Get-CseEngineJob $Sim.SeedEngine -Id 12339
    $now = [datetime]::new(2026, 11, 20, 12, 0, 0, [DateTimeKind]::Utc)
    Set-ViewTime $now

    # The lines of a table, without the engine above it.
    function Get-TableLine([object] $Job, [int] $Width = 120) {
        Get-Line ($Job | Format-Table) $Width | Where-Object { $_ -notlike '   Engine: *' }
    }

    # The rows of a table at 200 characters, by the name of their columns.
    function Get-Row([object] $Job) {
        foreach ($line in Get-TableLine $Job 200 | Select-Object -Skip 2) {
            $line = $line.PadRight(110)
            [pscustomobject]@{
                Id = $line.Substring(0, 10).Trim(); Type = $line.Substring(11, 10).Trim(); Status = $line.Substring(21, 10).Trim()
                Started = $line.Substring(31, 10); Duration = $line.Substring(42, 9); Step = $line.Substring(52, 16).Trim()
                User = $line.Substring(69, 10).Trim(); Description = $line.Substring(80).Trim()
            }
        }
    }

    function Find-Job([string] $Status) { $jobs.Where({ $_.Status -eq $Status }, 'First')[0] }
}

AfterAll {
    Set-ViewTime
    Get-CseSession | Disconnect-Cse
}

Describe 'The table of jobs' {
    It 'has all but the description at 80 characters: <_> of them' -ForEach 79, 80 {
        $lines = Get-TableLine $jobs $_
        $lines[0] | Should -BeExactly 'Id         Type      Status       Started  Duration Step             User'
        $lines[1] | Should -BeExactly '--         ----      ------       -------  -------- ----             ----'
        $lines | Should -HaveCount 62
    }

    It 'has the description as well at <_> characters' -ForEach 100, 120, 200 {
        $lines = Get-TableLine $jobs $_
        $lines[0] | Should -BeExactly 'Id         Type      Status       Started  Duration Step             User       Description'
        $lines | Should -HaveCount 62
    }

    It 'keeps within <_> characters' -ForEach 79, 80, 100, 120, 200 {
        $width = $_
        (Get-TableLine $jobs $width).Where{ $_.Length -gt $width } | Should -BeNullOrEmpty
    }

    It 'cuts none of status, age, duration and step at 80 characters' {
        Get-TableLine $jobs 80 | ForEach-Object { $_.PadRight(68).Substring(0, 68) } | Should -Not -Match '…'
        $wide = Get-TableLine $jobs 200 | ForEach-Object { $_.PadRight(79).Substring(0, 79).TrimEnd() }
        Get-TableLine $jobs 80 | Should -BeExactly $wide
    }

    It 'has the engine above the jobs of each, as Get-ChildItem has the directory' {
        $own = Get-Line $jobs[0..1] 80
        $own[0] | Should -BeExactly "   Engine: $($jobs[0].EngineName)"
        $own[1] | Should -BeLike 'Id  *Step *User'
        $own | Should -HaveCount 5
        $mixed = Get-Line @($jobs[0..1]; Get-CseEngineJob sim-jobs2; $jobs[2]) 80
        @($mixed -like '   Engine: *') | Should -BeExactly "   Engine: $($jobs[0].EngineName)", '   Engine: sim-jobs2', "   Engine: $($jobs[0].EngineName)"
        Get-Line ($jobs | Format-Table Id, Step) | Should -Not -BeLike '*Engine: *'
    }

    It 'has the engine''s id above jobs whose engine has no known name' {
        $copy = Copy-ThroughProcess $sample
        $copy.EngineName = $null
        (Get-Line ($copy | Format-Table))[0] | Should -BeExactly "   Engine: $($sample.EngineId)"
    }

    It 'shows a job in one row' {
        (Get-TableLine $sample)[2] | Should -BeExactly '12339      Create    Finished     5 y ago  0:06:04                   test'
    }

    It 'shows the whole of the longest id that the documents allow' {
        $text = [System.Management.Automation.PSSerializer]::Serialize($sample) -replace '<I64 N="Id">12339<', '<I64 N="Id">2147483647<'
        (Get-TableLine ([System.Management.Automation.PSSerializer]::Deserialize($text)) 80)[2] | Should -BeLike '2147483647 Create *'
    }

    It 'shows that a longer id is cut' {
        $long = (Get-CseEngineJob sim-odd-jobs26).Where{ $_.Id -gt [math]::Pow(2, 53) }
        $long | Should -Not -BeNullOrEmpty
        (Get-Row $long).Id | Should -BeExactly ($long.Id | ForEach-Object { "$_".Substring(0, 9) + '…' })
    }

    It 'tells how long ago a job began' {
        foreach ($wait in @{ After = '00:00:30'; Text = '30 s ago' }, @{ After = '00:03:10'; Text = '3 min ago' }, @{ After = '05:00:00'; Text = '5 h ago' }, @{ After = '-00:02:00'; Text = 'in 2 min' }) {
            Set-ViewTime ($sample.StartTime.ToUniversalTime() + $wait.After)
            (Get-Row $sample).Started | Should -BeExactly $wait.Text.PadLeft(10)
        }
        Set-ViewTime $now
    }

    It 'has the exact time in the list' {
        Get-Line ($sample | Format-List) | Should -Contain "StartTime            : $($sample.StartTime.ToString())"
    }

    It 'lets the time of a running job grow, marked with a plus' {
        $job = Find-Job Executing
        Set-ViewTime ($job.StartTime.ToUniversalTime() + '00:12:34')
        (Get-Row $job).Duration | Should -BeExactly ' 0:12:34+'
        Set-ViewTime ($job.StartTime.ToUniversalTime() + '2.03:00:01')
        (Get-Row $job).Duration | Should -BeExactly '   2d 3h+'
        Set-ViewTime $now
        $ended = (Get-Row (Find-Job Finished), (Find-Job Error)).Duration
        $ended | Should -Match '^ *\d+:\d\d:\d\d *$'
    }

    It 'names the sub-job that <Status>' -ForEach @{ Status = 'Executing' }, @{ Status = 'Error' }, @{ Status = 'Timeout' } {
        $job = Find-Job $Status
        $name = $list.Where({ $_.id -eq $job.Id }, 'First')[0].tasks.Where({ $_.status -eq $Status }, 'First')[0].taskName
        $name | Should -BeLike '*TaskExecutor'
        (Get-Row $job).Step | Should -BeExactly ($name -replace 'TaskExecutor$')
        (Get-Row ($job | Get-CseEngineJob)).Step | Should -BeExactly ($name -replace 'TaskExecutor$')
    }

    It 'names no step of a job that <Status>' -ForEach @{ Status = 'Finished' }, @{ Status = 'Init' }, @{ Status = 'PreInit' } {
        (Get-Row (Find-Job $Status)).Step | Should -BeExactly ''
    }

    It 'has nothing for what is not known' {
        $row = Get-Row (Find-Job PreInit)
        $row.Started.Trim() + $row.Duration.Trim() | Should -BeExactly ''
        $row.Description | Should -Not -BeNullOrEmpty
    }

    It 'gives the description the room that is left' {
        $long = $jobs.Where({ $_.Description -eq 'Bind a public IP address' }, 'First')
        (Get-TableLine $long 100)[2] | Should -BeLike '* Bind a *…'
        (Get-TableLine $long 105)[2] | Should -BeLike '* Bind a public IP address'
    }

    It 'is the same for jobs from <What>, at <Width> characters' -ForEach @(
        foreach ($width in 80, 120, 200) {
            @{ Width = $width; What = 'Import-Clixml'; Copy = { $jobs | Export-Clixml (Join-Path $TestDrive jobs.xml); Import-Clixml (Join-Path $TestDrive jobs.xml) } }
            @{ Width = $width; What = 'another process'; Copy = { Copy-ThroughProcess $jobs } }
        }
    ) {
        $copy = & $Copy
        $copy[0].PSObject.TypeNames[0] | Should -BeExactly 'Deserialized.CseJobs.EngineJob'
        Get-TableLine $copy $Width | Should -BeExactly (Get-TableLine $jobs $Width)
    }
}

Describe 'The tables of jobs of many engines' {
    BeforeAll {
        $failed = $jobs.Where({ $_.Failed }, 'First')[0]
        Set-ViewTime ($failed.StartTime.ToUniversalTime() + '03:10:00')
        $clock = "$($failed.StartTime.ToString($failed.StartTime.Date -eq $failed.StartTime.AddMinutes(190).Date ? 'HH:mm' : 'MM-dd HH:mm', [cultureinfo]::InvariantCulture)) (3 h)"
    }

    AfterAll {
        Set-ViewTime $now
    }

    It 'say of a failure where it was, when by the local clock, and why: Failure' {
        $lines = Get-Line ($failed | Format-Table -View Failure) 160
        $lines[0] | Should -BeExactly 'Engine           Id         Type      Status  Started            Step           Reason'
        $lines[2] | Should -Match "^$($failed.EngineName) +$($failed.Id) +$($failed.TypeText) +$($failed.StatusText) +$([regex]::Escape($clock)) +$($failed.Step) +$([regex]::Escape($failed.Reason))$"
        $failed.Reason | Should -Match ' failed: | gave up '
    }

    It 'have the engine in a column, and room for long names from 160 characters on: Fleet' {
        $long = Copy-ThroughProcess $failed
        $long.Step = 'ARollingUpgradeOfDataPlanes'
        $long.CreateUser = 'ops-pipeline-prod'.Substring(0, 16)
        $lines = Get-Line ($long | Format-Table -View Fleet) 160
        $lines[0] | Should -BeExactly 'Engine               Id         Type      Status    Started             Duration Step                         User             Description'
        $lines[2] | Should -BeLike "$($failed.EngineName) *$($failed.Id) *$clock * ARollingUpgradeOfDataPlanes  ops-pipeline-pro *$($failed.Description)"
    }

    It 'keep within <_> characters, one line for each job' -ForEach 80, 100, 120, 160, 200 {
        $width = $_
        foreach ($view in 'Failure', 'Fleet') {
            $lines = Get-Line ($jobs | Format-Table -View $view) $width
            $lines | Should -HaveCount (2 + $jobs.Count)
            $lines.Where{ $_.Length -gt $width } | Should -BeNullOrEmpty
            Get-Line (Copy-ThroughProcess $jobs | Format-Table -View $view) $width | Should -BeExactly $lines
        }
    }
}

Describe 'The tables of phases and sub-jobs' {
    It 'let the time of what runs grow, marked with a plus: <_>' -ForEach 'Phases', 'Tasks' {
        $step = (Find-Job Executing | Get-CseEngineJob).$_.Where({ $_.Status -eq 'Executing' }, 'First')[0]
        Set-ViewTime ($step.StartTime.ToUniversalTime() + '01:02:03')
        $live = (Get-Line $step)[2]
        $live | Should -BeLike "*Executing $($step.StartTime.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture))  1:02:03+*"
        (Get-Line (Copy-ThroughProcess $step))[2] | Should -BeExactly $live
        Set-ViewTime $now
    }
}
