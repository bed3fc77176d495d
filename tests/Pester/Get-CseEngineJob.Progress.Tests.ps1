BeforeAll {
    $null = Connect-Simulator
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob, telling what it does' {
    BeforeEach {
        Clear-SimulatorRequest
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

        It 'shows the window in local time and UTC' {
            $local = [datetimeoffset]'2026-11-01T00:00:00Z', [datetimeoffset]'2026-11-02T00:00:00.123Z' | ForEach-Object { $_.LocalDateTime.ToString('yyyy-MM-dd HH:mm:ss.fff') }
            $output = @(Get-CseEngineJob sim-jobs3 -From 2026-11-01T08:00:00+08:00 -To 1793577600123 -EndedAfter 2026-11-01T00:00:00Z -Verbose 4>&1)
            $output[0] | Should -Be "Jobs started from $($local[0]) (2026-11-01T00:00:00.000Z) to $($local[1]) (2026-11-02T00:00:00.123Z), both inclusive; local time (UTC)."
            $output[1] | Should -Be "Jobs ended from $($local[0]) (2026-11-01T00:00:00.000Z) on, inclusive; local time (UTC)."
        }

        It 'shows an end that is open' {
            "$(Get-CseEngineJob sim-jobs3 -From 2026-11-01T08:00:00+08:00 -Verbose 4>&1)" | Should -BeLike 'Jobs started from * (2026-11-01T00:00:00.000Z) to any time, both inclusive; local time (UTC).*'
        }

        It 'says nothing without it' {
            Get-CseEngineJob sim-jobs3 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Should -BeNullOrEmpty
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
