# samples/Export-FailedJobReport.ps1, known by its exit code and what it leaves behind. Where the process itself matters (-File, culture) it runs in one of its own, as a scheduler starts it; else in a runspace, which is quicker.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot SampleTools.psm1) -Force
    $base = Start-SampleSimulator
}

AfterAll {
    Stop-SampleSimulator
    Remove-Module SampleTools
}

Describe 'Export-FailedJobReport' {
    BeforeAll {
        $heading = 'EngineName,EngineId,JobId,Type,Status,StartTime,EndTime,Duration,Step,Reason,User,Description,Problem'

        function Invoke-Report([hashtable] $Parameter = @{}, [hashtable] $Environment = @{}) {
            Invoke-Sample Export-FailedJobReport (@{ Endpoint = $base; Path = $file } + $Parameter) $Environment
        }

        function Invoke-ReportProcess([string[]] $Argument, [hashtable] $Environment) {
            Receive-Sample (Start-Sample ((Get-SampleArgument Export-FailedJobReport $base) + '-Path', $file + $Argument) $Environment)
        }
    }

    BeforeEach {
        $file = Join-Path $TestDrive "$(New-Guid).csv"
    }

    AfterEach {
        # What was begun is never left behind.
        Get-ChildItem $TestDrive -Filter *.part | Should -BeNullOrEmpty
    }

    It 'ends with 0 and writes the heading alone when nothing has failed' {
        $engine = New-SampleEngine -Status Finished, Executing
        $run = Invoke-Report @{ EngineName = $engine.name }
        $run.Err | Should -BeNullOrEmpty
        $run.Code | Should -Be 0
        Get-Content $file | Should -Be $heading
        $run.Out | Should -HaveCount 1
        $run.Out | Should -BeLike "Failed jobs: 0, engines: 1, problems: 0, since 20*: *$(Split-Path $file -Leaf)"
    }

    It 'ends with 1 and has a row for each failed job: <Culture>' -ForEach @(
        @{ Culture = 'C'; Zone = 'UTC' }
        # Another calendar, and an offset that is no whole hour.
        @{ Culture = 'th_TH.UTF-8'; Zone = 'Asia/Kathmandu' }
    ) {
        $engines = (New-SampleEngine -Status Finished, Error, Finished), (New-SampleEngine -Status Timeout, Error, Executing)
        $run = Invoke-ReportProcess '-EngineName', ($engines.name -join ', ') @{ LC_ALL = $Culture; TZ = $Zone }
        $run.Err | Should -BeNullOrEmpty
        $run.Code | Should -Be 1
        $run.Out | Should -BeLike 'Failed jobs: 3, engines: 2, problems: 0, since 20*: *'

        (Get-Content $file)[0] | Should -Be $heading
        $rows = Import-Csv $file
        $jobs = $engines | ForEach-Object { Get-CseEngineJob $_.id -Session samples -Status Error, Timeout } | Get-CseEngineJob -Session samples
        $jobs | Should -HaveCount 3
        $rows.JobId | Should -Be $jobs.Id
        $rows.EngineName | Should -Be $engines[0, 1, 1].name
        for ($i = 0; $i -lt 3; $i++) {
            $row, $job = $rows[$i], $jobs[$i]
            $row.EngineId, $row.Type, $row.Status, $row.User | Should -Be $job.EngineId, $job.Type, $job.Status, $job.CreateUser
            $row.Description | Should -Be "$($job.Description)"
            $row.Step | Should -Be ($job.Tasks.Where{ $_.Status -in 'Error', 'Timeout' }.TaskName -replace 'TaskExecutor$')
            $row.Reason | Should -Be $job.Reason
            $row.Reason | Should -Not -BeNullOrEmpty
            $row.Problem | Should -BeNullOrEmpty
            foreach ($name in 'StartTime', 'EndTime') {
                $row.$name | Should -Match '^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$'
                ([datetimeoffset]$job.$name - [datetimeoffset]$row.$name).TotalSeconds | Should -BeIn @(0..999).ForEach{ $_ / 1000 }
                if (-not $IsWindows) { $row.$name | Should -BeLike ($Zone -eq 'UTC' ? '*+00:00' : '*+05:45') }
            }
            [timespan]$row.Duration | Should -Be ([timespan]::FromSeconds([math]::Floor($job.Duration.TotalSeconds)))
        }
    }

    It 'counts a job by the time at which it failed' {
        $engine = New-SampleEngine -Status Error
        $job = Get-CseEngineJob $engine.id -Session samples
        $job.EndTime - $job.StartTime | Should -BeGreaterThan ([timespan]'00:00:10')
        (Invoke-Report @{ EngineName = $engine.name; From = $job.EndTime.AddSeconds(-1).ToString('o') }).Code | Should -Be 1
        (Import-Csv $file).JobId | Should -Be $job.Id
        (Invoke-Report @{ EngineName = $engine.name; From = $job.EndTime.AddSeconds(1).ToString('o') }).Code | Should -Be 0
        Get-Content $file | Should -Be $heading
    }

    It 'gives rows that lead back to the jobs' {
        $engine = New-SampleEngine -Status Error, Finished, Timeout
        (Invoke-Report @{ EngineName = $engine.name }).Code | Should -Be 1
        $jobs = Import-Csv $file | Get-CseEngineJob -Session samples
        $jobs.Id | Should -Be $engine.jobs.Where{ $_.status -ne 'Finished' }.id
        $jobs[0].Phases | Should -Not -BeNullOrEmpty
    }

    It 'ends with 2 for a broken engine, names it, and has the rows of the others' {
        $engines = (New-SampleEngine -Status Error), (New-SampleEngine -Scenario forbidden), (New-SampleEngine -Status Error)
        $run = Invoke-Report @{ EngineName = $engines.name -join ',' }
        $run.Code | Should -Be 2
        $run.Err | Should -BeLike "Export-FailedJobReport.ps1: Engine '$($engines[1].name)': *403*$((Test-ShowsAdvice) ? 'Recommendation: *' : '')"
        $run.Out | Should -BeLike 'Failed jobs: 2, engines: 3, problems: 1, since 20*: *'
        $rows = Import-Csv $file
        $rows.EngineId | Should -Be $engines[0, 2, 1].id
        $rows[2].EngineName | Should -Be $engines[1].name
        $rows[2].Problem | Should -BeLike '*403*'
        $rows[2].JobId | Should -BeNullOrEmpty
    }

    It 'ends with 2 for <What>' -ForEach @(
        @{ What = 'a name that is not there'; Also = 'typo'; Text = "*'typo'*" }
        # The engine of the specification's samples announces more jobs than it has.
        @{ What = 'a list that is shorter than announced'; Also = 'test'; Text = '*the server announced 100 jobs*' }
    ) {
        $engine = New-SampleEngine -Status Error
        $run = Invoke-Report @{ EngineName = "$($engine.name),$Also" }
        $run.Code | Should -Be 2
        $run.Err + $run.Out | Should -BeLike $Text
        $rows = Import-Csv $file
        $rows[0].JobId | Should -Be $engine.jobs[0].id
        $rows[1].Problem | Should -BeLike $Text
    }

    It 'keeps the row of a job that can be listed but not read' {
        # The list does not tell what failed, and one of the jobs cannot be asked.
        $engine = New-SampleEngine -Status Error, Error -Scenario 'lostjob-notasks'
        $run = Invoke-Report @{ EngineName = $engine.name }
        $run.Code | Should -Be 2
        $rows = Import-Csv $file
        $rows.JobId | Should -Be @($engine.jobs.id + '')
        $rows.Step[0] | Should -Not -BeNullOrEmpty
        $rows.Step[1] | Should -BeNullOrEmpty
        $rows[2].Problem | Should -BeLike '*1 failed jobs could not be read in detail*'
    }

    It 'writes a page of the same jobs besides' {
        $engine = New-SampleEngine -Status Error, Finished, Timeout
        (Invoke-Report @{ EngineName = $engine.name; PagePath = "$file.html" }).Code | Should -Be 1
        $page = Get-Content "$file.html" -Raw
        foreach ($job in Import-Csv $file) { $page | Should -BeLike "*$($job.JobId)*" }
        @([regex]::Matches($page, '<details class="job"')).Count | Should -Be 2
        (Invoke-Report @{ EngineName = $engine.name; PagePath = "$TestDrive/nowhere/page.html" }).Code | Should -Be 3
    }

    It 'leaves an older report as it is, and ends with 3, when <What>' -ForEach @(
        @{ What = 'the server cannot be reached'; Run = { Invoke-Report @{ Session = Connect-Cse -Name nobody -Scope Runspace -Endpoint http://127.0.0.1:1 -ProjectId p -Token t0ken-t0ken -MaximumRetryCount 0 } }; Text = '*Connection*' }
        @{ What = 'the credentials are refused'; Run = { Invoke-Report @{} @{ HW_AUTH_TOKEN = 'wrong' } }; Text = '*401*' }
        @{ What = 'there are no credentials'; Run = { Invoke-Report @{} @{ HW_AUTH_TOKEN = $null } }; Text = '*HW_ACCESS_KEY*' }
        @{ What = 'no engine has such a name'; Run = { Invoke-Report @{ EngineName = 'nowhere*' } }; Text = '*nowhere*' }
        @{ What = 'the time is none'; Run = { Invoke-Report @{ From = 'soon' } }; Text = "*'soon' is not a point in time*" }
        @{ What = 'the module is not there'; Run = { Invoke-Report @{} @{ PSModulePath = "$TestDrive" } }; Text = '*CseJobs*' }
    ) {
        'of yesterday' | Set-Content $file
        $run = & $Run
        # A session that a case has made would be the default of the files of tests that follow in this process.
        Get-CseSession nobod[y] | Disconnect-Cse
        $run.Code | Should -Be 3
        $run.Err | Should -BeLike $Text
        $run.Out | Should -BeNullOrEmpty
        Get-Content $file | Should -Be 'of yesterday'
    }

    It 'ends with 3 and leaves nothing behind when the file cannot be written: <What>' -ForEach @(
        @{ What = 'no such folder'; To = { "$TestDrive/nowhere/report.csv" } }
        @{ What = 'the place is taken'; To = { (New-Item "$TestDrive/taken" -ItemType Directory -Force).FullName } }
    ) {
        $file = & $To
        $run = Invoke-Report @{ EngineName = (New-SampleEngine -Status Error).name }
        $run.Code | Should -Be 3
        $run.Err | Should -BeLike '*Export-FailedJobReport.ps1: *'
        Test-Path $file -PathType Leaf | Should -BeFalse
    }

    It 'is UTF-8 with its mark, whatever the culture' {
        $engine = New-SampleEngine -Name '生产订单' -Status Error -Scenario wrongcharset
        (Invoke-ReportProcess '-EngineName', '生产*' @{ LC_ALL = 'C' }).Code | Should -Be 1
        [System.IO.File]::ReadAllBytes($file)[0..2] | Should -Be 0xEF, 0xBB, 0xBF
        $row = Import-Csv $file
        $row.EngineName, $row.JobId | Should -Be '生产订单', $engine.jobs[0].id
        $row.Description | Should -BeLike '* é 升级'
    }

    It 'defuses what a spreadsheet takes for a formula: <_>' -ForEach '=1+1', '+1', '-1', '@sum', "`t=1", "`u{A0}=2", "`u{FF1D}1", "`u{FF20}x", "`u{FE66}1", "`u{200B}=1", "`u{2060}`u{FE0F}+1", '"=1"' {
        $null = New-SampleEngine -Name $_ -Status Error
        (Invoke-Report @{ EngineName = $_ -replace '\s', '?' }).Code | Should -Be 1
        (Import-Csv $file).EngineName | Should -BeExactly "'$($_.Trim())"
    }

    It 'defuses it behind what may separate cells: <Name>' -ForEach @(
        @{ Name = 'prod;=1+1;x'; Cell = "prod;'=1+1;x" }
        @{ Name = 'a;;+1'; Cell = "a;;'+1" }
        @{ Name = 'a, -1'; Cell = "a,' -1" }
        @{ Name = 'a|@sum'; Cell = "a|'@sum" }
        @{ Name = "a;`u{200B}=1"; Cell = "a;'`u{200B}=1" }
        @{ Name = 'a;"=1";b'; Cell = 'a;''"=1";b' }
    ) {
        $engine = New-SampleEngine -Name $Name -Status Error
        (Invoke-Report @{ EngineName = $Name -replace ',', '?' }).Code | Should -Be 1
        $row = Import-Csv $file
        $row.EngineName | Should -BeExactly $Cell
        $row.EngineId, $row.JobId | Should -Be $engine.id, $engine.jobs[0].id
        # As it is read where these separate the cells.
        (Get-Content $file) -split '[;|\t]' | Should -Not -Match '^[\s"\u200B]*[=+\-@]'
    }

    It 'forges no line by the name of an engine' {
        $name = "odd`nprod-orders`u{2028}Failed jobs: 0, engines: 9"
        $null = New-SampleEngine -Name $name -Scenario forbidden
        $run = Invoke-Report @{ EngineName = $name -replace '[\s,]', '?' }
        $run.Code | Should -Be 2
        $run.Err + ($run.Out -join "`n") | Should -Not -Match '(?m)^(prod|Failed jobs: 0, engines: 9)'
        @(Get-Content $file) | Should -HaveCount 2
    }

    It 'writes nothing but its file, whatever an engine is called' {
        $folder = New-Item (Join-Path $TestDrive "$(New-Guid)" inner) -ItemType Directory
        $file = Join-Path $folder report.csv
        $null = New-SampleEngine -Name '../escaped' -Status Error
        (Invoke-Report @{ EngineName = '../escaped' }).Code | Should -Be 1
        (Get-ChildItem $folder.Parent -Recurse -File).Name | Should -Be report.csv
    }

    It 'writes through no link that was planted beside its file' {
        $victim = New-Item "$file.victim" -Value 'of somebody else'
        $planted = New-Item "$file.$PID.part" -ItemType SymbolicLink -Target $victim
        (Invoke-Report @{ EngineName = (New-SampleEngine -Status Error).name }).Code | Should -Be 1
        Get-Content $victim | Should -Be 'of somebody else'
        (Get-Item $file).LinkType | Should -BeNullOrEmpty
        @(Import-Csv $file) | Should -HaveCount 1
        $planted.Delete()
    }

    It 'keeps to its exit codes where the caller wants to be stopped: <What>' -ForEach @(
        @{ What = 'by errors'; Stop = @{ ErrorAction = 'Stop' }; Also = 'typo' }
        @{ What = 'by warnings'; Stop = @{ WarningAction = 'Stop' }; Also = 'test' }
    ) {
        $engine = New-SampleEngine -Status Error
        $run = Invoke-Report (@{ EngineName = "$($engine.name),$Also" } + $Stop)
        $run.Code | Should -Be 2
        (Import-Csv $file)[0].JobId | Should -Be $engine.jobs[0].id
        $run.Out[-1] | Should -BeLike 'Failed jobs: 1, engines: *'
    }

    It 'shows its progress with -Verbose, and no secret anywhere' {
        $token = 'MIIpLaNtEdQwErTzUiOpAsDfGhJkLyXcVbNm7135902468kdjfhGKSLD'
        $other = Start-OwnSimulator --engines 12 --now ([datetime]::UtcNow.ToString('o')) --token $token
        try {
            $base = $other.Address
            $run = Invoke-Report @{ EngineName = 'prod-*'; Verbose = $true } @{ HW_AUTH_TOKEN = $token }
        }
        finally {
            $other.Process.StandardInput.Close()
        }
        $run.Code | Should -Be 1
        $run.Out -join "`n" | Should -BeLike '*Looking at 3 engines*GET *'
        (New-SecretSearch @{ token = $token }).Find(($run.Out -join "`n") + $run.Err + (Get-Content $file -Raw)) | Should -BeNullOrEmpty
    }

    It 'has help, for every parameter' {
        $help = Get-Help (Join-Path $PSScriptRoot .. .. samples Export-FailedJobReport.ps1)
        $help.Synopsis | Should -BeLike 'Writes *'
        $help.parameters.parameter | Where-Object { -not $_.description } | Should -BeNullOrEmpty
    }
}
