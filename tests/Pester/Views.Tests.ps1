BeforeAll {
    $session = Connect-Simulator
    $server = (Get-SimulatorEngine $Sim.Engine).jobs
    $jobs = Get-CseEngineJob $Sim.Engine -First 60
    $failed = $server.Where({ $_.status -eq 'Error' }, 'First')[0].id
    $detail = Get-CseEngineJob $Sim.Engine -Id $failed
    $sample = Get-CseEngineJob $Sim.SeedEngine -Id 12339
    $odd = Get-CseEngineJob sim-odd-jobs26

    # The names on the left of a list view.
    function Get-Label([object] $Formatted) {
        Get-Line $Formatted 200 | ForEach-Object { if ($_ -match '^(\w+)\s*:') { $Matches[1] } }
    }

    $raw = '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]'
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'The views of jobs' {
    Context 'List' {
        It 'has every documented field' {
            Get-Label ($detail | Format-List) | Sort-Object | Should -Be ('Id', 'EngineId', 'EngineName', 'Step', 'Reason', 'Type', 'TypeText', 'Status', 'StatusText', 'Description', 'Scheduling', 'CreateUser', 'StartTime',
                'EndTime', 'Duration', 'Context', 'Phases', 'Tasks', 'AdditionalProperties', 'Session' | Sort-Object)
        }

        It 'has the values' {
            $text = Get-Line ($sample | Format-List) 200
            $text | Should -Contain 'Id                   : 12339'
            $text | Should -Contain "EngineId             : $($Sim.SeedEngine)"
            $text | Should -Contain 'Status               : Finished'
            $text | Should -Contain 'Duration             : 00:06:04.3290000'
            $text | Should -Contain 'Phases               : {resourcePrepare Finished}'
            $text | Should -Contain 'Tasks                : {TenantTaskExecutor Init}'
        }

        It 'has the same fields for jobs from Import-Clixml' {
            $detail | Export-Clixml (Join-Path $TestDrive job.xml)
            Get-Line (Import-Clixml (Join-Path $TestDrive job.xml) | Format-List) 200 | Should -BeExactly (Get-Line ($detail | Format-List) 200)
        }
    }
}

Describe 'The views of phases, sub-jobs and sessions' {
    It 'shows phases in a table' {
        $lines = Get-Line $detail.Phases
        $lines[0] | Should -Match '^\w+Name +Status +Started +Duration '
        $lines | Should -HaveCount (2 + $detail.Phases.Count)
        $lines[2] | Should -Match "^$($detail.Phases[0].TaskName) +$($detail.Phases[0].StatusText) "
    }

    It 'shows sub-jobs in a table' {
        $lines = Get-Line $detail.Tasks
        $lines[0] | Should -Match '^Order +Id TaskName +Status +Started +Duration'
        $lines | Should -HaveCount (2 + $detail.Tasks.Count)
        $lines[2] | Should -Match "^ +0 +$($detail.Tasks[0].Id) $($detail.Tasks[0].TaskName) +$($detail.Tasks[0].StatusText) "
    }

    It 'shows sessions in a table' {
        $lines = Get-Line $session
        $lines[0] | Should -Match '^  Name +Where +ProjectId +Identity +Expires$'
        $lines[2] | Should -BeLike "`* default *127.0.0.1:*$($Sim.ProjectId)*Token*"
    }

    It 'shows the region of a session that has one' {
        (Get-Line (Connect-Cse -Name r -Region af-south-1 -ProjectId p -Token t))[2] | Should -BeLike '`* r *af-south-1 *'
        Disconnect-Cse r
        $null = Select-CseSession default
    }

    It 'has the header of <What> in one line in a console of 80 characters' -ForEach @(
        @{ What = 'jobs'; Objects = { $jobs } }
        @{ What = 'phases'; Objects = { $detail.Phases } }
        @{ What = 'sub-jobs'; Objects = { $detail.Tasks } }
        @{ What = 'sessions'; Objects = { $session } }
    ) {
        # A console keeps its last column free.
        foreach ($width in 79, 80) {
            $lines = Get-Line (& $Objects) $width | Where-Object { $_ -notlike '   Engine: *' }
            $lines[1] | Should -Match '^[- ]+$'
            $lines[1] | Should -BeLike '* ---*'
        }
    }

    It 'has every documented field in the list of <What>' -ForEach @(
        @{ What = 'a phase'; Object = { $detail.Phases[0] }; Fields = 'TaskName', 'TaskNames', 'Status', 'StatusText', 'StartTime', 'EndTime', 'Duration', 'TaskExecutorBrief', 'Tasks', 'AdditionalProperties' }
        @{ What = 'a sub-job'; Object = { $detail.Tasks[0] }; Fields = 'JobId', 'Id', 'Type', 'TypeText', 'Assigned', 'TaskName', 'EngineName', 'TaskOrder', 'Status', 'StatusText', 'StartTime', 'EndTime',
            'Duration', 'CreateTime', 'UpdateTime', 'Timeout', 'Log', 'Output', 'TaskExecutorBrief', 'AdditionalProperties'
        }
        @{ What = 'a session'; Object = { $session }; Fields = 'Name', 'Endpoint', 'Region', 'ProjectId', 'EnterpriseProjectId', 'EngineId', 'Identity', 'KeyId', 'ExpiresAt', 'ConnectedAt', 'IsDefault', 'IsClosed' }
    ) {
        $labels = Get-Label (& $Object | Format-List)
        $Fields | Where-Object { $_ -notin $labels } | Should -BeNullOrEmpty
    }
}

Describe 'Colour' {
    AfterEach {
        $PSStyle.OutputRendering = 'PlainText'
    }

    It 'tells statuses apart, in colours of $PSStyle' {
        $PSStyle.OutputRendering = 'Ansi'
        $text = $jobs | Out-String -Width 120
        $colour = @{}
        foreach ($status in 'PreInit', 'Init', 'Executing', 'Error', 'Timeout', 'Finished') {
            $found = [regex]::Matches($text, "(\x1b\[[\d;]*m)$status(\x1b\[0m)")
            $found.Count | Should -BeGreaterThan 0 -Because $status
            $colour[$status] = $found[0].Groups[1].Value
            $colour[$status] | Should -BeIn $PSStyle.Foreground.PSObject.Properties.Value
        }
        $colour.Error | Should -BeExactly $colour.Timeout
        $colour['Finished', 'Error', 'Executing', 'Init'] | Select-Object -Unique | Should -HaveCount 4
    }

    It 'leaves an unknown status plain' {
        $PSStyle.OutputRendering = 'Ansi'
        $text = $odd | Out-String -Width 120
        $text | Should -Match ' Suspended '
        $text | Should -Not -Match 'm *Suspended'
    }

    It 'colours phases, sub-jobs, list and timeline as well: <What>' -ForEach @(
        @{ What = 'phases'; Show = { $detail.Phases | Format-Table } }
        @{ What = 'sub-jobs'; Show = { $detail.Tasks | Format-Table } }
        @{ What = 'list'; Show = { $detail | Format-List } }
        @{ What = 'timeline'; Show = { $detail | Format-Custom } }
    ) {
        $PSStyle.OutputRendering = 'Ansi'
        $found = [regex]::Matches((& $Show | Out-String -Width 120), '(\x1b\[[\d;]*m)(?:✗ )?Error')
        $found.Count | Should -BeGreaterThan 0
        $found[0].Groups[1].Value | Should -BeIn $PSStyle.Foreground.PSObject.Properties.Value
    }

    It 'moves nothing: <What>' -ForEach @(
        @{ What = 'table'; Show = { $jobs | Format-Table } }
        @{ What = 'list'; Show = { $detail | Format-List } }
        @{ What = 'timeline'; Show = { $detail | Format-Custom } }
        @{ What = 'sub-jobs'; Show = { $detail.Tasks | Format-Table } }
    ) {
        $plain = & $Show | Out-String -Width 120
        $PSStyle.OutputRendering = 'Ansi'
        $coloured = & $Show | Out-String -Width 120
        $coloured | Should -Not -BeExactly $plain
        $coloured -replace '\x1b\[[\d;]*m' | Should -BeExactly $plain
    }

    It 'is gone <When>' -ForEach @(
        @{ When = 'with PlainText'; Rendering = 'PlainText'; Show = { $args[0] | Out-String } }
        @{ When = 'in a redirected file'; Rendering = 'Host'; Show = { $args[0] > (Join-Path $TestDrive out.txt); Get-Content (Join-Path $TestDrive out.txt) -Raw } }
        @{ When = 'in Out-File'; Rendering = 'Host'; Show = { $args[0] | Out-File (Join-Path $TestDrive out.txt); Get-Content (Join-Path $TestDrive out.txt) -Raw } }
        @{ When = 'in a text for further use'; Rendering = 'Host'; Show = { $args[0] | Out-String -Stream | Select-String Error | ForEach-Object Line } }
    ) {
        $PSStyle.OutputRendering = $Rendering
        foreach ($view in ($jobs | Format-Table), ($detail | Format-List), ($detail | Format-Custom), ($detail.Tasks | Format-Table), ($detail.Phases | Format-Table)) {
            $text = & $Show $view | Out-String
            $text | Should -BeLike '*Error*'
            $text | Should -Not -Match '\x1b'
        }
    }

    It 'is gone with NO_COLOR, and there without' {
        $script = "Get-CseEngineJob $($Sim.Engine) -Id $failed | ForEach-Object { `$_ | Format-Table; `$_ | Format-Custom; `$_.Tasks | Format-Table; `$session }"
        $coloured = (Invoke-FreshShell $script -Environment @{ TERM = 'xterm-256color'; NO_COLOR = $null }) -join "`n"
        $plain = (Invoke-FreshShell $script -Environment @{ TERM = 'xterm-256color'; NO_COLOR = '1' }) -join "`n"
        $coloured | Should -Match '\x1b\[[\d;]*mError'
        $plain | Should -Not -Match '\x1b'
        $plain | Should -BeLike "*$failed*Error*TrafficTaskExecutor*$($Sim.ProjectId)*"
    }
}

Describe 'What the server sends into a terminal' {
    BeforeAll {
        $evil = (Get-SimulatorAnswer 'sim-odd-jobs26/jobs?limit=100' | ConvertFrom-Json).data.Where{ $_.description -match $raw }
        $details = $odd.Where{ $_.Id -in $evil.id } | Get-CseEngineJob
    }

    It 'comes out without control characters: <What>' -ForEach @(
        @{ What = 'table'; Show = { $odd | Out-String -Width 300 } }
        @{ What = 'list'; Show = { $odd | Format-List | Out-String -Width 300 } }
        @{ What = 'Format-List *'; Show = { $details | Format-List * -Force | Out-String -Width 300 } }
        @{ What = 'Format-Table of properties'; Show = { $odd | Format-Table Id, Description, CreateUser, Context | Out-String -Width 300 } }
        @{ What = 'timeline'; Show = { $details | Format-Custom | Out-String -Width 300 } }
        @{ What = 'phases'; Show = { $details.Phases | Format-Table | Out-String -Width 300; $details.Phases | Format-List | Out-String -Width 300 } }
        @{ What = 'sub-jobs'; Show = { $details.Tasks | Format-Table | Out-String -Width 300; $details.Tasks | Format-List | Out-String -Width 300 } }
        @{ What = 'strings'; Show = { "$odd $($details.Phases) $($details.Tasks)" } }
        @{ What = 'single properties'; Show = { $details.Description; $details.CreateUser; $details.Context; $details.Tasks.Log; $details.Tasks.TaskName } }
    ) {
        $details | Should -HaveCount $evil.Count
        $evil.Count | Should -BeGreaterThan 1
        $text = & $Show | Out-String -Width 1000
        $text | Should -BeLike '*␛*31mred*'
        $text | Should -Not -Match $raw
    }

    It 'keeps a job in one row, whatever its texts' {
        Get-Line $odd 200 | Where-Object { $_ -notlike '   Engine: *' } | Should -HaveCount 28
    }

    It 'cannot turn a line round: no bidirectional controls' {
        foreach ($text in ($odd | Out-String -Width 300), ($details | Format-List | Out-String -Width 300), ($details | Format-Custom | Out-String -Width 300)) {
            $text | Should -BeLike '*Zoë*evil*'
            $text -split '\n' -match '[\u202a-\u202e\u2066-\u2069]' | Select-Object -First 1 | Should -BeNullOrEmpty
        }
    }

    It 'keeps letters of all languages' {
        $odd | Out-String -Width 300 | Should -BeLike '*升级引擎 Überprüfung данные 🚀*'
    }

    It 'shows an error without control characters of the id that was asked for' {
        $null = Get-CseEngineJob "a`e[31mb`ac" -ErrorVariable problem -ErrorAction SilentlyContinue
        $text = ($problem | Out-String) + ($problem | Get-Error | Out-String)
        $text | Should -BeLike '*engine id*'
        $problem[0].Exception.Message | Should -Not -Match $raw
    }
}
