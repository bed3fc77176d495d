BeforeAll {
    $null = Connect-Simulator
    $server = (Get-SimulatorEngine $Sim.Engine).jobs
    $failed = $server.Where({ $_.status -eq 'Error' }, 'First')[0].id
    $detail = Get-CseEngineJob $Sim.Engine -Id $failed
    $running = Get-CseEngineJob $Sim.Engine -Id $server.Where({ $_.status -eq 'Executing' }, 'First')[0].id
    $json = Get-SimulatorAnswer "$($Sim.Engine)/jobs/$failed" | ConvertFrom-Json
    Set-ViewTime ($running.StartTime.ToUniversalTime() + '00:12:34')
    $encoding = [Console]::OutputEncoding
    [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
    $timeline = Get-Line ($detail | Format-Custom) 200

    function Get-LocalText([long] $Milliseconds, [string] $Format) {
        [System.DateTimeOffset]::FromUnixTimeMilliseconds($Milliseconds).LocalDateTime.ToString($Format, [cultureinfo]::InvariantCulture)
    }

    $mark = @{ Finished = '✓'; Error = '✗'; Timeout = '✗'; Executing = '…'; Init = '·' }
}

AfterAll {
    Set-ViewTime
    [Console]::OutputEncoding = $encoding
    Get-CseSession | Disconnect-Cse
}

Describe 'Format-Custom of a job: the timeline' {
    It 'begins with the job' {
        $timeline[0] | Should -BeLike "Job $failed  $($json.type)  ✗ Error  $(Get-LocalText $json.startTime 'yyyy-MM-dd HH:mm:ss')  took *"
        $timeline[1] | Should -BeLike "engine $($detail.EngineName)  by $($json.createUser)  $($json.description)"
    }

    It 'has the times of its axis above the bars' {
        $timeline[2] | Should -Match "^ +$(Get-LocalText $json.startTime 'HH:mm:ss') +$(Get-LocalText $json.endTime 'HH:mm:ss')$"
    }

    It 'has a line for every phase and, beneath it, for every sub-job, in their order, with its mark' {
        $steps = foreach ($line in $timeline) { if ($line -match '^(?<lead> *)(?<mark>[✓✗…·]) (?<name>\S+)') { "$($Matches.lead.Length) $($Matches.mark) $($Matches.name)" } }
        $expected = foreach ($phase in $json.tasks) {
            "0 $($mark[$phase.status]) $($phase.taskName)"
            foreach ($task in $phase.tasks) { "2 $($mark[$task.status]) $($task.taskName)" }
        }
        $steps | Should -BeExactly $expected
    }

    It 'draws a bar to scale, with start and duration' {
        $task = $json.tasks.tasks.Where({ $_.endTime }, 'First')[0]
        $took = [timespan]::FromMilliseconds($task.endTime - $task.startTime).ToString('h\:mm\:ss')
        $line = $timeline | Where-Object { $_ -match "$($task.taskName) +(?<bar>[·█]+)  $(Get-LocalText $task.startTime 'HH:mm:ss') +$took" }
        $line | Should -HaveCount 1
        $null = $line -match '(?<before>·*)(?<bar>█+)(?<after>·*)'
        $width = $Matches.before.Length + $Matches.bar.Length + $Matches.after.Length
        $scale = $width / ($json.endTime - $json.startTime)
        $Matches.before.Length | Should -BeIn ([math]::Floor(($task.startTime - $json.startTime) * $scale), [math]::Ceiling(($task.startTime - $json.startTime) * $scale))
        [math]::Abs($Matches.bar.Length - ($task.endTime - $task.startTime) * $scale) | Should -BeLessOrEqual 1
    }

    It 'says in words what did not end well' {
        $timeline -match '^ *✗ ' | Should -Match ' Error$'
        $timeline -match '^ *· ' | Should -Match ' Init$'
        $timeline -match '^ *✓ ' | Should -Not -Match 'Finished'
    }

    It 'shows the whole log of the sub-job that failed, right beneath it, long lines going on below themselves' {
        $task = $json.tasks.tasks.Where({ $_.status -eq 'Error' }, 'First')[0]
        $at = [array]::IndexOf($timeline, ($timeline | Where-Object { $_ -like "*✗ $($task.taskName) *" }))
        $log = $task.log -split "`n"
        $log | Should -HaveCount 3
        # Before a line of another zone stands the local clock.
        $expected = $log | ForEach-Object {
            $time = [datetimeoffset]::Parse(($_ -split ' ')[0])
            ($time.ToLocalTime().Offset -eq $time.Offset ? '' : $time.ToLocalTime().ToString('(HH:mm:ss)')) + $_
        }
        # Without blanks: a line may be broken at one.
        $shown = -join ($timeline[($at + 1)..($timeline.Count - 1)] -replace ' ')
        $shown.StartsWith(-join ($expected -replace ' '), 'Ordinal') | Should -BeTrue -Because $shown
    }

    It 'shows no log of sub-jobs that did not fail' {
        # The sub-job that runs has a log of one line.
        $running.Tasks.Log -join '' | Should -BeLike '*started*'
        Get-Line ($running | Format-Custom) 200 | Where-Object { $_ -like '* started*' } | Should -BeNullOrEmpty
    }

    It 'leaves the bars of a running job open, up to now' {
        $lines = Get-Line ($running | Format-Custom) 200
        $lines[0] | Should -BeLike '*… Executing *running for 0:12:34'
        $lines | Where-Object { $_ -match '^ +\d\d:\d\d:\d\d +now$' } | Should -HaveCount 1
        $open = $lines -match '^ *… '
        $open.Count | Should -Be (@($running.Phases; $running.Tasks).Where{ $_.Status -eq 'Executing' }.Count)
        $open | Should -Match '█*►  \d\d:\d\d:\d\d  0:\d\d:\d\d\+  Executing$'
        $open[0].IndexOf('►') | Should -Be ($lines.Where({ $_ -match ' now$' }).TrimEnd().Length - 1)
    }

    It 'keeps within 80 characters where there is no console to ask' {
        $timeline.Where{ $_.Length -gt 80 } | Should -BeNullOrEmpty
        (Get-Line ($running | Format-Custom) 200).Where{ $_.Length -gt 80 } | Should -BeNullOrEmpty
    }

    It 'is as wide as <What> says, not as the console is: <Width>' -ForEach @(
        foreach ($width in 60, 120, 180) {
            @{ Width = $width; What = 'Out-String'; Show = { $detail | Out-String -Width $width } }
            @{ Width = $width; What = 'Out-String after Format-Custom, in the midst of a pipeline'; Show = { $detail | Format-Custom | Out-String -Width $width | ForEach-Object { $_ } } }
            @{ Width = $width; What = 'Out-File'; Show = { $detail | Out-File (Join-Path $TestDrive wide.txt) -Width $width; Get-Content (Join-Path $TestDrive wide.txt) } }
        }
    ) {
        $lines = & $Show | Out-String -Stream -Width 1000 | ForEach-Object { $_ -split '\r?\n' } | Where-Object { $_ -match '█' }
        $lines | Should -HaveCount @($timeline -match '█').Count
        # The bars take the room; the notes after them need not fill it.
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeIn (($width - 40)..($width - 1))
        $lines | Should -Not -Match '^ *█'
    }

    It 'is what a job read with -Id shows by itself, <What>' -ForEach @(
        @{ What = 'as it is'; Job = { $detail } }
        @{ What = 'from Import-Clixml'; Job = { $detail | Export-Clixml (Join-Path $TestDrive job.xml); Import-Clixml (Join-Path $TestDrive job.xml) } }
        @{ What = 'in a pipeline'; Job = { $detail | Sort-Object Id | Select-Object -First 1 } }
        @{ What = 'piped from a list'; Job = { Get-CseEngineJob $Sim.Engine -First 60 | Where-Object Id -EQ $failed | Get-CseEngineJob } }
    ) {
        $job = & $Job
        Get-Line $job | Should -BeExactly (Get-Line ($job | Format-Custom | Out-String -Width 120))
        (Get-Line $job)[0] | Should -BeLike "Job $failed *"
        (Get-Line ($job | Format-Table))[1] | Should -BeLike 'Id *Type *Status *'
        (Get-Line ($job | Format-List)) -match '^StatusText +: Error$' | Should -HaveCount 1
        $job.PSObject.TypeNames[0, 1] | Should -BeLike '*CseJobs.EngineJob*'
    }

    It 'is not what jobs of a list or the newest ones show' {
        foreach ($job in (Get-CseEngineJob $Sim.Engine -First 1), (Get-CseEngineJob $Sim.Engine -Latest)) { (Get-Line $job)[0] | Should -BeLike '   Engine: *' }
    }

    It 'shows the sub-jobs of a job without phases' {
        $lines = Get-Line (Get-CseEngineJob $Sim.Engine -First 60 | Where-Object Id -EQ $failed | Format-Custom)
        $lines[0] | Should -BeLike "Job $failed *"
        $name = $json.tasks.tasks.Where({ $_.status -eq 'Error' }, 'First')[0].taskName
        $lines -match "^✗ $name " | Should -HaveCount 1
    }

    It 'draws every odd job' {
        foreach ($job in Get-CseEngineJob sim-odd-jobs26 | Get-CseEngineJob) {
            (Get-Line ($job | Format-Custom) 200).Count | Should -BeGreaterThan @($job.Tasks).Count
        }
    }

    It 'is ASCII where the console is not UTF-8: <_>' -ForEach 'us-ascii', 'iso-8859-1' {
        try {
            [Console]::OutputEncoding = [System.Text.Encoding]::GetEncoding($_)
            $plain = Get-Line (($detail, $running) | Format-Custom) 200
        }
        finally {
            [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
        }
        $plain -match '[^\x00-\x7f]' | Should -BeNullOrEmpty
        $swap = @{ '✓' = 'v'; '✗' = 'x'; '…' = '~'; '·' = '.'; '█' = '#'; '►' = '>' }
        $expected = Get-Line (($detail, $running) | Format-Custom) 200 | ForEach-Object {
            $line = $_ -replace '^( *)· ', '$1- '
            foreach ($sign in $swap.Keys) { $line = $line.Replace($sign, $swap[$sign]) }
            $line
        }
        $plain | Should -BeExactly $expected
    }

    It 'is the same for <Job> from <What>' -ForEach @(
        foreach ($job in 'a failed job', 'a running job') {
            @{ Job = $job; What = 'Import-Clixml'; Copy = { $args[0] | Export-Clixml (Join-Path $TestDrive job.xml); Import-Clixml (Join-Path $TestDrive job.xml) } }
            @{ Job = $job; What = 'another process'; Copy = { Copy-ThroughProcess $args[0] } }
        }
    ) {
        $object = $Job -eq 'a failed job' ? $detail : $running
        Get-Line (& $Copy $object | Format-Custom) 200 | Should -BeExactly (Get-Line ($object | Format-Custom) 200)
    }
}
