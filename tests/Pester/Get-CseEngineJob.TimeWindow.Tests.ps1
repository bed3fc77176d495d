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

Describe 'Get-CseEngineJob -EndedAfter' {
    BeforeAll {
        $listed = (Get-SimulatorAnswer "$($Sim.Engine)/jobs?limit=1000" | ConvertFrom-Json).data
        $since = [System.DateTimeOffset]'2026-11-10T06:00:00Z'
        $ended = $listed.Where{ $_.endTime -ge $since.ToUnixTimeMilliseconds() }
    }

    BeforeEach {
        Clear-SimulatorRequest
    }

    AfterEach {
        Set-ModuleClock
    }

    It 'gives the jobs that ended since then, whenever they began, and none that has not ended' {
        # One that began before and ended in time, and those at the edge.
        $last = $ended[-1]
        $expected = $listed.Where{ $_.endTime -ge $last.endTime }.id
        $ids = (Get-CseEngineJob $Sim.Engine -EndedAfter $last.endTime).Id
        $ids | Should -Be $expected
        $ids | Should -Contain $last.id
        (Get-CseEngineJob $Sim.Engine -EndedAfter ($last.endTime + 1)).Id | Should -Not -Contain $last.id
        $last.startTime | Should -BeLessThan $last.endTime
        (Get-CseEngineJob $Sim.Engine -From ($last.startTime + 1)).Id | Should -Not -Contain $last.id
    }

    It 'is applied here, over all pages' {
        (Get-CseEngineJob $Sim.Engine -EndedAfter $since -PageSize 200).Id | Should -Be $ended.id
        $calls = Get-Call
        $calls.Count | Should -BeGreaterThan 4
        $calls | Should -Not -BeLike '*time=*'
    }

    It 'holds together with -From, -To and -Failed' {
        $from, $to = $ended[-1].startTime, $ended[2].startTime
        $expected = $ended.Where{ $_.startTime -ge $from -and $_.startTime -le $to -and $_.status -in 'Error', 'Timeout' }.id
        $expected.Count | Should -BeGreaterThan 1
        (Get-CseEngineJob $Sim.Engine -EndedAfter $since -From $from -To $to -Failed).Id | Should -Be $expected
    }

    It 'leaves out jobs that run or have not begun' {
        $jobs = Get-CseEngineJob sim-jobs100 -EndedAfter 1999-01-01
        $jobs.StatusText | Sort-Object -Unique | Should -Be Error, Finished, Timeout
        $all = Get-CseEngineJob sim-jobs100
        @($all.Where{ $_.StatusText -in 'Executing', 'PreInit', 'Init' }).Count | Should -BeGreaterThan 0
        $jobs.Count | Should -Be $all.Where{ $_.EndTime }.Count
    }

    It 'takes what -From takes: <Text>' -ForEach @(
        @{ Text = '9:00'; Local = '2026-11-10T09:00:00' }
        @{ Text = '23:00'; Local = '2026-11-09T23:00:00' }
        @{ Text = 'yesterday'; Local = '2026-11-09T00:00:00' }
        @{ Text = '-12h'; Local = '2026-11-10T02:30:00' }
        @{ Text = '2026-11-10'; Local = '2026-11-10T00:00:00' }
    ) {
        Set-ModuleClock -Utc ([datetime]::new(2026, 11, 10, 14, 30, 0).ToUniversalTime())
        $at = Get-EpochMillisecond $Local
        (Get-CseEngineJob $Sim.Engine -EndedAfter $Text).Id | Should -Be $listed.Where{ $_.endTime -ge $at }.id
    }

    It 'makes the server''s count an estimate' {
        @(Get-CseEngineJob $Sim.Engine -EndedAfter 1999-01-01 -First 1 -IncludeTotalCount)[0].Accuracy | Should -Be 0
    }
}

