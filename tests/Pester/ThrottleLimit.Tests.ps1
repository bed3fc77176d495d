BeforeAll {
    $null = Connect-Simulator
    $command = 'CseJobs.Commands.GetCseEngineJobCommand'

    # Reads engine after engine, as a user without -ThrottleLimit would see it.
    function Get-OneByOne([string[]] $Engine, [hashtable] $Parameters = @{}) {
        $Engine | ForEach-Object { Get-CseEngineJob $_ @Parameters } | ForEach-Object { "$($_.EngineId) $($_.Id)" }
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe '-ThrottleLimit with ids' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'keeps as many requests under way as it says, and never more: <Limit>' -ForEach @{ Limit = 2 }, @{ Limit = 7 } {
        $engine = New-Engine jobs40-latency20
        $ids = Get-ServerId $engine
        $jobs = $ids | Get-CseEngineJob $engine -ThrottleLimit $Limit
        $jobs.Id | Should -Be $ids
        (Get-SimulatorCount).peakConcurrency | Should -Be $Limit
    }

    It 'keeps four under way without it, and one with 1' {
        foreach ($limit in @{}, @{ ThrottleLimit = 1 }) {
            $engine = New-Engine jobs30-latency20
            $ids = Get-ServerId $engine
            Clear-SimulatorRequest
            ($ids | Get-CseEngineJob $engine @limit).Id | Should -Be $ids
            (Get-SimulatorCount).peakConcurrency | Should -Be ($limit.Count ? 1 : 4)
        }
    }

    It 'keeps the order of the input where answers overtake each other' {
        $patient = Connect-Simulator -MaximumRetryCount 2 -Name patient -Scope Runspace
        # The second request meets a reset and is sent again after a wait, when the others are long back.
        $engine = New-Engine jobs12-failonce2
        $ids = Get-ServerId $engine
        $jobs = $ids | Get-CseEngineJob $engine -ThrottleLimit 3 -Session $patient
        $jobs.Id | Should -Be $ids
        $sent = @(Get-SimulatorRequest | Where-Object path -Like '*/jobs/*' | ForEach-Object { [long]($_.path -replace '.*/') })
        $sent | Should -HaveCount 13
        $again = $sent | Group-Object | Where-Object Count -EQ 2
        [array]::LastIndexOf([long[]]$sent, [long]$again.Name) | Should -BeGreaterThan 4
    }

    It 'takes an array of ids as well' {
        $engine = New-Engine jobs9-latency20
        $ids = Get-ServerId $engine
        (Get-CseEngineJob $engine -Id $ids -ThrottleLimit 3).Id | Should -Be $ids
        (Get-SimulatorCount).peakConcurrency | Should -Be 3
    }

    It 'reports an id that does not exist in its place, and gives all others' {
        $engine = New-Engine jobs6
        $ids = Get-ServerId $engine
        $all = @($ids[0..2]) + 1 + @($ids[3..5]) | Get-CseEngineJob $engine -ThrottleLimit 4 -ErrorAction Continue 2>&1
        $all | Should -HaveCount 7
        $all[3] | Should -BeOfType ([System.Management.Automation.ErrorRecord])
        $all[3].FullyQualifiedErrorId | Should -BeExactly "JobNotFound,$command"
        $all[3].TargetObject | Should -Be 1
        ($all | Where-Object { $_ -is [CseJobs.EngineJob] }).Id | Should -Be $ids
    }

    It 'begins nothing more once the session was refused, and every id gets its error' {
        $engine = New-Engine jobs3-unauthorized
        1..40 | Get-CseEngineJob $engine -ThrottleLimit 4 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 40
        $problems.FullyQualifiedErrorId | Sort-Object -Unique | Should -BeExactly "AuthenticationFailed,$command"
        $problems.TargetObject | Should -Be (1..40)
        @(Get-SimulatorRequest).Count | Should -BeLessOrEqual 4
    }

    It 'hands on what has come before the input ends' {
        $engine = New-Engine jobs3
        $ids = Get-ServerId $engine
        $order = [System.Collections.Generic.List[string]]::new()
        & {
            $ids[0]
            Wait-Until { @(Get-SimulatorRequest).statusCode -contains 200 } | Should -BeTrue
            # Each further id is an occasion to show what is there.
            while ($order.Count -lt 2) { $ids[1] }
            $order.Add('input ended')
        } | Get-CseEngineJob $engine -ThrottleLimit 3 | ForEach-Object { $order.Add('job') }
        $order[0] | Should -BeExactly 'job'
    }
}

Describe '-ThrottleLimit with engines' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'gives each engine''s jobs together and in the order of the input, whichever is quickest: <Way>' -ForEach @(
        @{ Way = 'from the pipeline'; Read = { $engines | Get-CseEngineJob -ThrottleLimit 4 -PageSize 10 } }
        @{ Way = 'as an argument'; Read = { Get-CseEngineJob $engines -ThrottleLimit 4 -PageSize 10 } }
    ) {
        # The first is the slowest, and there are more than are begun at once.
        $engines = @(New-Engine jobs45-latency30) + (1..11 | ForEach-Object { New-Engine "jobs$(20 + $_)" })
        $expected = Get-OneByOne $engines
        @(& $Read | ForEach-Object { "$($_.EngineId) $($_.Id)" }) | Should -Be $expected
    }

    It 'keeps no more requests under way than it says, however many pages there are' {
        $engines = 1..9 | ForEach-Object { New-Engine jobs40-latency10 }
        $null = $engines | Get-CseEngineJob -PageSize 10 -ThrottleLimit 3
        (Get-SimulatorCount).peakConcurrency | Should -Be 3
    }

    It 'counts -Skip and -First over all engines' {
        $engines = 1..6 | ForEach-Object { New-Engine jobs8 }
        $expected = (Get-OneByOne $engines)[5..24]
        @($engines | Get-CseEngineJob -Skip 5 -First 20 -ThrottleLimit 4 | ForEach-Object { "$($_.EngineId) $($_.Id)" }) | Should -Be $expected
    }

    It 'tells each engine''s count before its jobs with -IncludeTotalCount' {
        $engines = 1..3 | ForEach-Object { New-Engine "jobs$(2 + $_)" }
        $all = @($engines | Get-CseEngineJob -IncludeTotalCount -ThrottleLimit 3)
        $all | Should -HaveCount 15
        @($all | Where-Object { $_ -isnot [CseJobs.EngineJob] }) | Should -Be 3, 4, 5
        $all[0] | Should -Be 3
        $all[4] | Should -Be 4
    }

    It 'reports an engine that does not exist in its place' {
        $engines = (New-Engine jobs3), 'no-such-engine', (New-Engine jobs4), 'a/b', (New-Engine jobs2)
        $all = @($engines | Get-CseEngineJob -ThrottleLimit 5 -ErrorAction Continue 2>&1)
        $all | Should -HaveCount 11
        $all[3].FullyQualifiedErrorId | Should -BeExactly "EngineNotFound,$command"
        $all[8].FullyQualifiedErrorId | Should -BeExactly "InvalidArgument,$command"
    }

    It 'says of an interrupted listing how far it had come' {
        $engine = New-Engine jobs40-failfrom3
        $jobs = (New-Engine jobs3), $engine | Get-CseEngineJob -PageSize 10 -ThrottleLimit 2 -ErrorVariable problem -ErrorAction SilentlyContinue
        $jobs.Count | Should -BeGreaterThan 3
        $problem.FullyQualifiedErrorId | Should -BeExactly "ListingInterrupted,$command"
        $problem.Exception.Listing.Received | Should -Be ($jobs.Count - 3)
        $problem.Exception.Listing.Page | Should -Be 3
    }

    It 'begins nothing more once the session was refused, and every engine gets its error' {
        $engines = 1..30 | ForEach-Object { New-Engine jobs3-unauthorized }
        $engines | Get-CseEngineJob -ThrottleLimit 3 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.TargetObject | Should -Be $engines
        $problems.FullyQualifiedErrorId | Sort-Object -Unique | Should -BeExactly "AuthenticationFailed,$command"
        @(Get-SimulatorRequest).Count | Should -BeLessOrEqual 3
    }

    It 'says of each engine how far it had come when the session ends meanwhile' {
        $engines = 1..2 | ForEach-Object { New-Engine jobs20000-pages0 }
        $null = $engines | ForEach-Object { Get-SimulatorAnswer "$_/jobs?offset=0&limit=1" }
        Clear-SimulatorRequest
        $short = Connect-Simulator -Name short -Scope Runspace
        $given = @{}
        $engines | Get-CseEngineJob -PageSize 1000 -ThrottleLimit 2 -Session $short -ErrorVariable problem -ErrorAction SilentlyContinue | ForEach-Object {
            if (-not $short.IsClosed) {
                # Five pages of each, and one more of the first, which is being shown.
                Wait-Until { (Get-SimulatorCount).requestsUnderWay -eq 0 -and @(Get-SimulatorRequest).Count -ge 11 } | Should -BeTrue
                Disconnect-Cse -Session $short
            }
            $given[$_.EngineId]++
        }
        $null = Select-CseSession default
        $problem.FullyQualifiedErrorId | Should -Be "ListingInterrupted,$command", "ListingInterrupted,$command"
        $problem.Exception.EngineId | Should -Be $engines
        # The server has sent them all, but the last of each may not have been read when the session ended: that one is lost.
        $given[$engines[0]] | Should -BeIn 5000, 6000
        $given[$engines[1]] | Should -BeIn 4000, 5000
        $problem.Exception.Listing.Received | Should -Be $engines.ForEach{ $given[$_] }
        $problem.Exception.Listing.Page | Should -Be $engines.ForEach{ $given[$_] / 1000 + 1 }
    }

    It 'reads a bounded number of pages ahead of a pipeline that stands still' {
        $engines = 1..3 | ForEach-Object { New-Engine jobs100000-pages0 }
        $null = $engines | ForEach-Object { Get-SimulatorAnswer "$_/jobs?offset=0&limit=1" }
        Clear-SimulatorRequest
        $seen = 0
        $requests = 0
        $engines | Get-CseEngineJob -PageSize 1000 -ThrottleLimit 2 | ForEach-Object {
            if ($seen++ -eq 0) {
                # Five pages of each, and one more of the first, which is being shown.
                Wait-Until { (Get-SimulatorCount).requestsUnderWay -eq 0 -and @(Get-SimulatorRequest).Count -ge 16 } | Should -BeTrue
                $requests = @(Get-SimulatorRequest).Count
            }
            $_
        } | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $requests | Should -BeLessOrEqual 16
    }

    It 'keeps the order where jobs and engines are mixed' {
        $first, $second = (New-Engine jobs3-latency30), (New-Engine jobs2)
        $job = Get-CseEngineJob $second | Select-Object -First 1
        $all = @($first, $job, $second | Get-CseEngineJob -ThrottleLimit 4)
        $all.EngineId | Should -Be ($first, $first, $first, $second, $second, $second)
        $all[3].Phases | Should -Not -BeNullOrEmpty
        $all[4].Phases | Should -BeNullOrEmpty
    }
}

