BeforeAll {
    # Whatever another file has left open: its server may be gone.
    Get-CseSession | Disconnect-Cse
    $null = Connect-Simulator
    $quick = @{ PollIntervalSec = 0.05; TimeoutSec = 60 }

    # A listed engine of its own; its id.
    function Add-Engine([string] $Name, [string] $Scenarios = '', [int] $Jobs = 3, [string] $Address = (Get-SimulatorAddress)) {
        (Invoke-RestMethod "${Address}_sim/engines" -Method Post -Body (@{ name = $Name; jobs = $Jobs; scenarios = $Scenarios } | ConvertTo-Json)).id
    }

    function Add-Job([string] $Engine, [string] $Status = 'Executing') {
        Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines/$Engine/jobs" -Method Post -Body (@{ status = $Status; type = 'Configure' } | ConvertTo-Json)
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Watch-CseEngineJob' {
    BeforeEach {
        Clear-SimulatorRequest
        $shell = New-ModuleShell

        # What a watch in the background has told so far: to enumerate $shell.Out would wait for its end.
        function Get-Told {
            for ($i = 0; $i -lt $shell.Out.Count; $i++) { $shell.Out[$i] }
        }

        # Watches in the background.
        function Start-Watch([hashtable] $With) {
            $null = $shell.AddCommand('Watch-CseEngineJob').AddParameters(@{ PollIntervalSec = 0.05 } + $With)
            $null = $shell.BeginInvoke($shell.In, $shell.Out)
        }
    }

    AfterEach {
        $null = Stop-Shell $shell
        Remove-ModuleShell $shell
    }

    It 'tells each change of a job as it goes on' {
        $id = Add-Engine watch-one progress12
        $changes = Watch-CseEngineJob watch-one -Until Idle @quick
        $changes.JobId | Select-Object -Unique | Should -Be (Get-LiveId $id)
        $changes.EngineName | Select-Object -Unique | Should -Be watch-one
        $changes.EngineId | Select-Object -Unique | Should -Be $id
        $changes[0].Kind, $changes[-1].Kind | Should -Be Began, Ended
        @($changes.Where{ $_.Kind -eq 'Ended' }) | Should -HaveCount 1
        $changes[-1].What | Should -Match '^Finished after \d:\d\d:\d\d$'
        $changes.Where{ $_.Kind -eq 'Phase' }.What -replace ' of .*' | Should -Be 'phase 2', 'phase 3', 'phase 4'
        $changes.What | Should -Contain ($changes.What -like 'phase 2 of 4 engineUpgrade: ControlPlane*')[0]
        $changes[-1].Job.Phases.Count | Should -Be 4
    }

    It 'tells a failure with its step and reason' {
        $null = Add-Engine watch-fails fails6
        $changes = Watch-CseEngineJob watch-fails -Until Failure @quick | Where-Object What -Like 'Error*'
        $changes | Should -HaveCount 1
        $changes.What | Should -Be "Error after $($changes.Job.Duration.ToString('h\:mm\:ss')): $($changes.Step): $($changes.Job.Reason)"
        $changes.Status | Should -Be Error
    }

    It 'tells a job that begins later, and an engine that comes to match' {
        $id = Add-Engine watch-later-1
        Start-Watch @{ EngineId = 'watch-later-*' }
        Wait-Until { @(Get-Call) -like "*/$id/jobs[?]*" } | Should -BeTrue
        Wait-Until { @(Get-Call).Where{ $_ -like 'GET [?]*' }.Count -ge 2 } | Should -BeTrue
        $job = Add-Job $id
        Wait-Until { @(Get-Told).Kind -contains 'Began' } | Should -BeTrue
        $null = Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines/$id/jobs/$($job.id)" -Method Put -Body '{"status":"Finished"}'
        $new = Add-Engine watch-later-2 stuck
        Wait-Until { @(Get-Told).EngineId -contains $new -and @(Get-Told).Kind -contains 'Ended' } | Should -BeTrue
        $told = @(Get-Told)
        $told.Where{ $_.EngineId -eq $id }.Kind[0, -1] | Should -Be Began, Ended
        $told.Where{ $_.EngineId -eq $new }[0].What | Should -Be 'the engine is new'
        $told.Where{ $_.Kind -eq 'Began' -and $_.EngineId -eq $id }.JobId | Should -Be $job.id
    }

    It 'begins with what is at work where that is wanted' {
        $null = Add-Engine watch-current stuck
        $first = Watch-CseEngineJob watch-current -IncludeCurrent @quick | Select-Object -First 1
        $first.Kind | Should -Be Current
        $first.What | Should -Match '^phase \d of 4 '
        Watch-CseEngineJob watch-current -TimeoutSec 1 -PollIntervalSec 0.05 | Should -BeNullOrEmpty
    }

    It 'ends at once on Ctrl+C: <What>' -ForEach @(
        @{ What = 'between two polls'; Engine = 'stuck'; Interval = 1000 }
        @{ What = 'while a job is read'; Engine = 'stuck-latency60000'; Interval = 0.05 }
        @{ What = 'in an outage'; Engine = 'stuck-error500'; Interval = 0.05 }
    ) {
        $id = New-Engine "jobs3-$Engine"
        $null = $shell.AddScript({ param($Id, $Interval) [pscustomobject]@{ EngineId = $Id } | Watch-CseEngineJob -PollIntervalSec $Interval }).AddArgument($id).AddArgument($Interval)
        $running = $shell.BeginInvoke($shell.In, $shell.Out)
        Wait-Until { @(Get-Call).Count -ge 1 } | Should -BeTrue
        Stop-Shell $shell | Should -Be Stopped
        $null = $running
    }

    It 'ends with the pipeline that has enough' {
        $null = Add-Engine watch-enough progress12
        @(Watch-CseEngineJob watch-enough @quick | Select-Object -First 2) | Should -HaveCount 2
    }

    It 'watches jobs from the pipeline until they end, and nothing else' {
        $id = Add-Engine watch-jobs progress8
        $changes = Get-CseEngineJob watch-jobs | Watch-CseEngineJob @quick
        $changes.JobId | Select-Object -Unique | Should -Be (Get-LiveId $id)
        $changes[-1].Kind | Should -Be Ended
        (Watch-CseEngineJob watch-jobs (Get-LiveId $id) @quick) | Should -BeNullOrEmpty
    }

    It 'watches the engines of several sessions, and says of each change in which it was seen' {
        $other = Start-OwnSimulator --jobs 3
        try {
            $null = Connect-Cse -Name elsewhere -Endpoint $other.Address -ProjectId $Sim.ProjectId -Token $Sim.Token
            $null = Add-Engine watch-both progress8
            $null = Add-Engine watch-both progress8 -Address $other.Address
            $changes = Watch-CseEngineJob watch-both* -Session default, else* -Until Idle @quick
            foreach ($session in 'default', 'elsewhere') {
                $changes.Where{ $_.Session.Name -eq $session }[-1].Kind | Should -Be Ended
            }

            ($changes | Out-String -Width 100) | Should -BeLike '*Time*Session*Engine*Id*Type*What*elsewhere*'
            ($changes | ConvertTo-Csv)[0] | Should -BeLike '*"Session"*'
        }
        finally {
            Disconnect-Cse elsewhere
            $null = Select-CseSession default
            $other.Process.StandardInput.Close()
        }
    }

    It 'has a table of a line for each change whose heading comes once' {
        $null = Add-Engine watch-table progress8
        $lines = @(Get-Line (Watch-CseEngineJob watch-table -Until Idle @quick) 120).Where{ $_ }
        $lines[0] | Should -Match '^Time     Engine           Id       Type      What'
        $lines[2] | Should -Match '^\d\d:\d\d:\d\d watch-table      \d+ +Upgrade   began, by '
        $lines[-1] | Should -Match 'Finished after \d:\d\d:\d\d$'
        @($lines -like 'Time *') | Should -HaveCount 1
    }

    It 'emits changes that pipe on as their jobs, and travel as text' {
        $null = Add-Engine watch-pipe progress6
        $changes = Watch-CseEngineJob watch-pipe -Until Idle @quick
        ($changes[-1] | Get-CseEngineJob).Id | Should -Be $changes[-1].JobId
        $file = Join-Path $TestDrive changes.xml
        $changes | Export-Clixml $file
        $back = Import-Clixml $file
        $back[-1].Kind, $back[-1].Status | Should -Be Ended, Finished
        "$($changes[-1])" | Should -Be "watch-pipe $($changes[-1].JobId) $($changes[-1].What)"
    }

    It 'draws bars of what is at work, ten at most, and takes them away' {
        1..12 | ForEach-Object { $null = Add-Engine "watch-bars-$_" stuck }
        Start-Watch @{ EngineId = 'watch-bars-*' }
        Wait-Until { $shell.Streams.Progress.StatusDescription -contains 'and 2 more' } | Should -BeTrue
        $null = Stop-Shell $shell
        ($shell.Streams.Progress.Where{ $_.Activity -like 'Job *' }.ActivityId | Select-Object -Unique).Count | Should -Be 10
    }

    It 'warns of an outage once and goes on' {
        $id = Add-Engine watch-outage 'stuck,flaky5033'
        $warnings = Watch-CseEngineJob watch-outage* -IncludeCurrent @quick 3>&1 | Select-Object -First 2
        $warnings[0] | Should -BeOfType System.Management.Automation.WarningRecord
        "$($warnings[0])" | Should -BeLike 'Engine *could not be read (ServerError). The watch goes on and will tell what happens meanwhile; *'
        $warnings[1].EngineId | Should -Be $id
    }

    It 'says when its time was up before what it was to end with' {
        $null = Add-Engine watch-late stuck
        Watch-CseEngineJob watch-late -Until Idle -TimeoutSec 1 -PollIntervalSec 0.05 -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'WatchTimedOut,CseJobs.Commands.WatchCseEngineJobCommand'
        "$problem" | Should -Be 'After 1 seconds the watch has ended without what it was to end with: Idle.'
    }

    It 'costs an error for an engine that is not there, and watches the others' {
        $id = Add-Engine watch-there progress6
        $changes = Watch-CseEngineJob no-such-engine, watch-there -Until Idle @quick -ErrorVariable problem -ErrorAction SilentlyContinue
        $changes[-1].EngineId | Should -Be $id
        $problem.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.WatchCseEngineJobCommand'
    }
}

Describe 'Wait-CseEngineJob' {
    It 'says each step in the verbose stream, with its time and engine' {
        $engine = New-Engine jobs3-progress12
        $id = Get-LiveId $engine
        $lines = @(Wait-CseEngineJob $engine $id @quick -Verbose 4>&1).Where{ $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like '*: phase *' }.Message
        $lines[0] | Should -Match "^\d\d:\d\d:\d\d Job $id \(Upgrade\) of engine ${engine}: phase 1 of 4 "
        @($lines -like '*: phase 2 of 4 engineUpgrade: ControlPlane (~*left)') | Should -HaveCount 1
        @($lines | Select-Object -Unique).Count | Should -Be $lines.Count
    }
}
