BeforeAll {
    $null = Connect-Simulator

    function Get-EpochMillisecond([datetime] $Time) {
        [System.DateTimeOffset]::new($Time).ToUnixTimeMilliseconds()
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob, choosing jobs' {
    BeforeEach {
        Clear-SimulatorRequest
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
}