Describe 'Get-CseEngineJob, -From and -To' {
    BeforeAll {
        # What the server makes of a window is found out here, once: from now on it is sent with the first request.
        $null = Get-CseEngineJob sim-jobs103-idtimes -From 2000-01-01 -First 1
    }

    BeforeEach {
        Clear-SimulatorRequest
    }

    AfterEach {
        Set-ModuleClock
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
            $null = Get-CseEngineJob sim-jobs103-idtimes -First 1 -From $Value
            Get-SentQuery from-time | Should -BeExactly "$Expected"
            Get-SentQuery to-time | Should -BeNullOrEmpty
        }

        It 'takes <What> for local time' -ForEach @(
            @{ What = 'a date'; Value = '2026-11-01'; Local = '2026-11-01T00:00:00' }
            @{ What = 'a date with a time'; Value = '2026-11-01 14:30'; Local = '2026-11-01T14:30:00' }
            @{ What = 'a DateTime of kind Unspecified'; Value = [datetime]::new(2026, 7, 1, 14, 30, 0); Local = '2026-07-01T14:30:00' }
            @{ What = 'what Get-Date gives'; Value = (Get-Date -Year 2026 -Month 1 -Day 31 -Hour 8 -Minute 5 -Second 0 -Millisecond 0); Local = '2026-01-31T08:05:00' }
        ) {
            $null = Get-CseEngineJob sim-jobs103-idtimes -First 1 -From $Value -WarningAction SilentlyContinue
            Get-SentQuery from-time | Should -BeExactly "$(Get-EpochMillisecond ([datetime]::ParseExact($Local, 's', [cultureinfo]::InvariantCulture)))"
        }

        It 'counts back from now for -From <What>' -ForEach @(
            @{ What = '-2h'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From -2h }; Ago = '02:00:00' }
            @{ What = '"-7d"'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From '-7d' }; Ago = '7.00:00:00' }
            @{ What = '-7d without quotes'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From -7d }; Ago = '7.00:00:00' }
            @{ What = '7d without quotes, which PowerShell reads as the number 7'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From 7d }; Ago = '7.00:00:00' }
            @{ What = '-7d out of a variable, which is the number -7'; List = { $week = -7d; Get-CseEngineJob sim-jobs103-idtimes -First 1 -From $week }; Ago = '7.00:00:00' }
            @{ What = '-90m'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From -90m }; Ago = '01:30:00' }
            @{ What = '-30s'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From -30s }; Ago = '00:00:30' }
            @{ What = '-1.5H'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From -1.5H }; Ago = '01:30:00' }
            @{ What = '-2w'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From -2w }; Ago = '14.00:00:00' }
            @{ What = 'a TimeSpan'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From (New-TimeSpan -Hours 3) }; Ago = '03:00:00' }
            @{ What = 'a negative TimeSpan'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From (New-TimeSpan -Hours -3) }; Ago = '03:00:00' }
            @{ What = '-00:45 as text'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From '-00:45' }; Ago = '00:45:00' }
            @{ What = 'now'; List = { Get-CseEngineJob sim-jobs103-idtimes -First 1 -From now }; Ago = '00:00:00' }
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
            $null = Get-CseEngineJob sim-jobs103-idtimes -First 1 -From $Word
            $possible = $before, [datetime]::Today | ForEach-Object { "$(Get-EpochMillisecond $_.AddDays($Days))" }
            Get-SentQuery from-time | Should -BeIn $possible
        }

        It 'takes <Text> for its last occurrence, as -<Parameter>' -ForEach @(
            # It is 14:30 here: Asia/Kathmandu.
            foreach ($parameter in 'From', 'To') {
                @{ Parameter = $parameter; Text = '9:05'; Local = '2026-11-20T09:05:00' }
                @{ Parameter = $parameter; Text = '23:00'; Local = '2026-11-19T23:00:00' }
                @{ Parameter = $parameter; Text = '23:00:30'; Local = '2026-11-19T23:00:30' }
                @{ Parameter = $parameter; Text = '11pm'; Local = '2026-11-19T23:00:00' }
            }
        ) {
            Set-ModuleClock -Utc ([datetime]::new(2026, 11, 20, 14, 30, 0).ToUniversalTime())
            $given = @{ $Parameter = $Text }
            $null = Get-CseEngineJob sim-jobs103-idtimes -First 1 @given
            Get-SentQuery "$($Parameter.ToLowerInvariant())-time" | Should -BeExactly "$(Get-EpochMillisecond $Local)"
        }

        It 'reads times of day without quotes, over midnight' {
            Set-ModuleClock -Utc ([datetime]::new(2026, 11, 20, 3, 0, 0).ToUniversalTime())
            $null = Get-CseEngineJob sim-jobs103-idtimes -First 1 -From 23:00 -To 2:30
            Get-SentQuery from-time | Should -BeExactly "$(Get-EpochMillisecond 2026-11-19T23:00:00)"
            Get-SentQuery to-time | Should -BeExactly "$(Get-EpochMillisecond 2026-11-20T02:30:00)"
        }

        It 'includes the day with -To <Text>' -ForEach @(
            @{ Text = '2026-01-31'; Local = '2026-01-31T23:59:59.999' }
            @{ Text = '01/31/2026'; Local = '2026-01-31T23:59:59.999' }
            @{ Text = 'today'; Local = '2026-11-20T23:59:59.999' }
            @{ Text = 'yesterday'; Local = '2026-11-19T23:59:59.999' }
            @{ Text = '2026-01-31 00:00'; Local = '2026-01-31T00:00:00' }
        ) {
            Set-ModuleClock -Utc ([datetime]::new(2026, 11, 20, 14, 30, 0).ToUniversalTime())
            $null = Get-CseEngineJob sim-jobs103-idtimes -First 1 -To $Text
            Get-SentQuery to-time | Should -BeExactly "$(Get-EpochMillisecond $Local)"
        }

        It 'finds the jobs of one day by its date at both ends' {
            $from, $to = (Get-EpochMillisecond 2026-11-10), (Get-EpochMillisecond 2026-11-11)
            $expected = (Get-SimulatorEngine $Sim.Engine).jobs.Where{ $_.startTime -ge $from -and $_.startTime -lt $to }.id
            $expected.Count | Should -BeGreaterThan 1
            (Get-CseEngineJob $Sim.Engine -From 2026-11-10 -To 2026-11-10).Id | Should -Be $expected
        }

        It 'warns of -<Parameter> that lies in the future, and goes on' -ForEach @{ Parameter = 'From' }, @{ Parameter = 'EndedAfter' } {
            Set-ModuleClock -Utc '2026-11-20T09:00:00'
            $given = @{ $Parameter = '2026-11-21T00:00:00Z' }
            Get-CseEngineJob sim-jobs3 @given -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warning | Should -HaveCount 1
            "$warning" | Should -Be "-$Parameter lies in the future: $(([datetimeoffset]'2026-11-21T00:00:00Z').LocalDateTime.ToString('yyyy-MM-dd HH:mm:ss.fff')) (2026-11-21T00:00:00.000Z), local time (UTC). No job is expected there."
            Get-SimulatorRequest | Should -HaveCount 1
        }

        It 'warns of nothing else: <What>' -ForEach @(
            @{ What = '-From now'; Given = @{ From = 'now' } }
            @{ What = '-From 14:30, which is now'; Given = @{ From = '14:30' } }
            @{ What = '-To today, which has not ended'; Given = @{ To = 'today' } }
            @{ What = '-To in the future'; Given = @{ To = '2100-01-01' } }
        ) {
            Set-ModuleClock -Utc ([datetime]::new(2026, 11, 20, 14, 30, 0).ToUniversalTime())
            $null = Get-CseEngineJob sim-jobs3 @Given -WarningVariable warning
            $warning | Should -BeNullOrEmpty
        }

        It 'leaves out jobs that have not begun, whatever the server does: <Given>' -ForEach @(
            @{ Engine = 'sim-odd-jobs26'; Given = @{ From = '1999-01-01' } }
            @{ Engine = 'sim-odd-jobs26'; Given = @{ To = '2100-01-01' } }
            @{ Engine = 'sim-jobs100'; Given = @{ From = '1999-01-01'; To = '2100-01-01' } }
        ) {
            $all = Get-CseEngineJob $Engine
            @($all.Where{ -not $_.StartTime }).Count | Should -BeGreaterThan 0
            (Get-CseEngineJob $Engine @Given -WarningAction SilentlyContinue).Id | Should -Be $all.Where{ $_.StartTime }.Id
        }

        It 'reads a date the same in every culture' {
            $culture = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = 'de-DE'
                $null = Get-CseEngineJob sim-jobs103-idtimes -First 1 -From 02/01/2026 -To '2026-03-01T00:00:00.5Z'
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
            $null = Get-CseEngineJob sim-jobs100-pages0 -From 2000-01-01T00:00:00Z -PageSize 40 -First 1
            Clear-SimulatorRequest
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
}
