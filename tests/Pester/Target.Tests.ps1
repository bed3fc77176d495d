BeforeAll {
    $null = Connect-Simulator
    $engine, $other = 'jobs3', 'jobs5' | ForEach-Object { New-Engine $_ }
    $failed = New-Engine failed
    $job = Get-CseEngineJob $engine -First 1

    # A session with an engine of its own, which nothing in a pipeline means.
    function Use-OwnEngine([scriptblock] $Script) {
        $session = Connect-Simulator -Name own -Scope Runspace -EngineId $failed
        try {
            foreach ($default in @{}, @{ '*-CseEngineJob:EngineId' = $failed }) {
                $PSDefaultParameterValues = $default
                Clear-SimulatorRequest
                & $Script
            }
        }
        finally {
            Disconnect-Cse own
            $null = Select-CseSession default
        }
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'What is acted on' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'is nothing where the pipeline names another engine than the typed one: <What> to <Cmdlet>' -ForEach $(
        foreach ($cmdlet in 'Get-CseEngineJob', 'Wait-CseEngineJob', 'Restart-CseEngineJob') {
            @{ Cmdlet = $cmdlet; What = 'a job'; Pipe = { $job } }
            @{ Cmdlet = $cmdlet; What = 'a row'; Pipe = { [pscustomobject]@{ EngineId = $engine; Id = "$($job.Id)" } } }
            @{ Cmdlet = $cmdlet; What = 'an engine'; Pipe = { [pscustomobject]@{ EngineId = $engine; Name = 'x' } } }
        }
    ) {
        & $Pipe | & $Cmdlet -EngineId $other -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeExactly "In the pipeline is engine '$engine', but -EngineId names another. Leave out one of them."
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'is nothing where the pipeline names another job than the typed one: <_>' -ForEach 'Get-CseEngineJob', 'Wait-CseEngineJob', 'Restart-CseEngineJob' {
        $job | & $_ -Id 7 -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeExactly "In the pipeline is job $($job.Id), but -Id names another. Leave out one of them."
        Get-Call | Should -BeNullOrEmpty
    }

    It 'is never the session''s engine or a default''s where the pipeline names one: <What> to Restart-CseEngineJob' -ForEach @(
        @{ What = 'an engine, selected by Id and Name'; Pipe = { Get-CseEngine -Id $engine | Select-Object Id, Name } }
        @{ What = 'a row of a CSV with Id and Name'; Pipe = { 'Id,Name', "$engine,x" | ConvertFrom-Csv } }
        @{ What = 'an engine'; Pipe = { Get-CseEngine -Id $engine } }
        @{ What = 'a job'; Pipe = { $job } }
        @{ What = 'an id'; Pipe = { $engine } }
    ) {
        $piped = & $Pipe
        Use-OwnEngine {
            $piped | Restart-CseEngineJob -Session own -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            Get-Call | Should -Be "GET /$engine"
        }
    }

    It 'is nothing where the pipeline names no engine: <What> to <Cmdlet>' -ForEach $(
        foreach ($cmdlet in 'Get-CseEngineJob', 'Wait-CseEngineJob', 'Restart-CseEngineJob') {
            @{ Cmdlet = $cmdlet; What = 'a job without its engine'; Pipe = { $job | Select-Object Id, Status } }
            @{ Cmdlet = $cmdlet; What = 'an object of another kind'; Pipe = { [pscustomobject]@{ LatestJobId = 3 } } }
            @{ Cmdlet = $cmdlet; What = 'a hashtable'; Pipe = { @{ Id = $engine } } }
            @{ Cmdlet = $cmdlet; What = 'an empty engine'; Pipe = { [pscustomobject]@{ EngineId = ''; Id = $job.Id } } }
            if ($cmdlet -eq 'Restart-CseEngineJob') { @{ Cmdlet = $cmdlet; What = 'a bare job id'; Pipe = { $job.Id } } }
        }
    ) {
        $piped = & $Pipe
        Use-OwnEngine {
            $piped | & $Cmdlet -Session own -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problem | Should -Not -BeNullOrEmpty
            Get-Call | Should -BeNullOrEmpty
        }
    }

    It 'is the piped job, not the one of a default: <_>' -ForEach 'Get-CseEngineJob', 'Wait-CseEngineJob', 'Restart-CseEngineJob' {
        $PSDefaultParameterValues = @{ '*-CseEngineJob:Id' = 7; 'Wait-CseEngineJob:TimeoutSec' = 1 }
        $null = $job | & $_ -ErrorAction SilentlyContinue
        Get-Call | Select-Object -First 1 | Should -Be ($_ -like 'Restart*' ? "GET /$engine" : "GET /$engine/jobs/$($job.Id)")
        Get-Call | Should -Not -Match '/jobs/7$|PUT'
    }

    It 'is nothing where an object has <Property> "<Value>", which is no job id: <Cmdlet>' -ForEach $(
        foreach ($cmdlet in 'Get-CseEngineJob', 'Wait-CseEngineJob', 'Restart-CseEngineJob') {
            foreach ($property in 'Id', 'JobId') {
                foreach ($value in '-5', '12,339', '1.2E+04', ' 5', '5.0', '#5', '', $null, 'abc', -3, 1.5) { @{ Cmdlet = $cmdlet; Property = $property; Value = $value } }
            }
        }
    ) {
        [pscustomobject]@{ EngineId = $failed; $Property = $Value } | & $Cmdlet -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -Match 'is no job id: that is a whole number, 12339 for example|The argument is null or empty'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'is an engine of a text that is written like a number, where it is not a property but the input itself' {
        $null = '5.0' | Get-CseEngineJob -ErrorAction SilentlyContinue
        (Get-Call)[0] | Should -Be 'GET /5.0/jobs?offset=0&limit=100'
    }

    It 'is the piped job, whatever $PSDefaultParameterValues says of lists: <Name>' -ForEach @(
        @{ Name = 'PageSize'; Value = 5 }, @{ Name = 'From'; Value = '-7d' }, @{ Name = 'To'; Value = 'now' }, @{ Name = 'Status'; Value = 'Error' }
        @{ Name = 'Type'; Value = 'Create' }, @{ Name = 'First'; Value = 1 }, @{ Name = 'IncludeTotalCount'; Value = $true }
    ) {
        $PSDefaultParameterValues = @{ "*-CseEngineJob:$Name" = $Value }
        ($job, $job | Get-CseEngineJob).Id | Should -Be $job.Id, $job.Id
        (Get-CseEngineJob $engine -Id $job.Id).Id | Should -Be $job.Id
        $expected = "GET /$engine/jobs/$($job.Id)"
        Get-Call | Should -Be $expected, $expected, $expected
        Clear-SimulatorRequest
        $null = Get-CseEngineJob $engine -Latest
        Get-Call | Should -Be "GET /$engine", $expected
        # What was typed is refused.
        $PSDefaultParameterValues = @{}
        $typed = @{ $Name = $Value }
        $job | Get-CseEngineJob @typed -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeLike "-$Name applies to engines and the lists of their jobs, but in the pipeline is job $($job.Id).*"
        { Get-CseEngineJob $engine -Id $job.Id @typed } | Should -Throw
    }
}

Describe 'The session that is acted in' {
    BeforeAll {
        $address = Get-SimulatorAddress
        function Connect-Account($Account, [string] $Name) {
            Connect-Cse -Endpoint $address -ProjectId $Account.ProjectId -AccessKey $Account.AccessKey -SecretKey $Account.SecretKey -Name $Name
        }

        # The projects that requests went to.
        function Get-Project { Get-SimulatorRequest | ForEach-Object { $_.path.Split('/')[2] } }

        $a = Connect-Account $Sim.A account-a
        $b = Connect-Account $Sim.B account-b
        $read = @{ Job = Get-CseEngineJob $engine -First 1 -Session $a; Engine = Get-CseEngine -Id $engine -Session $a }
        $read.Detail = $read.Job | Get-CseEngineJob
        $read.Task = $read.Detail.Tasks[0]
    }

    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'is the one that has read the object, not the default one: <What>' -ForEach @(
        @{ What = 'a job'; Run = { $read.Job | Get-CseEngineJob } }
        @{ What = 'a sub-job'; Run = { $read.Task | Get-CseEngineJob } }
        @{ What = 'an engine, for its jobs'; Run = { $read.Engine | Get-CseEngineJob -First 1 } }
        @{ What = 'an engine, for its newest job'; Run = { $read.Engine | Get-CseEngineJob -Latest } }
        @{ What = 'an engine, read again'; Run = { $read.Engine | Get-CseEngine } }
        @{ What = 'a job, for its engine'; Run = { $read.Job | Get-CseEngine } }
        @{ What = 'a job, waited for'; Run = { $read.Job | Wait-CseEngineJob -TimeoutSec 1 -ErrorAction SilentlyContinue } }
        @{ What = 'a job, retried'; Run = { $read.Job | Restart-CseEngineJob -ErrorAction SilentlyContinue } }
        @{ What = 'an engine, retried'; Run = { $read.Engine | Restart-CseEngineJob -ErrorAction SilentlyContinue } }
        @{ What = 'what Select-Object leaves of it'; Run = { $read.Job | Select-Object Id, EngineId, Session | Get-CseEngineJob } }
        @{ What = 'a row of a CSV'; Run = { $read.Job | ConvertTo-Csv | ConvertFrom-Csv | Get-CseEngineJob } }
        @{ What = 'a job from another process'; Run = { Copy-ThroughProcess $read.Job | Get-CseEngineJob } }
        @{ What = 'an engine from another process'; Run = { Copy-ThroughProcess $read.Engine | Get-CseEngineJob -First 1 } }
        @{ What = 'a sub-job from another process'; Run = { Copy-ThroughProcess $read.Task | Get-CseEngineJob } }
        @{ What = 'a job, with a default for -Session'; Run = { $PSDefaultParameterValues = @{ '*:Session' = $b }; $read.Job | Get-CseEngineJob } }
    ) {
        $null = & $Run
        Get-Project | Select-Object -Unique | Should -Be $Sim.A.ProjectId
    }

    It 'is the one that -Session names, also for an object of another' {
        $null = $read.Job | Get-CseEngineJob -Session $b
        Get-Project | Should -Be $Sim.B.ProjectId
    }

    It 'is each object''s own in one pipeline, whichever of them is refused' {
        $there = Get-CseEngineJob $engine -First 1 -Session $b
        $wrong = Connect-Cse -Endpoint $address -ProjectId $Sim.A.ProjectId -Token wrong -Name wrong
        Clear-SimulatorRequest
        $refused = $read.Job | Select-Object Id, EngineId, @{ n = 'Session'; e = { $wrong } }
        $given = $read.Job, $refused, $refused, $there, $read.Job | Get-CseEngineJob -ThrottleLimit 1 -ErrorVariable problem -ErrorAction SilentlyContinue
        Disconnect-Cse wrong
        $given.Session.Name | Should -Be 'account-a', 'account-b', 'account-a'
        $problem.FullyQualifiedErrorId | Should -Be (@('AuthenticationFailed,CseJobs.Commands.GetCseEngineJobCommand') * 2)
        # Of the refused session one request, then none.
        (Get-Project).Where{ $_ -eq $Sim.A.ProjectId } | Should -HaveCount 3
        (Get-Project).Where{ $_ -eq $Sim.B.ProjectId } | Should -HaveCount 1
    }

    It 'is each job''s own in one wait' {
        $here, $there = $a, $b | ForEach-Object { Get-CseEngineJob $engine -Status Finished -First 1 -Session $_ }
        Clear-SimulatorRequest
        ($here, $there | Wait-CseEngineJob -TimeoutSec 60).Session.Name | Sort-Object | Should -Be 'account-a', 'account-b'
        Get-Project | Sort-Object | Should -Be ($Sim.A.ProjectId, $Sim.B.ProjectId | Sort-Object)
    }

    It 'is in the object, and its name in what leaves the process' {
        foreach ($item in $read.Values) { [object]::ReferenceEquals($item.Session, $a) | Should -BeTrue }
        ($read.Job | ConvertTo-Csv | ConvertFrom-Csv).Session | Should -Be 'account-a'
        $copy = Copy-ThroughProcess $read.Job
        $copy.Session, $copy.SessionName | Should -Be 'account-a', 'account-a'
    }

    It 'is not another of the same name that was made later, unless that is for the same project at the same address' {
        $named = Connect-Account $Sim.A same
        $of = Get-CseEngineJob $engine -First 1 -Session $named
        $null = Connect-Account $Sim.B same
        Clear-SimulatorRequest
        $of | Get-CseEngineJob -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'SessionClosed,CseJobs.Commands.GetCseEngineJobCommand'
        Get-SimulatorRequest | Should -BeNullOrEmpty
        # Signed in again, because a key was changed for example.
        $anew = Connect-Account $Sim.A same
        ($of | Get-CseEngineJob).Session.Equals($anew) | Should -BeTrue
        Get-Project | Should -Be $Sim.A.ProjectId
        Disconnect-Cse same
        Clear-SimulatorRequest
        $of | Get-CseEngineJob -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'SessionClosed,CseJobs.Commands.GetCseEngineJobCommand'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'is none where the name in a file is open no more, and the other objects go on' {
        $rows = 'EngineId,Id,Session', "$engine,$($read.Job.Id),nowhere", "$engine,$($read.Job.Id),account-b" | ConvertFrom-Csv
        ($rows | Get-CseEngineJob -ErrorVariable problem -ErrorAction SilentlyContinue).Id | Should -Be $read.Job.Id
        $problem.FullyQualifiedErrorId | Should -Be 'SessionNotFound,CseJobs.Commands.GetCseEngineJobCommand'
        "$problem" | Should -BeExactly "An object in the pipeline was read with a session 'nowhere', which is not open here."
        Get-Project | Should -Be $Sim.B.ProjectId
    }
}

Describe 'What PowerShell would add up' {
    BeforeAll {
        $null = Select-CseSession default
    }

    It 'is split: -<Name> "<Text>"' -ForEach @(
        @{ Name = 'Status'; Text = 'Error,Timeout'; Property = 'StatusText'; Found = 'Error', 'Timeout' }
        @{ Name = 'Status'; Text = 'Init, PreInit'; Property = 'StatusText'; Found = 'Init', 'PreInit' }
        @{ Name = 'Type'; Text = 'Create,Upgrade'; Property = 'TypeText'; Found = 'Create', 'Upgrade' }
    ) {
        $given = @{ $Name = $Text }
        Get-CseEngineJob sim-jobs100 @given | ForEach-Object $Property | Sort-Object -Unique | Should -Be $Found
    }

    It 'comes so from pwsh -File' {
        $script = Join-Path $TestDrive failed.ps1
        Set-Content $script @(
            "param([string[]] `$Status) Import-Module '$($Sim.ModulePath)'"
            "`$null = Connect-Cse -Endpoint '$(Get-SimulatorAddress)' -ProjectId $($Sim.ProjectId) -Token $($Sim.Token)"
            '(Get-CseEngineJob sim-jobs100 -Status $Status).StatusText | Sort-Object -Unique'
        )
        & (Get-Process -Id $PID).Path -NoProfile -File $script -Status Error,Timeout | Should -Be Error, Timeout
    }

    It 'is refused where it is no single value: <_>' -ForEach 'Nope', '', 'Error,', '99', 99, 'Error,Nope' {
        Clear-SimulatorRequest
        { Get-CseEngineJob sim-jobs3 -Status $_ } | Should -Throw '*is none of Unknown, PreInit, Init, Executing, Error, Timeout, Finished.*' -ErrorId 'ParameterArgumentTransformationError,*'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'is refused for -Scope, too' {
        { Connect-Simulator -Scope 'Process,Runspace' } | Should -Throw
    }
}
