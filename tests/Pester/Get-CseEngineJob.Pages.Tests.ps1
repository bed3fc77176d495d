BeforeAll {
    $null = Connect-Simulator

    # What the list requests asked for, in their order.
    function Get-SentQuery([string] $Name) {
        Get-SimulatorRequest | ForEach-Object { [System.Web.HttpUtility]::ParseQueryString($_.rawQuery)[$Name] }
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob, page by page' {
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
            Get-CseEngineJob sim-jobs99 | Should -HaveCount 99
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
}
