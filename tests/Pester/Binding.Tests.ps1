BeforeAll {
    $null = Connect-Simulator
    $engine = 'sim-jobs9'
    $ids = (Get-SimulatorEngine $engine).jobs.id
    $jobs = Get-CseEngineJob $engine
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'What is piped into Get-CseEngineJob' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    Context 'Jobs: their details are read, never their engine listed' {
        It 'takes <What>' -ForEach @(
            @{ What = 'jobs'; Pipe = { $jobs[1, 4] | Get-CseEngineJob } }
            @{ What = 'its own listing'; Pipe = { $jobs[1, 4] | Where-Object Id | Get-CseEngineJob } }
            @{ What = 'jobs with their details'; Pipe = { $details = $jobs[1, 4] | Get-CseEngineJob; Clear-SimulatorRequest; $details | Get-CseEngineJob } }
            @{ What = 'what Select-Object makes of jobs'; Pipe = { $jobs[1, 4] | Select-Object Id, EngineId, Status | Get-CseEngineJob } }
            @{ What = 'what Select-Object * makes of jobs'; Pipe = { $jobs[1, 4] | Select-Object * | Get-CseEngineJob } }
            @{ What = 'rows of Import-Csv'; Pipe = {
                    $jobs[1, 4] | Export-Csv (Join-Path $TestDrive jobs.csv)
                    Import-Csv (Join-Path $TestDrive jobs.csv) | Get-CseEngineJob
                }
            }
            @{ What = 'rows of Import-Csv with two columns'; Pipe = { 'EngineId,Id', "$engine,$($ids[1])", "$engine,$($ids[4])" | ConvertFrom-Csv | Get-CseEngineJob } }
            @{ What = 'jobs from Import-Clixml'; Pipe = {
                    $jobs[1, 4] | Export-Clixml (Join-Path $TestDrive jobs.xml)
                    Import-Clixml (Join-Path $TestDrive jobs.xml) | Get-CseEngineJob
                }
            }
            @{ What = 'jobs from ConvertFrom-Json'; Pipe = { $jobs[1, 4] | Select-Object Id, EngineId | ConvertTo-Json | ConvertFrom-Json | Get-CseEngineJob } }
            @{ What = 'objects with JobId and EngineId'; Pipe = { $jobs[1, 4] | Select-Object @{ n = 'JobId'; e = 'Id' }, EngineId | Get-CseEngineJob } }
            @{ What = 'what script blocks make of objects'; Pipe = { $jobs[1, 4] | Select-Object @{ n = 'Job'; e = 'Id' }, @{ n = 'Where'; e = 'EngineId' }, @{ n = 'Id'; e = { 7 } } | Get-CseEngineJob -EngineId { $_.Where } -Id { $_.Job } } }
            @{ What = 'bare numbers'; Pipe = { $ids[1, 4] | Get-CseEngineJob -EngineId $engine } }
            @{ What = 'bare numbers of type Int32'; Pipe = { [int]$ids[1], [int]$ids[4] | Get-CseEngineJob $engine } }
            @{ What = 'digits in strings'; Pipe = { "$($ids[1])", "$($ids[4])" | Get-CseEngineJob -EngineId $engine } }
            @{ What = 'the lines of a file'; Pipe = { Set-Content (Join-Path $TestDrive ids.txt) $ids[1, 4]; Get-Content (Join-Path $TestDrive ids.txt) | Get-CseEngineJob -EngineId $engine } }
        ) {
            $found = & $Pipe
            $found.Id | Should -Be $ids[1, 4]
            $found | ForEach-Object { $_.Phases.Count | Should -BeGreaterThan 0 }
            Get-Call | Should -Be "GET /$engine/jobs/$($ids[1])", "GET /$engine/jobs/$($ids[4])"
        }

        It 'takes bare numbers for jobs of the session''s engine' {
            $session = Connect-Simulator -Name own -EngineId $engine
            ($ids[1, 4] | Get-CseEngineJob -Session $session).Id | Should -Be $ids[1, 4]
            Get-Call | Should -Be "GET /$engine/jobs/$($ids[1])", "GET /$engine/jobs/$($ids[4])"
        }

        It 'reads each job from its own engine' {
            $mixed = @($jobs[0]) + (Get-CseEngineJob sim-jobs8 -First 1) + @($jobs[2])
            Clear-SimulatorRequest
            $null = $mixed | Get-CseEngineJob
            Get-Call | Should -Be "GET /$engine/jobs/$($ids[0])", "GET /sim-jobs8/jobs/$($mixed[1].Id)", "GET /$engine/jobs/$($ids[2])"
        }

        It 'reads them while the listing goes on' {
            $null = Get-CseEngineJob sim-jobs9-pages0 -PageSize 5 | Get-CseEngineJob -ThrottleLimit 1
            $calls = Get-Call
            $calls | Should -HaveCount 11
            $calls[0] | Should -Be 'GET /sim-jobs9-pages0/jobs?offset=0&limit=5'
            $calls[1..5] | Should -Match '/jobs/\d+$'
            $calls[6] | Should -Be 'GET /sim-jobs9-pages0/jobs?offset=1&limit=5'
            $calls[7..10] | Should -Match '/jobs/\d+$'
        }

        It 'reads every job of a list, also where the server leaves out the engine''s id' {
            $odd = Get-CseEngineJob sim-odd-jobs26
            Clear-SimulatorRequest
            $odd | Get-CseEngineJob -ThrottleLimit 1 -ErrorAction SilentlyContinue | Should -HaveCount 26
            Get-Call | Should -Be ($odd.Id | ForEach-Object { "GET /sim-odd-jobs26/jobs/$_" })
        }

        It 'does not list when a filter is added to piped jobs' {
            $jobs[1, 4] | Get-CseEngineJob -Status Error -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }
    }

    Context 'Sub-jobs: the job they belong to is read' {
        BeforeAll {
            $detail = Get-CseEngineJob $engine -Id $ids[3]
        }

        It 'takes <What> by their JobId, not by their own Id' -ForEach @(
            @{ What = 'sub-jobs'; Tasks = { $detail.Tasks[0, 1] } }
            @{ What = 'sub-jobs of a phase'; Tasks = { $detail.Phases.Tasks[0, 1] } }
            @{ What = 'sub-jobs of a listed job'; Tasks = { $jobs[3].Tasks[0, 0] } }
            @{ What = 'JobId of sub-jobs'; Tasks = { $detail.Tasks[0, 1] | Select-Object JobId, TaskName } }
            @{ What = 'what Select-Object * makes of sub-jobs'; Tasks = { $detail.Tasks[0, 1] | Select-Object * } }
            @{ What = 'sub-jobs from Import-Clixml'; Tasks = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($detail.Tasks[0, 1])) } }
        ) {
            $given = & $Tasks
            $null = $given | Get-CseEngineJob -EngineId $engine -ErrorAction SilentlyContinue
            Get-Call | Should -Be "GET /$engine/jobs/$($ids[3])", "GET /$engine/jobs/$($ids[3])"
        }
    }

    Context 'Engines: their jobs are listed' {
        It 'takes <What>' -ForEach @(
            @{ What = 'strings'; Pipe = { 'sim-jobs2', 'sim-jobs3' | Get-CseEngineJob } }
            @{ What = 'objects with EngineId'; Pipe = { [pscustomobject]@{ EngineId = 'sim-jobs2' }, [pscustomobject]@{ EngineId = 'sim-jobs3'; Name = 'x' } | Get-CseEngineJob } }
            @{ What = 'objects with EngineId and the same Id, as engines have'; Pipe = { [pscustomobject]@{ EngineId = 'sim-jobs2'; Id = 'sim-jobs2' }, [pscustomobject]@{ EngineId = 'sim-jobs3'; Id = 'sim-jobs3' } | Get-CseEngineJob } }
            @{ What = 'what Select-Object Id, Name makes of engines'; Pipe = { [pscustomobject]@{ Id = 'sim-jobs2'; Name = 'x' }, [pscustomobject]@{ Id = 'sim-jobs3'; Name = 'y' } | Get-CseEngineJob } }
            @{ What = 'what a script block makes of objects'; Pipe = { [pscustomobject]@{ Where = 'sim-jobs2' }, [pscustomobject]@{ Where = 'sim-jobs3' } | Get-CseEngineJob -EngineId { $_.Where } } }
            @{ What = 'rows of Import-Csv without Id'; Pipe = { 'EngineId,Name', 'sim-jobs2,x', 'sim-jobs3,y' | ConvertFrom-Csv | Get-CseEngineJob } }
            @{ What = 'an array of strings in one piece'; Pipe = { , ('sim-jobs2', 'sim-jobs3') | Get-CseEngineJob } }
        ) {
            & $Pipe | Should -HaveCount 5
            Get-Call | Should -Be 'GET /sim-jobs2/jobs?offset=0&limit=100', 'GET /sim-jobs3/jobs?offset=0&limit=100'
        }

        It 'takes by position <What>' -ForEach @(
            @{ What = 'a string'; Engines = 'sim-jobs2'; Listed = 'sim-jobs2' }
            @{ What = 'strings'; Engines = 'sim-jobs2', 'sim-jobs3'; Listed = 'sim-jobs2', 'sim-jobs3' }
            @{ What = 'an engine object'; Engines = [pscustomobject]@{ EngineId = 'sim-jobs2'; Name = 'x' }; Listed = 'sim-jobs2' }
            @{ What = 'engine objects'; Engines = [pscustomobject]@{ EngineId = 'sim-jobs2' }, [pscustomobject]@{ EngineId = 'sim-jobs3' }; Listed = 'sim-jobs2', 'sim-jobs3' }
            @{ What = 'a list of engine objects'; Engines = [System.Collections.Generic.List[object]]@([pscustomobject]@{ EngineId = 'sim-jobs2' }, 'sim-jobs3'); Listed = 'sim-jobs2', 'sim-jobs3' }
            @{ What = 'digits: a position is an engine''s'; Engines = '12345'; Listed = '12345' }
        ) {
            $null = Get-CseEngineJob $Engines -ErrorAction SilentlyContinue
            # Digits are no engine's id, so they are looked up as a name besides.
            (Get-Call).Where{ $_ -ne 'GET ?offset=0&limit=100' } | Sort-Object | Should -Be ($Listed | ForEach-Object { "GET /$_/jobs?offset=0&limit=100" })
        }

        It 'takes an engine object by position together with -Id' {
            $null = Get-CseEngineJob ([pscustomobject]@{ EngineId = $engine; Name = 'x' }) -Id $ids[0]
            Get-Call | Should -Be "GET /$engine/jobs/$($ids[0])"
        }

        It 'says that a job in the place of an engine is to be piped: <Cmdlet>' -ForEach @(
            @{ Cmdlet = 'Get-CseEngineJob' }, @{ Cmdlet = 'Restart-CseEngineJob' }, @{ Cmdlet = 'Wait-CseEngineJob' }
        ) {
            { & $Cmdlet $jobs[0] } | Should -Throw '*This is a job, not an engine. Pipe the job in, or pass its EngineId.'
            { & $Cmdlet ($jobs[0] | Select-Object Id, EngineId) } | Should -Throw '*This is a job, not an engine.*'
            Get-Call | Should -BeNullOrEmpty
        }
    }
}

