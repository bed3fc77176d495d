BeforeAll {
    $null = Connect-Simulator
    Set-ModuleClock -Utc '2026-11-20T12:00:00'
    $dayBefore = [System.DateTimeOffset]::new(2026, 11, 19, 12, 0, 0, [timespan]::Zero).ToUnixTimeMilliseconds()

    # What -From -1d -Failed is to give, in the server's order.
    function Get-Expected([string] $Engine) {
        (Get-SimulatorEngine $Engine).jobs.Where{ $_.startTime -ge $dayBefore -and $_.status -in 'Error', 'Timeout' }.id
    }

    # A listed engine of its own.
    function Add-Engine([string] $Name, [hashtable] $With) {
        $null = Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines" -Method Post -Body ((@{ name = $Name } + ($With.ContainsKey('jobs') ? $With : $With + @{ jobs = 250 })) | ConvertTo-Json)
    }
}

AfterAll {
    Set-ModuleClock
    Get-CseSession | Disconnect-Cse
}

Describe 'What the documents leave open' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'does not change what -From -1d -Failed gives: <_>' -ForEach @(
        'pages1', 'windowseconds', 'windowdates-pages0', 'windowlocal-ascending', 'windowiso-records', 'windowended', 'windowignored-max50', 'windowrefused-refuse50'
        'pagetotal-max10', 'windowseconds-pagetotal-ascending-max100-records', 'emptytotal-windowexclusive', 'notasks-refuse10-pagetotal'
    ) {
        $engine = New-Engine "jobs250-$_"
        $expected = Get-Expected $engine
        $expected.Count | Should -BeGreaterThan 1
        (Get-CseEngineJob $engine -From -1d -Failed).Id | Should -Be $expected
    }

    It 'does not change it for a fleet whose kinds of engines differ' {
        Add-Engine mixed-cse-1 @{}
        Add-Engine mixed-nacos @{ kind = 'Nacos'; scenarios = 'windowdates,pagetotal' }
        Add-Engine mixed-cse-2 @{}
        Add-Engine mixed-gateway @{ kind = 'MicroGateway'; scenarios = 'windowseconds,refuse50,ascending,notasks' }
        Add-Engine mixed-shared @{ kind = 'Shared'; scenarios = 'windowrefused,nulltasks' }
        $engines = Get-CseEngine mixed-*
        $engines | Should -HaveCount 5
        $expected = $engines | ForEach-Object { Get-Expected $_.Id }
        $jobs = Get-CseEngineJob mixed-* -From -1d -Failed
        $jobs.Id | Should -Be $expected
        $jobs.Where{ -not $_.Step } | Should -BeNullOrEmpty
    }

    It 'is told once in the verbose stream where the window cannot be used' {
        $engine = New-Engine jobs250-windowseconds
        $lines = @(1, 2 | ForEach-Object { Get-CseEngineJob $engine -From -1d -Verbose 4>&1 }).Where{ $_ -is [System.Management.Automation.VerboseRecord] }.Message
        @($lines -like 'The service does not take a time window by start in milliseconds: all jobs of an engine are read and chosen here, *') | Should -HaveCount 1
    }

    It 'is known to all runspaces that use the session' {
        $engine = New-Engine jobs250
        $null = Get-CseEngineJob $engine -From -1d
        Clear-SimulatorRequest
        $session = Get-CseSession
        $jobs = 1, 2 | ForEach-Object -Parallel {
            Import-Module $using:Sim.ModulePath
            Get-CseEngineJob $using:engine -From 2026-11-19T12:00:00Z -Session $using:session
        }
        $jobs | Should -Not -BeNullOrEmpty
        Get-Call | Should -HaveCount 2
        Get-Call | Should -BeLike '*&from-time=*'
    }
}

