BeforeAll {
    $null = Connect-Simulator

    # What the list requests asked for, in their order.
    function Get-SentQuery([string] $Name) {
        Get-SimulatorRequest | ForEach-Object { [System.Web.HttpUtility]::ParseQueryString($_.rawQuery)[$Name] }
    }

    function Get-EpochMillisecond([datetime] $Time) {
        [System.DateTimeOffset]::new($Time).ToUnixTimeMilliseconds()
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob, listing' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    Context 'Pages' {
        It 'gives every job once and in the server''s order: offset as <Reading>, page size <Size>, at most <Max> a page' -ForEach @(
            foreach ($reading in 'pages0', 'pages1', 'records') {
                foreach ($pair in (7, 1000), (100, 1000), (100, 7), (101, 1000), (1000, 30)) {
                    @{ Reading = $reading; Size = $pair[0]; Max = $pair[1]; Engine = "sim-jobs101-$reading-max$($pair[1])" }
                }
            }
        ) {
            $jobs = Get-CseEngineJob $Engine -PageSize $Size
            $jobs.Id | Should -Be (Get-ServerId $Engine)
            $jobs | Should -HaveCount 101
            Get-SentQuery limit | Select-Object -Unique | Should -BeExactly "$Size"
        }

        It 'gives nothing for an engine without jobs, after one request' {
            Get-CseEngineJob sim-jobs0 -ErrorAction Stop | Should -BeNullOrEmpty
            Get-SimulatorRequest | Should -HaveCount 1
        }

        It 'asks once when everything fits on the first page' {
            Get-CseEngineJob sim-jobs100 | Should -HaveCount 100
            (Get-SimulatorRequest).rawQuery | Should -BeExactly 'offset=0&limit=100'
        }

        It 'is a typed job with the engine''s id' {
            $job = Get-CseEngineJob sim-jobs1
            $job.PSObject.TypeNames[0] | Should -BeExactly 'CseJobs.EngineJob'
            $job.EngineId | Should -BeExactly 'sim-jobs1'
        }

        It 'refuses -PageSize <_>' -ForEach 0, -1, 1001 {
            { Get-CseEngineJob sim-jobs3 -PageSize $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        }
    }

    Context 'Servers as they are' {
        It 'gives the right jobs once, in order, from a server of the kind <Kind>' -ForEach @(
            'odd-jobs26', 'wrapped-jobs250', 'wrappedok-jobs250', 'nested-jobs60', 'notasks-jobs60', 'nulltasks-jobs60', 'emptytotal-jobs250',
            'emptytotal-jobs250-records', 'reject0-pages1-jobs250', 'ascending-jobs250', 'gzip-jobs250' | ForEach-Object { @{ Kind = $_; Engine = "sim-$_" } }
        ) {
            $jobs = Get-CseEngineJob $Engine -PageSize 50 -WarningVariable warnings -ErrorAction Stop
            $jobs.Id | Should -Be (Get-ServerId $Engine)
            $warnings | Should -BeNullOrEmpty
        }

        It 'gives every job once though new ones appear at the head before every page (<Reading>, <Size> a page)' -ForEach @(
            @{ Reading = 'pages0'; Size = 30 }, @{ Reading = 'pages1'; Size = 30 }, @{ Reading = 'records'; Size = 30 }, @{ Reading = 'records'; Size = 7 }
        ) {
            $engine = "sim-jobs151-$Reading-moving-max$Size"
            $before = Get-ServerId $engine
            $found = (Get-CseEngineJob $engine -WarningAction SilentlyContinue).Id
            $found.Where{ $_ -in $before } | Should -Be $before
            $found | Select-Object -Unique | Should -HaveCount $found.Count
        }

        It 'gives every job once though new ones appear at the end before every page' {
            $before = Get-ServerId sim-tail-jobs151
            $found = (Get-CseEngineJob sim-tail-jobs151 -PageSize 30).Id
            $found[0..150] | Should -Be $before
            $found | Select-Object -Unique | Should -HaveCount $found.Count
        }

        It 'ends, and says what is missing, when the server ignores the offset' {
            $found = (Get-CseEngineJob sim-loop-jobs90 -PageSize 40 -WarningVariable warnings -WarningAction SilentlyContinue).Id
            $found | Should -Be (Get-ServerId sim-loop-jobs90)[0..39]
            "$warnings" | Should -BeLike "*'sim-loop-jobs90'*90*40*50*"
            @(Get-SimulatorRequest).Count | Should -BeLessOrEqual 4
        }

        It 'warns with the numbers when the server announced more than there is' {
            $found = (Get-CseEngineJob sim-liar-jobs100 -WarningVariable warnings -WarningAction SilentlyContinue).Id
            $found | Should -Be (Get-ServerId sim-liar-jobs100)
            # The scenario's total: half as much again plus 7.
            $warnings | Should -HaveCount 1
            "$warnings" | Should -BeLike "*'sim-liar-jobs100'*announced 157*after 100*57*"
        }

        It 'does not warn when it was not asked to go on to the end' {
            $null = Get-CseEngineJob sim-liar-jobs100 -First 3 -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -BeNullOrEmpty
        }
    }

    Context 'Streaming' {
        It 'has the first job out before it asks for the second page' {
            $requests = Get-CseEngineJob sim-jobs50 -PageSize 10 | ForEach-Object { @(Get-SimulatorRequest).Count }
            $requests | Should -HaveCount 50
            $requests[0..9] | Should -Be @(1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
        }

        It 'is never more than one page ahead' {
            # The answer to offset 1 is the second request; under this reading it holds the second page.
            $requests = Get-CseEngineJob sim-jobs50-pages0 -PageSize 10 | ForEach-Object { @(Get-SimulatorRequest).Count }
            for ($job = 0; $job -lt 50; $job++) {
                $page = 1 + [math]::Floor($job / 10)
                $requests[$job] | Should -BeGreaterOrEqual $page
                $requests[$job] | Should -BeLessOrEqual ($page + 1)
            }
        }

        It 'causes one request for <What> on an engine of 1000 jobs' -ForEach @(
            @{ What = '-First 5'; List = { Get-CseEngineJob $Sim.Engine -First 5 } }
            @{ What = '| Select-Object -First 5'; List = { Get-CseEngineJob $Sim.Engine | Select-Object -First 5 } }
            @{ What = 'a piped id and -First 5'; List = { $Sim.Engine | Get-CseEngineJob -First 5 } }
            @{ What = '| Where-Object | Select-Object -First 5'; List = { Get-CseEngineJob $Sim.Engine | Where-Object Id | Select-Object -First 5 } }
        ) {
            $ids = (& $List).Id
            $requests = Get-SimulatorRequest
            $ids | Should -Be (Get-ServerId $Sim.Engine)[0..4]
            $requests | Should -HaveCount 1
            $requests.rawQuery | Should -BeLike 'offset=0&*'
        }
    }

    Context 'Filters' {
        BeforeAll {
            $server = (Get-SimulatorEngine $Sim.Engine).jobs
        }

        It 'gives the jobs with -Status <Given>' -ForEach @(
            @{ Given = 'Error'; Wanted = 'Error' }
            @{ Given = 'error', 'TIMEOUT'; Wanted = 'Error', 'Timeout' }
            @{ Given = 'PreInit', 'Init', 'Executing'; Wanted = 'PreInit', 'Init', 'Executing' }
        ) {
            $expected = $server.Where{ $_.status -in $Wanted }.id
            $expected.Count | Should -BeGreaterThan 0
            (Get-CseEngineJob $Sim.Engine -Status $Given).Id | Should -Be $expected
        }

        It 'gives the jobs with -Type <Given>' -ForEach @(
            @{ Given = 'Upgrade'; Wanted = 'Upgrade' }
            @{ Given = 'create', 'DELETE'; Wanted = 'Create', 'Delete' }
            @{ Given = 'Update'; Wanted = 'Updated' }
            @{ Given = 'Updated'; Wanted = 'Updated' }
        ) {
            $expected = $server.Where{ $_.type -in $Wanted }.id
            $expected.Count | Should -BeGreaterThan 0
            (Get-CseEngineJob $Sim.Engine -Type $Given).Id | Should -Be $expected
        }

        It 'gives the jobs that fit both -Status and -Type' {
            $expected = $server.Where{ $_.status -eq 'Error' -and $_.type -eq 'Upgrade' }.id
            $expected.Count | Should -BeGreaterThan 1
            (Get-CseEngineJob $Sim.Engine -Status Error -Type Upgrade).Id | Should -Be $expected
        }

        It 'finds what the module does not know with -Status Unknown' {
            $known = 'PreInit', 'Init', 'Executing', 'Error', 'Timeout', 'Finished'
            $strange = (Get-SimulatorAnswer 'sim-odd-jobs26/jobs?limit=100' | ConvertFrom-Json).data.Where{ $_.status -notin $known }
            $found = Get-CseEngineJob sim-odd-jobs26 -Status Unknown
            $found.Id | Should -Be $strange.id
            $found.StatusText | Should -Be $strange.status
            $found.StatusText | Should -Contain 'Suspended'
        }

        It 'names the values there are when -<Name> is misspelt' -ForEach @(
            @{ Name = 'Status'; Values = 'PreInit', 'Init', 'Executing', 'Error', 'Timeout', 'Finished' }
            @{ Name = 'Type'; Values = 'Create', 'Delete', 'Update', 'Upgrade', 'Configure', 'Modify' }
        ) {
            $given = @{ $Name = 'Eror' }
            try { Get-CseEngineJob $Sim.Engine @given } catch { $problem = $_ }
            foreach ($value in $Values) { "$problem" | Should -BeLike "*$value*" }
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }

        It 'counts -First and -Skip after the filters: <What>' -ForEach @(
            @{ What = '-First'; Given = @{ First = 7 } }
            @{ What = '-Skip'; Given = @{ Skip = 60 } }
            @{ What = '-Skip and -First'; Given = @{ Skip = 3; First = 4 } }
        ) {
            $expected = $server.Where{ $_.status -eq 'Error' }.id | Select-Object @Given
            (Get-CseEngineJob $Sim.Engine -Status Error @Given).Id | Should -Be $expected
        }

        It 'skips with -Skip over pages, and to the end' {
            (Get-CseEngineJob $Sim.Engine -Skip 250 -First 3).Id | Should -Be $server[250..252].id
            Get-CseEngineJob $Sim.Engine -Skip 998 | Should -HaveCount 2
            Get-CseEngineJob $Sim.Engine -Skip 1000 -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'gives nothing and asks nothing for -First 0' {
            Get-CseEngineJob $Sim.Engine -First 0 | Should -BeNullOrEmpty
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }
    }

    Context '-IncludeTotalCount' {
        It 'puts PowerShell''s own count object before the jobs' {
            $output = @(Get-CseEngineJob $Sim.Engine -First 2 -IncludeTotalCount)
            $output | Should -HaveCount 3
            $output[0] | Should -BeOfType ([uint64])
            $output[0] | Should -Be 1000
            $output[0].Accuracy | Should -Be 1
            $output[0].ToString() | Should -BeExactly 'Total count: 1000'
            ($output[0] | Out-String).Trim() | Should -BeExactly 'Total count: 1000'
            $output[1].Id, $output[2].Id | Should -Be (Get-ServerId $Sim.Engine)[0..1]
        }

        It 'says that the count is not known <Why>' -ForEach @(
            @{ Why = 'with -Status'; Given = @{ EngineId = $Sim.Engine; Status = 'Error' } }
            @{ Why = 'with -Type'; Given = @{ EngineId = $Sim.Engine; Type = 'Upgrade' } }
            @{ Why = 'when the server gives none'; Given = @{ EngineId = 'sim-emptytotal-jobs30' } }
            @{ Why = 'when the server disregards the window'; Given = @{ EngineId = $Sim.SeedEngine; From = '2026-01-01' } }
        ) {
            $output = @(Get-CseEngineJob @Given -First 1 -IncludeTotalCount -WarningAction SilentlyContinue)
            $output[0].Accuracy | Should -Be 0
            $output[0].ToString() | Should -BeExactly 'Unknown total count'
        }

        It 'counts what lies in the window' {
            $from = Get-EpochMillisecond '2026-11-01T00:00:00Z'
            $expected = (Get-SimulatorEngine $Sim.Engine).jobs.Where{ $_.startTime -ge $from }.Count
            $output = @(Get-CseEngineJob $Sim.Engine -From 2026-11-01T00:00:00Z -First 1 -IncludeTotalCount)
            $output[0].ToString() | Should -BeExactly "Total count: $expected"
        }

        It 'gives the count alone with -First 0' {
            $output = @(Get-CseEngineJob $Sim.Engine -First 0 -IncludeTotalCount)
            $output | Should -HaveCount 1
            $output[0].ToString() | Should -BeExactly 'Total count: 1000'
        }
    }

    Context 'Several engines' {
        It 'lists them one after the other: <How>' -ForEach @(
            @{ How = 'by position'; List = { Get-CseEngineJob sim-jobs3, sim-jobs4 } }
            @{ How = 'from the pipeline'; List = { 'sim-jobs3', 'sim-jobs4' | Get-CseEngineJob } }
        ) {
            (& $List).Id | Should -Be ((Get-ServerId sim-jobs3) + (Get-ServerId sim-jobs4))
        }

        It 'counts -First and -Skip over all of them: <How>' -ForEach @(
            @{ How = 'by position'; List = { Get-CseEngineJob sim-jobs3, sim-jobs4, sim-jobs5 -Skip 2 -First 3 } }
            @{ How = 'from the pipeline'; List = { 'sim-jobs3', 'sim-jobs4', 'sim-jobs5' | Get-CseEngineJob -Skip 2 -First 3 } }
        ) {
            $found = (& $List).Id
            $requests = Get-SimulatorRequest
            $found | Should -Be (@(Get-ServerId sim-jobs3)[2], @(Get-ServerId sim-jobs4)[0], @(Get-ServerId sim-jobs4)[1])
            $requests | Should -HaveCount 2
        }

        It 'reports one that does not exist, and goes on: <How>' -ForEach @(
            @{ How = 'by position'; List = { Get-CseEngineJob sim-jobs3, nobody, sim-jobs4 -ErrorVariable script:problem -ErrorAction SilentlyContinue } }
            @{ How = 'from the pipeline'; List = { 'sim-jobs3', 'nobody', 'sim-jobs4' | Get-CseEngineJob -ErrorVariable script:problem -ErrorAction SilentlyContinue } }
        ) {
            & $List | Should -HaveCount 7
            $script:problem | Should -HaveCount 1
            $script:problem[0].FullyQualifiedErrorId | Should -BeExactly 'EngineNotFound,CseJobs.Commands.GetCseEngineJobCommand'
            $script:problem[0].CategoryInfo.Category | Should -Be ObjectNotFound
            $script:problem[0].TargetObject | Should -BeExactly 'nobody'
            $script:problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*engine id*project*region*'
            "$($script:problem[0])" | Should -BeLike "*'nobody'*$($Sim.ProjectId)*"
        }

        It 'stops at one that does not exist with -ErrorAction Stop' {
            $found = [System.Collections.Generic.List[object]]::new()
            { Get-CseEngineJob sim-jobs3, nobody, sim-jobs4 -ErrorAction Stop | ForEach-Object { $found.Add($_) } } | Should -Throw -ErrorId 'EngineNotFound,*'
            $found | Should -HaveCount 3
            (Get-SimulatorRequest).path | Should -Not -Match 'sim-jobs4'
        }

        It 'needs one: without, and without one in the session, it says where to name it' {
            try { Get-CseEngineJob -ErrorAction SilentlyContinue } catch { $problem = $_ }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'EngineIdMissing,CseJobs.Commands.GetCseEngineJobCommand'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-EngineId*Connect-Cse*'
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }
    }

    Context 'Engine ids that cannot be' {
        It 'refuses <What> before sending, and goes on with the others' -ForEach @(
            @{ What = 'the wildcard *'; Id = 'prod-*'; Says = '*wildcard*exact id*' }
            @{ What = 'the wildcard ?'; Id = 'prod-?'; Says = '*wildcard*exact id*' }
            @{ What = 'the wildcard []'; Id = 'prod-[12]'; Says = '*wildcard*exact id*' }
            @{ What = 'a slash'; Id = 'a/b'; Says = "*'/'*" }
            @{ What = 'a way out'; Id = '../../v3/projects'; Says = "*'/'*" }
            @{ What = 'a backslash'; Id = 'a\b'; Says = "*'\'*" }
            @{ What = 'two dots'; Id = '..'; Says = '*relative path*' }
            @{ What = 'a line break'; Id = "sim-jobs3`n"; Says = '*line break*' }
            @{ What = 'an escape'; Id = "a`e[2Jb"; Says = '*control character*' }
            @{ What = 'a blank'; Id = 'a b'; Says = '*blank*' }
            @{ What = 'a page of text'; Id = 'x' * 300; Says = '*300 characters*' }
        ) {
            $found = Get-CseEngineJob $Id, sim-jobs3 -ErrorVariable problem -ErrorAction SilentlyContinue
            $found | Should -HaveCount 3
            $problem | Should -HaveCount 1
            $problem[0].FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.GetCseEngineJobCommand'
            $problem[0].CategoryInfo.Category | Should -Be InvalidArgument
            $problem[0].TargetObject | Should -BeExactly $Id
            "$($problem[0])" | Should -BeLike $Says
            "$($problem[0])" | Should -Not -Match '[\x00-\x08\x0b-\x1f\x7f-\x9f]'
            (Get-SimulatorRequest).path | Should -BeExactly "/v2/$($Sim.ProjectId)/enginemgr/engines/sim-jobs3/jobs"
        }

        It 'sends <Given> as the one segment <Sent>' -ForEach @(
            @{ Given = 'a%2Fb'; Sent = 'a%252Fb' }
            @{ Given = 'a#b'; Sent = 'a%23b' }
            @{ Given = 'a;b=c&d'; Sent = 'a%3Bb%3Dc%26d' }
            @{ Given = 'Überprüfung'; Sent = '%C3%9Cberpr%C3%BCfung' }
        ) {
            $null = Get-CseEngineJob $Given -ErrorAction SilentlyContinue
            (Get-SimulatorRequest).path | Should -BeExactly "/v2/$($Sim.ProjectId)/enginemgr/engines/$Sent/jobs"
        }
    }

    Context 'The time window' {
        It 'sends -From <What> as <Expected>' -ForEach @(
            @{ What = 'as a text with Z'; Value = '2026-11-01T14:30:00Z'; Expected = 1793543400000 }
            @{ What = 'as a text with an offset'; Value = '2026-11-01T22:30:00+08:00'; Expected = 1793543400000 }
            @{ What = 'as a DateTimeOffset'; Value = [System.DateTimeOffset]'2026-11-01T22:30:00+08:00'; Expected = 1793543400000 }
            @{ What = 'as a UTC DateTime'; Value = [datetime]::new(2026, 11, 1, 14, 30, 0, [System.DateTimeKind]::Utc); Expected = 1793543400000 }
            @{ What = 'as epoch milliseconds'; Value = 1793543400123; Expected = 1793543400123 }
            @{ What = 'as epoch milliseconds in a text'; Value = '1793543400123'; Expected = 1793543400123 }
            @{ What = 'of the last millisecond'; Value = '2026-11-01T14:30:00.999Z'; Expected = 1793543400999 }
        ) {
            $null = Get-CseEngineJob sim-jobs3 -From $Value
            Get-SentQuery from-time | Should -BeExactly "$Expected"
            Get-SentQuery to-time | Should -BeNullOrEmpty
        }

        It 'takes <What> for local time' -ForEach @(
            @{ What = 'a date'; Value = '2026-11-01'; Local = '2026-11-01T00:00:00' }
            @{ What = 'a date with a time'; Value = '2026-11-01 14:30'; Local = '2026-11-01T14:30:00' }
            @{ What = 'a DateTime of kind Unspecified'; Value = [datetime]::new(2026, 7, 1, 14, 30, 0); Local = '2026-07-01T14:30:00' }
            @{ What = 'what Get-Date gives'; Value = (Get-Date -Year 2026 -Month 1 -Day 31 -Hour 8 -Minute 5 -Second 0 -Millisecond 0); Local = '2026-01-31T08:05:00' }
        ) {
            $null = Get-CseEngineJob sim-jobs3 -To $Value
            Get-SentQuery to-time | Should -BeExactly "$(Get-EpochMillisecond ([datetime]::ParseExact($Local, 's', [cultureinfo]::InvariantCulture)))"
        }

        It 'counts back from now for -From <What>' -ForEach @(
            @{ What = '-2h'; List = { Get-CseEngineJob sim-jobs3 -From -2h }; Ago = '02:00:00' }
            @{ What = '"-7d"'; List = { Get-CseEngineJob sim-jobs3 -From '-7d' }; Ago = '7.00:00:00' }
            @{ What = '-7d without quotes'; List = { Get-CseEngineJob sim-jobs3 -From -7d }; Ago = '7.00:00:00' }
            @{ What = '7d without quotes, which PowerShell reads as the number 7'; List = { Get-CseEngineJob sim-jobs3 -From 7d }; Ago = '7.00:00:00' }
            @{ What = '-7d out of a variable, which is the number -7'; List = { $week = -7d; Get-CseEngineJob sim-jobs3 -From $week }; Ago = '7.00:00:00' }
            @{ What = '-90m'; List = { Get-CseEngineJob sim-jobs3 -From -90m }; Ago = '01:30:00' }
            @{ What = '-30s'; List = { Get-CseEngineJob sim-jobs3 -From -30s }; Ago = '00:00:30' }
            @{ What = '-1.5H'; List = { Get-CseEngineJob sim-jobs3 -From -1.5H }; Ago = '01:30:00' }
            @{ What = '-2w'; List = { Get-CseEngineJob sim-jobs3 -From -2w }; Ago = '14.00:00:00' }
            @{ What = 'a TimeSpan'; List = { Get-CseEngineJob sim-jobs3 -From (New-TimeSpan -Hours 3) }; Ago = '03:00:00' }
            @{ What = 'a negative TimeSpan'; List = { Get-CseEngineJob sim-jobs3 -From (New-TimeSpan -Hours -3) }; Ago = '03:00:00' }
            @{ What = '-00:45 as text'; List = { Get-CseEngineJob sim-jobs3 -From '-00:45' }; Ago = '00:45:00' }
            @{ What = 'now'; List = { Get-CseEngineJob sim-jobs3 -From now }; Ago = '00:00:00' }
        ) {
            $before = [System.DateTimeOffset]::UtcNow
            $null = & $List
            $after = [System.DateTimeOffset]::UtcNow
            $sent = [long](Get-SentQuery from-time)
            $sent | Should -BeGreaterOrEqual ($before - [timespan]$Ago).ToUnixTimeMilliseconds()
            $sent | Should -BeLessOrEqual ($after - [timespan]$Ago).ToUnixTimeMilliseconds()
        }

        It 'takes <Word> for local midnight' -ForEach @{ Word = 'today'; Days = 0 }, @{ Word = 'Yesterday'; Days = -1 } {
            $before = [datetime]::Today
            $null = Get-CseEngineJob sim-jobs3 -From $Word
            $possible = $before, [datetime]::Today | ForEach-Object { "$(Get-EpochMillisecond $_.AddDays($Days))" }
            Get-SentQuery from-time | Should -BeIn $possible
        }

        It 'reads a date the same in every culture' {
            $culture = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = 'de-DE'
                $null = Get-CseEngineJob sim-jobs3 -From 02/01/2026 -To '2026-03-01T00:00:00.5Z'
            }
            finally {
                [cultureinfo]::CurrentCulture = $culture
            }
            Get-SentQuery from-time | Should -BeExactly "$(Get-EpochMillisecond ([datetime]::new(2026, 2, 1)))"
            Get-SentQuery to-time | Should -BeExactly '1772323200500'
        }

        It 'sends no time that was not asked for' {
            $null = Get-CseEngineJob sim-jobs3
            (Get-SimulatorRequest).rawQuery | Should -BeExactly 'offset=0&limit=100'
        }

        It 'sends the window with every page' {
            $null = Get-CseEngineJob sim-jobs100-pages0 -From 2000-01-01T00:00:00Z -To 2100-01-01T00:00:00Z -PageSize 40
            $requests = @(Get-SimulatorRequest)
            $requests.Count | Should -BeGreaterThan 2
            $requests.rawQuery | ForEach-Object { $_ | Should -BeLike '*&from-time=946684800000&to-time=4102444800000' }
        }

        It 'gives the jobs that started in the window' {
            $from = Get-EpochMillisecond '2026-11-10T06:00:00Z'
            $to = Get-EpochMillisecond '2026-11-15T18:00:00Z'
            $expected = (Get-SimulatorEngine $Sim.Engine).jobs.Where{ $_.startTime -ge $from -and $_.startTime -le $to }.id
            $expected.Count | Should -BeGreaterThan 5
            (Get-CseEngineJob $Sim.Engine -From 2026-11-10T06:00:00Z -To 2026-11-15T18:00:00Z).Id | Should -Be $expected
        }

        It 'includes both ends, and holds the server to the window' {
            # This engine serves the specification's sample whatever the window; its job started at 1636540095901.
            (Get-CseEngineJob $Sim.SeedEngine -From 1636540095901 -To 1636540095901 -WarningAction SilentlyContinue).Id | Should -Be 12339
            Get-CseEngineJob $Sim.SeedEngine -From 1636540095902 -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            Get-CseEngineJob $Sim.SeedEngine -To 1636540095900 -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        }

        It 'refuses a window that ends before it begins, naming both ends, before sending' {
            try { Get-CseEngineJob sim-jobs3 -From 2026-02-02T00:00:00Z -To 2026-01-01T00:00:00Z -ErrorAction SilentlyContinue } catch { $problem = $_ }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.GetCseEngineJobCommand'
            "$problem" | Should -BeLike '*2026-02-02 00:00:00Z*2026-01-01 00:00:00Z*'
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }

        It 'refuses -From <What> with a message that shows how it is done, before sending' -ForEach @(
            @{ What = 'gestern'; Value = 'gestern'; Says = "*'gestern'*" }
            @{ What = '2026-13-01'; Value = '2026-13-01'; Says = "*'2026-13-01'*" }
            @{ What = '-7x'; Value = '-7x'; Says = "*'-7x'*" }
            @{ What = 'an empty text'; Value = ''; Says = "*''*" }
            @{ What = '5'; Value = 5; Says = '*number 5 *epoch milliseconds*' }
            @{ What = 'epoch seconds'; Value = 1793543400; Says = '*epoch seconds*1000*' }
            @{ What = '$null'; Value = $null; Says = '*null*' }
            @{ What = '$true'; Value = $true; Says = '*Boolean*' }
            @{ What = 'two dates'; Value = @('2026-01-01', '2026-01-02'); Says = '*' }
        ) {
            try { Get-CseEngineJob sim-jobs3 -From $Value } catch { $problem = $_ }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'ParameterArgumentTransformationError,CseJobs.Commands.GetCseEngineJobCommand'
            "$problem" | Should -BeLike "*'From'*"
            "$problem" | Should -BeLike $Says
            "$problem" | Should -BeLike '*2026-01-31*-7d*today*'
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }
    }

    Context '-Verbose' {
        It 'has one line per request: method, path and query, status, milliseconds, bytes, request id' {
            $output = Get-CseEngineJob sim-jobs30 -PageSize 10 -Verbose 4>&1
            $requests = @(Get-SimulatorRequest)
            $lines = @($output | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_ -like 'GET *' } | ForEach-Object ToString)
            $lines | Should -HaveCount $requests.Count
            $requests.Count | Should -BeGreaterThan 2
            for ($i = 0; $i -lt $requests.Count; $i++) {
                # As the server counts them, not as the client does.
                $bytes = [System.Text.Encoding]::UTF8.GetByteCount((Get-SimulatorAnswer "sim-jobs30/jobs?$($requests[$i].rawQuery)")).ToString('N0', [cultureinfo]::InvariantCulture)
                $lines[$i] | Should -Match ('^{0} -> 200 in \d+ ms, {1} bytes, request id [0-9a-f]{{32}}$' -f [regex]::Escape("GET $($requests[$i].path)?$($requests[$i].rawQuery)"), $bytes)
            }
        }

        It 'has a line for a request that failed' {
            $output = Get-CseEngineJob sim-none -Verbose -ErrorAction SilentlyContinue 4>&1
            "$output" | Should -Match 'GET /v2/\w+/enginemgr/engines/sim-none/jobs\?offset=0&limit=100 -> 400 in \d+ ms, \d+ bytes, request id [0-9a-f]{32}'
        }

        It 'shows the window in UTC' {
            $output = Get-CseEngineJob sim-jobs3 -From 2026-11-01T08:00:00+08:00 -To 1793577600123 -Verbose 4>&1
            "$output" | Should -BeLike '*2026-11-01T00:00:00.000Z*2026-11-02T00:00:00.123Z*UTC*'
        }

        It 'says nothing without it' {
            Get-CseEngineJob sim-jobs3 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Should -BeNullOrEmpty
        }
    }

    Context 'Failures' {
        It 'reports that nothing listens as ConnectionFailed' {
            $elsewhere = Connect-Simulator -Name elsewhere -Endpoint http://127.0.0.1:1
            $null = Get-CseEngineJob sim-jobs3 -Session $elsewhere -ErrorVariable problem -ErrorAction SilentlyContinue
            Disconnect-Cse elsewhere
            $null = Connect-Simulator
            $problem.FullyQualifiedErrorId | Should -BeExactly 'ConnectionFailed,CseJobs.Commands.GetCseEngineJobCommand'
            $problem.CategoryInfo.Category | Should -Be ConnectionError
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Proxy*'
        }

        It 'carries what the server said on the exception, for scripts' {
            $null = Get-CseEngineJob sim-none -ErrorVariable problem -ErrorAction SilentlyContinue
            $exception = $problem[0].Exception
            $exception.StatusCode | Should -Be 400
            $exception.Code | Should -BeExactly 'SVCSTG.00501116'
            $exception.RequestId | Should -Match '^[0-9a-f]{32}$'
            $exception.Method | Should -BeExactly 'GET'
            $exception.Path | Should -BeLike '*/sim-none/jobs?offset=0&limit=100'
        }

        It 'does not pass on a token that the server repeats: <What>' -ForEach @(
            @{ What = 'a short one'; Token = 'MIIdeNtIfYiNgToKeN' }
            @{ What = 'one with characters that JSON escapes'; Token = 'MIIdeNtIfYiNg+"ToKeN\/<>&' }
            @{ What = 'one as long as IAM''s'; Token = 'MIIdeNtIfYiNgToKeN' + ('0123456789abcdef' * 120) }
        ) {
            $echo = Connect-Simulator -Name echo -Token $Token
            $null = Get-CseEngineJob sim-echo -Session $echo -ErrorVariable listing -ErrorAction SilentlyContinue
            $null = Get-CseEngineJob sim-echo -Id 5 -Session $echo -ErrorVariable reading -ErrorAction SilentlyContinue
            Disconnect-Cse echo
            $null = Connect-Simulator
            (Get-SimulatorRequest).headers.'X-Auth-Token' | Should -Be $Token, $Token
            foreach ($problem in $listing[0], $reading[0]) {
                "$problem" | Should -BeLike '*decrypt token fail*'
                $shown = @(
                    "$problem"
                    $problem.Exception.ToString()
                    "$($problem.ErrorDetails.Message)"
                    $problem | Out-String -Width 500
                    $problem | Format-List * -Force | Out-String -Width 500
                    $problem | Get-Error | Out-String -Width 500
                    $problem.Exception | Format-List * -Force | Out-String -Width 500
                    [System.Management.Automation.PSSerializer]::Serialize($problem, 4)
                )
                $shown | ForEach-Object { $_ | Should -Not -BeLike '*MIIdeNtIf*' }
            }
        }
    }

    Context 'Progress' {
        BeforeAll {
            $shell = New-ModuleShell
            $records = $shell.Streams.Progress

            # Progress as it stands whenever a job comes out: text, percent, activity.
            $watch = {
                param($Records)
                [cultureinfo]::CurrentCulture = 'en-US'
                Get-CseEngineJob sim-jobs1000-latency150 -PageSize 100 | ForEach-Object {
                    if ($Records.Count -gt 0) { '{0}|{1}|{2}' -f $Records[-1].StatusDescription, $Records[-1].PercentComplete, $Records[-1].Activity }
                } | Select-Object -Unique
            }
            $shown = @($shell.AddScript($watch).AddArgument($records).Invoke())
        }

        AfterAll {
            Remove-ModuleShell $shell
        }

        It 'shows how much of how much, once a listing takes over a second' {
            $shown.Count | Should -BeGreaterThan 0
            foreach ($line in $shown) {
                $line | Should -Match '^(\d{3}|1,000) of 1,000\|\d+\|.*sim-jobs1000-latency150'
                $seen, $null, $null, $percent, $null = $line -split '[ |]'
                [int]$percent | Should -Be ([int]($seen -replace ',') / 10)
            }
        }

        It 'ends with the listing' {
            $records[-1].RecordType | Should -Be Completed
        }

        It 'is a record of its own each time, for hosts that keep them' {
            $records.Count | Should -BeGreaterThan 1
            $records[0].RecordType | Should -Be Processing
            # Far from the ids that scripts take for bars of their own.
            $records.ActivityId | Select-Object -Unique | Should -Be 1700000
        }

        It 'is not shown for a listing that is done before' {
            $quick = New-ModuleShell
            $quick.AddCommand('Get-CseEngineJob').AddParameters(@{ EngineId = 'sim-jobs30'; PageSize = 10 }).Invoke() | Should -HaveCount 30
            $quick.Streams.Progress | Should -BeNullOrEmpty
            Remove-ModuleShell $quick
        }
    }
}