Describe '-ThrottleLimit and stopping' {
    BeforeEach {
        Clear-SimulatorRequest
        $shell = New-ModuleShell
    }

    AfterEach {
        Remove-ModuleShell $shell
    }

    It 'ends at once with all <What> under way, without an error, and hangs up' -ForEach @(
        @{ What = 'jobs'; Script = '1..100 | Get-CseEngineJob sim-jobs3-latency600000 -ThrottleLimit 8' }
        @{ What = 'engines'; Script = '1..100 | ForEach-Object { "sim-jobs3-latency600000-id$_" } | Get-CseEngineJob -ThrottleLimit 8' }
    ) {
        $null = $shell.AddScript($Script)
        $null = $shell.BeginInvoke()
        Wait-Until { (Get-SimulatorCount).requestsUnderWay -eq 8 } | Should -BeTrue
        Stop-Shell $shell | Should -Be Stopped
        $shell.Streams.Error | Should -BeNullOrEmpty
        Wait-Until { (Get-SimulatorCount).requestsUnderWay -eq 0 } | Should -BeTrue
        @(Get-SimulatorRequest).Count | Should -Be 8
    }

    It 'hangs up when Select-Object has enough' {
        $engines = @(New-Engine jobs3) + (1..7 | ForEach-Object { New-Engine jobs3-latency600000 })
        @($engines | Get-CseEngineJob -ThrottleLimit 8 | Select-Object -First 2) | Should -HaveCount 2
        Wait-Until { (Get-SimulatorCount).requestsUnderWay -eq 0 } | Should -BeTrue
    }
}

Describe 'The values of -ThrottleLimit' {
    It 'refuses <_>' -ForEach 0, -1, 65 {
        { Get-CseEngineJob $Sim.Engine -ThrottleLimit $_ } | Should -Throw -ErrorId "ParameterArgumentValidationError,$command"
    }

    It 'takes it in every parameter set' {
        foreach ($set in (Get-Command Get-CseEngineJob).ParameterSets) {
            $set.Parameters.Name | Should -Contain 'ThrottleLimit'
        }
    }
}