Describe 'The syntax of <Name>' -ForEach @(
    @{
        Name       = 'Disconnect-Cse'
        Default    = @()
        Mandatory  = @(), @('Name')
        Positional = @('Name')
        Pipeline   = @('Session')
        Parameters = @{ Session = 'CseJobs.CseSession[]'; Name = 'System.String[]' }
    }
    @{
        Name       = 'Export-CseEngineJobReport'
        Default    = @('Path')
        Mandatory  = , @('Path')
        Positional = @('Path')
        Pipeline   = @('InputObject')
        Parameters = @{
            Path = 'System.String'; InputObject = 'System.Object[]'; Title = 'System.String'; Format = [Nullable[CseJobs.CseReportFormat]].FullName; Culture = 'System.Globalization.CultureInfo'
            Force = 'System.Management.Automation.SwitchParameter'; NoClobber = 'System.Management.Automation.SwitchParameter'; PassThru = 'System.Management.Automation.SwitchParameter'
            WhatIf = 'System.Management.Automation.SwitchParameter'; Confirm = 'System.Management.Automation.SwitchParameter'
        }
    }
    @{
        Name       = 'Measure-CseEngineJob'
        Default    = @()
        Mandatory  = , @()
        Positional = @('By')
        Pipeline   = @('InputObject')
        Parameters = @{ By = 'CseJobs.CseJobGrouping[]'; InputObject = 'System.Object[]' }
    }
    @{
        Name       = 'Get-CseSession'
        Default    = @()
        Mandatory  = , @()
        Positional = @('Name')
        Pipeline   = @('Name')
        Parameters = @{ Name = 'System.String[]' }
    }
    @{
        Name       = 'Test-CseSession'
        Default    = @()
        Mandatory  = , @()
        Positional = @('EngineId')
        Pipeline   = @()
        Parameters = @{ EngineId = 'System.String'; AsMarkdown = 'System.Management.Automation.SwitchParameter'; Session = 'CseJobs.CseSession[]' }
    }
    @{
        Name       = 'Get-CseEngine'
        Default    = @()
        Mandatory  = @(), @('EngineId'), @('Id')
        Positional = @('Name')
        Pipeline   = @('EngineId')
        Parameters = @{ Name = 'System.String[]'; Id = 'System.String[]'; EngineId = 'System.String[]'; Type = 'System.String'; Session = 'CseJobs.CseSession[]' }
    }
    @{
        Name       = 'Restart-CseEngineJob'
        Default    = @()
        Mandatory  = , @()
        Positional = @('EngineId', 'Id')
        Pipeline   = @('EngineId', 'Id')
        Parameters = @{
            EngineId = 'System.String[]'; Id = [Nullable[long]].FullName; Session = 'CseJobs.CseSession'
            WhatIf = 'System.Management.Automation.SwitchParameter'; Confirm = 'System.Management.Automation.SwitchParameter'
        }
    }
    @{
        # One property serves all sets, so -EngineId takes several in the set Id as well (and the cmdlet refuses them);
        # -First, -Skip and -IncludeTotalCount belong to all sets because SupportsPaging knows no sets.
        Name       = 'Get-CseEngineJob'
        Default    = @()
        # Were -Id demanded in its set, Tab would not offer jobs in the second place.
        Mandatory  = @(), @()
        Positional = @('EngineId', 'Id')
        Pipeline   = @('EngineId', 'Id')
        Parameters = @{
            Latest = 'System.Management.Automation.SwitchParameter'; EngineId = 'System.String[]'; Id = 'System.Int64[]'; From = 'System.DateTimeOffset'; To = 'System.DateTimeOffset'; EndedAfter = 'System.DateTimeOffset'
            Failed = 'System.Management.Automation.SwitchParameter'; Log = 'System.Management.Automation.SwitchParameter'; Status = 'CseJobs.JobStatus[]'
            Type = 'CseJobs.JobType[]'; PageSize = 'System.Int32'; ThrottleLimit = 'System.Int32'; First = 'System.UInt64'; Skip = 'System.UInt64'; IncludeTotalCount = 'System.Management.Automation.SwitchParameter'; Session = 'CseJobs.CseSession[]'
        }
    }
    @{
        Name       = 'Wait-CseEngineJob'
        Default    = @()
        Mandatory  = , @()
        Positional = @('EngineId', 'Id')
        Pipeline   = @('EngineId', 'Id')
        Parameters = @{
            EngineId = 'System.String[]'; Id = 'System.Int64[]'; TimeoutSec = 'System.Int32'; PollIntervalSec = 'System.Double'
            Any = 'System.Management.Automation.SwitchParameter'; Session = 'CseJobs.CseSession[]'
        }
    }
    @{
        Name       = 'Watch-CseEngineJob'
        Default    = @()
        Mandatory  = , @()
        Positional = @('EngineId', 'Id')
        Pipeline   = @('EngineId', 'Id')
        Parameters = @{
            EngineId = 'System.String[]'; Id = 'System.Int64[]'; TimeoutSec = 'System.Int32'; PollIntervalSec = 'System.Double'
            Until = 'System.String'; IncludeCurrent = 'System.Management.Automation.SwitchParameter'; Session = 'CseJobs.CseSession[]'
        }
    }
) {
    BeforeAll {
        $command = Get-Command $Name
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        $own = $command.Parameters.Values.Where{ $_.Name -notin $common }
    }

    It 'has the parameters of the design and no others' {
        $own.Name | Sort-Object | Should -Be ($Parameters.Keys | Sort-Object)
        foreach ($parameter in $own) {
            $parameter.ParameterType.FullName | Should -BeExactly $Parameters[$parameter.Name] -Because $parameter.Name
        }
    }

    It 'demands no more than is needed' {
        $demanded = $command.ParameterSets | ForEach-Object { ($_.Parameters.Where{ $_.IsMandatory }.Name | Sort-Object) -join ' ' }
        $demanded | Sort-Object | Should -Be ($Mandatory | ForEach-Object { $_ -join ' ' } | Sort-Object)
    }

    It 'has the plain case as its default set' {
        $set = $command.ParameterSets.Count -eq 1 ? $command.ParameterSets[0] : $command.ParameterSets.Where{ $_.IsDefault }
        $set | Should -HaveCount 1
        ($set.Parameters.Where{ $_.IsMandatory }.Name | Sort-Object) -join ' ' | Should -Be ($Default -join ' ')
    }

    It 'takes by position what one names first' {
        foreach ($set in $command.ParameterSets) {
            foreach ($parameter in $set.Parameters.Where{ $_.Name -notin $common }) {
                $parameter.Position | Should -Be ($parameter.Name -in $Positional ? [array]::IndexOf($Positional, $parameter.Name) : [int]::MinValue) -Because "$($set.Name): $($parameter.Name)"
            }
        }
    }

    It 'takes from the pipeline what comes from a pipeline, one by value in each set' {
        $command.ParameterSets.Parameters.Where{ $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName }.Name | Select-Object -Unique | Sort-Object | Should -Be $Pipeline
        foreach ($set in $command.ParameterSets) {
            @($set.Parameters.Where{ $_.ValueFromPipeline }).Count | Should -BeLessOrEqual 1
        }
    }

    It 'says what it gives' {
        $command.OutputType.Name | Should -Be @{
            'Get-CseSession' = 'CseJobs.CseSession'; 'Get-CseEngine' = 'CseJobs.Engine'; 'Restart-CseEngineJob' = 'CseJobs.EngineJob'; 'Get-CseEngineJob' = 'CseJobs.EngineJob'; 'Disconnect-Cse' = 'System.Void'
            'Wait-CseEngineJob' = 'CseJobs.EngineJob'; 'Watch-CseEngineJob' = 'CseJobs.JobChange'; 'Test-CseSession' = 'CseJobs.SessionCheck', 'System.String'
            'Export-CseEngineJobReport' = 'System.IO.FileInfo'; 'Measure-CseEngineJob' = 'CseJobs.JobFigures'
        }[$Name]
    }
}