Describe 'A list without sub-jobs' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'has an empty Step and Reason, not wrong ones' {
        $jobs = Get-CseEngineJob (New-Engine jobs60-notasks)
        $jobs.Where{ $_.Failed } | Should -Not -BeNullOrEmpty
        $jobs.Where{ $_.Step -or $_.Reason } | Should -BeNullOrEmpty
    }

    It 'is read in detail with -Failed: <_>' -ForEach 'notasks', 'nulltasks' {
        $engine = New-Engine "jobs91-$_-latency30"
        $failed = @((Get-SimulatorEngine $engine).jobs.Where{ $_.status -in 'Error', 'Timeout' }.id)
        $failed.Count | Should -BeGreaterThan 4
        Clear-SimulatorRequest
        $jobs = Get-CseEngineJob $engine -Failed
        $jobs.Id | Should -Be $failed
        $jobs.Where{ -not $_.Step -or -not $_.Reason } | Should -BeNullOrEmpty
        ($jobs | Format-Table -View Failure | Out-String -Width 120) | Should -Match "$(-join $jobs[0].Step[0..11]).*$([regex]::Escape(-join $jobs[0].Reason[0..11]))"
        Get-Call | Should -HaveCount (1 + $failed.Count)
        (Get-SimulatorCount).peakConcurrency | Should -Be 4
    }

    It 'costs nothing more where sub-jobs are there' {
        $engine = New-Engine jobs91
        (Get-CseEngineJob $engine -Failed).Step | Should -Not -BeNullOrEmpty
        Get-Call | Should -HaveCount 1
    }

    It 'leaves a job as it is that cannot be read in detail, and says so' {
        $engine = New-Engine jobs91-notasks-lostjob
        $jobs = Get-CseEngineJob $engine -Status Error, Timeout
        $lost = (Get-SimulatorEngine $engine).jobs[1]
        $null = Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines/$engine/jobs/$($lost.id)" -Method Put -Body '{"status":"Error"}'
        $failed = Get-CseEngineJob $engine -Failed -WarningVariable warning -WarningAction SilentlyContinue
        $failed.Id | Should -Be (@($lost.id) + $jobs.Id | Sort-Object -Unique -Descending)
        $failed.Where{ -not $_.Step }.Id | Should -Be $lost.id
        "$warning" | Should -BeLike "Engine '$engine': 1 failed jobs could not be read in detail, their Step and Reason are empty. *"
    }
}

Describe 'A list that begins with the oldest jobs' {
    It 'is warned of where -First would be taken for the newest' {
        $engine = New-Engine jobs60-ascending
        $jobs = Get-CseEngineJob $engine -First 3 -WarningVariable warning -WarningAction SilentlyContinue
        $jobs.Id | Should -Be (Get-ServerId $engine)[0..2]
        "$warning" | Should -BeLike "The service lists the oldest jobs of engine '$engine' first, so -First does not give the newest. *| Sort-Object StartTime -Descending"
    }

    It 'is not warned of otherwise' {
        $null = Get-CseEngineJob (New-Engine jobs60-ascending) -WarningVariable warning
        $null = Get-CseEngineJob (New-Engine jobs60) -First 3 -WarningVariable +warning
        @(Get-CseEngineJob (New-Engine jobs60-ascending) -First 0 -IncludeTotalCount -WarningVariable +warning) | Should -HaveCount 1
        $warning | Should -BeNullOrEmpty
    }

    It 'changes nothing for -Latest' {
        $engine = New-Engine jobs60-ascending
        (Get-CseEngineJob $engine -Latest).Id | Should -Be (Get-ServerId $engine)[-1]
    }

    It 'still has its newest jobs completed by Tab' {
        $engine = New-Engine jobs260-ascending
        $line = "Get-CseEngineJob $engine -Id "
        $offered = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
        $offered[0..9] | Should -Be @(Get-SimulatorEngine $engine).jobs.id[-1..-10]
    }
}

Describe 'An engine of a kind whose jobs are refused' {
    It 'costs an error that names the kind, and the other engines go on' {
        Add-Engine refused-gateway @{ kind = 'MicroGateway'; scenarios = 'nojobs'; jobs = 30 }
        Add-Engine refused-not @{ jobs = 30 }
        $jobs = Get-CseEngineJob refused-* -ErrorVariable problem -ErrorAction SilentlyContinue
        $jobs.EngineName | Select-Object -Unique | Should -Be refused-not
        $problem | Should -HaveCount 1
        "$problem" | Should -BeLike "The service refuses this for engine '*', which is of kind MICROGATEWAY: it may keep jobs for ServiceComb engines (kind CSE) only. It said: *"
    }
}