Describe 'The syntax of Connect-Cse, signing in with a token' {
    BeforeAll {
        $sets = (Get-Command Connect-Cse).ParameterSets.Where{ 'Token' -in $_.Parameters.Name }
    }

    It 'has -<Name> of type <Type>' -ForEach @(
        @{ Name = 'Token'; Type = 'System.Security.SecureString' }
        @{ Name = 'ProjectId'; Type = 'System.String' }
        @{ Name = 'Region'; Type = 'System.String[]' }
        @{ Name = 'Endpoint'; Type = 'System.Uri' }
        @{ Name = 'EnterpriseProjectId'; Type = 'System.String' }
        @{ Name = 'EngineId'; Type = 'System.String' }
        @{ Name = 'Name'; Type = 'System.String' }
        @{ Name = 'TimeoutSec'; Type = 'System.Int32' }
        @{ Name = 'AllowUnencryptedAuthentication'; Type = 'System.Management.Automation.SwitchParameter' }
        @{ Name = 'Verify'; Type = 'System.Management.Automation.SwitchParameter' }
        @{ Name = 'SkipCertificateCheck'; Type = 'System.Management.Automation.SwitchParameter' }
        @{ Name = 'Proxy'; Type = 'System.Uri' }
        @{ Name = 'ProxyCredential'; Type = 'System.Management.Automation.PSCredential' }
    ) {
        $parameters = $sets.Parameters.Where{ $_.Name -eq $Name }
        $parameters.ParameterType.FullName | Select-Object -Unique | Should -BeExactly $Type
    }

    It 'demands the token and its project' {
        foreach ($set in $sets) {
            $set.Parameters.Where{ $_.IsMandatory }.Name | Should -Contain Token
            $set.Parameters.Where{ $_.IsMandatory }.Name | Should -Contain ProjectId
        }
    }

    It 'takes nothing by position and nothing from the pipeline: a secret must not land in the wrong place' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        foreach ($parameter in (Get-Command Connect-Cse).ParameterSets.Parameters.Where{ $_.Name -notin $common }) {
            $parameter.Position | Should -Be ([int]::MinValue) -Because $parameter.Name
            $parameter.ValueFromPipeline -or $parameter.ValueFromPipelineByPropertyName | Should -BeFalse -Because $parameter.Name
        }
    }

    It 'says what it gives' {
        (Get-Command Connect-Cse).OutputType.Name | Should -Be 'CseJobs.CseSession'
    }
}
