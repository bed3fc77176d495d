BeforeAll {
    # Of its own: other tests add engines to the common one.
    $simulator = Start-OwnSimulator --engines 12
    $base = $simulator.Address
    $null = Connect-Cse -Endpoint $base -ProjectId $Sim.ProjectId -Token $Sim.Token -MaximumRetryCount 0
    $server = Invoke-RestMethod "${base}_sim/engines" | ForEach-Object { $_ }
    $engines = Get-CseEngine

    function Add-Engine([hashtable] $Engine) {
        Invoke-RestMethod "${base}_sim/engines" -Method Post -ContentType application/json -Body ($Engine | ConvertTo-Json)
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
    $simulator.Process.StandardInput.Close()
}

Describe 'Get-CseEngine' {
    BeforeEach {
        $null = Invoke-RestMethod "${base}_sim/requests" -Method Delete
    }

    Context 'A list' {
        It 'has all engines, in the server''s order' {
            (Get-CseEngine).Id | Should -Be $server.id
            Get-Call $base | Should -Be 'GET ?offset=0&limit=100'
        }

        It 'finds the engines of <Name>' -ForEach @(
            @{ Name = 'prod-orders'; Found = @('prod-orders') }
            @{ Name = 'PROD-Orders'; Found = @('prod-orders') }
            @{ Name = 'prod-*'; Found = 'prod-orders', 'prod-payments', 'prod-inventory' }
            @{ Name = 'PROD-[op]*'; Found = 'prod-orders', 'prod-payments' }
            @{ Name = 'test-orders', 'prod-*'; Found = 'prod-orders', 'prod-payments', 'prod-inventory', 'test-orders' }
            @{ Name = 'prod-*', '*-orders'; Found = 'prod-orders', 'prod-payments', 'prod-inventory', 'test-orders' }
            @{ Name = '生产*'; Found = @('生产网关') }
        ) {
            Get-CseEngine $Name -ErrorVariable problem | ForEach-Object Name | Should -Be $Found
            $problem | Should -BeNullOrEmpty
            Get-Call $base | Should -HaveCount 1
        }

        It 'says which name there is not, and gives the others' {
            (Get-CseEngine -Name nowhere, prod-orders, Nothing -ErrorVariable problem -ErrorAction SilentlyContinue).Name | Should -Be 'prod-orders'
            $problem.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.GetCseEngineCommand', 'EngineNotFound,CseJobs.Commands.GetCseEngineCommand'
            $problem.TargetObject | Should -Be 'nowhere', 'Nothing'
            $problem[0].CategoryInfo.Category | Should -Be ObjectNotFound
            $problem[0].Exception.Message | Should -BeLike "*'nowhere' in project $($Sim.ProjectId)*"
        }

        It 'finds by <Name> no engine whose name only looks like it' -ForEach @(
            @{ Name = 'zero-new'; Like = "zero`u{200B}-new" }
            @{ Name = 'zero-same*'; Like = "ze`u{AD}ro-same" }
            @{ Name = 'zero`[1`]'; Like = "zero`u{200B}[1]"; Self = 'zero[1]' }
        ) {
            $null = Add-Engine @{ name = $Like }
            $null = Add-Engine @{ name = $Self ?? $Name.TrimEnd('*') }
            (Get-CseEngine $Name).Name | Should -BeExactly ($Self ?? $Name.TrimEnd('*'))
        }

        It 'is silent about a pattern that nothing matches' {
            Get-CseEngine 'nowhere-*' -ErrorVariable problem | Should -BeNullOrEmpty
            $problem | Should -BeNullOrEmpty
        }

        It 'takes what is no valid pattern for a name: <_>' -ForEach 'a[', '[z-a]' {
            Get-CseEngine $_, prod-orders -ErrorVariable problem -ErrorAction SilentlyContinue | ForEach-Object Name | Should -Be prod-orders
            $problem.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.GetCseEngineCommand'
            $problem.TargetObject | Should -Be $_
        }

        It 'hints at -Id where a name is an id' {
            Get-CseEngine $Sim.Engine -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem.Exception.Message | Should -BeLike '*pass it with -Id*'
        }

        It 'leaves the kind to the server, as it spells it: <Type>' -ForEach @(
            @{ Type = 'nacos'; Sent = 'Nacos'; Found = @('shared-registry') }
            @{ Type = 'MicroGateway'; Sent = 'MicroGateway'; Found = 'test-gateway', '生产网关' }
        ) {
            (Get-CseEngine -Type $Type).Name | Should -Be $Found
            Get-Call $base | Should -Be "GET ?offset=0&limit=100&type=$Sent"
        }

        It 'knows the kinds and takes no other' {
            { Get-CseEngine -Type Kafka } | Should -Throw -ErrorId 'ParameterArgumentValidationError,CseJobs.Commands.GetCseEngineCommand'
            (TabExpansion2 'Get-CseEngine -Type ').CompletionMatches.CompletionText | Should -Be 'ALL', 'CSE', 'MicroGateway', 'Nacos'
            Get-Call $base | Should -BeNullOrEmpty
        }
    }

    Context 'Pages' {
        It 'come one by one, and no more than are wanted' {
            $many = Start-OwnSimulator --engines 250
            try {
                $session = Connect-Cse -Name many -Endpoint $many.Address -ProjectId $Sim.ProjectId -Token $Sim.Token
                Get-CseEngine -Session $session | Select-Object -First 3 | Should -HaveCount 3
                @(Invoke-RestMethod "$($many.Address)_sim/requests" | ForEach-Object { $_ }) | Should -HaveCount 1
                (Get-CseEngine -Session $session).Id | Should -Be (Invoke-RestMethod "$($many.Address)_sim/engines" | ForEach-Object { $_ }).id
            }
            finally {
                Disconnect-Cse many
                $null = Select-CseSession default
                $many.Process.StandardInput.Close()
            }
        }
    }

    Context 'By id' {
        It 'reads each engine' {
            $found = Get-CseEngine -Id $engines[3].Id, $engines[2].Id
            $found.Name | Should -Be $engines[3, 2].Name
            $found.ProjectId | Should -Be $Sim.ProjectId, $Sim.ProjectId
            Get-Call $base | Should -Be "GET /$($engines[3].Id)", "GET /$($engines[2].Id)"
        }

        It 'takes an engine for its id' {
            (Get-CseEngine -Id $engines[2]).Name | Should -Be $engines[2].Name
            Get-Call $base | Should -Be "GET /$($engines[2].Id)"
        }

        It 'reads the engine of <What>' -ForEach @(
            @{ What = 'jobs'; Pipe = { Get-CseEngineJob $engines[2].Id -First 1 } }
            @{ What = 'jobs from Import-Clixml'; Pipe = { Copy-ThroughProcess (Get-CseEngineJob $engines[2].Id -First 1) } }
            @{ What = 'rows of a CSV of jobs'; Pipe = { Get-CseEngineJob $engines[2].Id -First 1 | Select-Object Id, EngineId, Status | ConvertTo-Csv | ConvertFrom-Csv } }
            @{ What = 'engines'; Pipe = { $engines[2] } }
            @{ What = 'engines from Import-Clixml'; Pipe = { Copy-ThroughProcess $engines[2] } }
            @{ What = 'what Select-Object makes of engines'; Pipe = { $engines[2] | Select-Object EngineId, Name } }
        ) {
            $piped = & $Pipe
            $null = Invoke-RestMethod "${base}_sim/requests" -Method Delete
            ($piped | Get-CseEngine).Name | Should -Be $engines[2].Name
            Get-Call $base | Should -Be "GET /$($engines[2].Id)"
        }

        It 'goes on after an engine that is not there or cannot be' {
            (Get-CseEngine -Id nowhere, 'a/b', $engines[2].Id -ErrorVariable problem -ErrorAction SilentlyContinue).Id | Should -Be $engines[2].Id
            $problem.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.GetCseEngineCommand', 'InvalidArgument,CseJobs.Commands.GetCseEngineCommand'
            $problem.TargetObject | Should -Be 'nowhere', 'a/b'
            Get-Call $base | Should -Be 'GET /nowhere', "GET /$($engines[2].Id)"
        }

        It 'sends nothing more once the session was refused, and names each engine' {
            $session = Connect-Cse -Name refused -Endpoint $base -ProjectId $Sim.ProjectId -Token wrong
            'a', 'b', 'c' | ForEach-Object { [pscustomobject]@{ EngineId = $_ } } | Get-CseEngine -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue
            Disconnect-Cse refused
            $null = Select-CseSession default
            $problem.FullyQualifiedErrorId | Select-Object -Unique | Should -Be 'AuthenticationFailed,CseJobs.Commands.GetCseEngineCommand'
            $problem.TargetObject | Should -Be 'a', 'b', 'c'
            $problem.Exception.EngineId | Should -Be 'a', 'b', 'c'
            Get-Call $base | Should -HaveCount 1
        }
    }

    It 'writes a verbose line for each request' {
        $lines = Get-CseEngine -Id $engines[0].Id -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $lines | Should -HaveCount 1
        $lines[0].Message | Should -BeLike "GET /v2/$($Sim.ProjectId)/enginemgr/engines/$($engines[0].Id) -> 200 in *"
    }

    It 'stops at once on Ctrl+C' {
        $shell = New-ModuleShell
        try {
            $session = Connect-Cse -Name stopped -Scope Runspace -Endpoint $base -ProjectId $Sim.ProjectId -Token $Sim.Token -TimeoutSec 3600 -OperationTimeoutSec 3600
            $null = $shell.AddCommand('Get-CseEngine').AddParameters(@{ Id = 'sim-jobs1-latency600000'; Session = $session })
            $null = $shell.BeginInvoke()
            Wait-Until { 'GET /sim-jobs1-latency600000' -in (Get-Call $base) } | Should -BeTrue
            # The answer would come ten minutes later.
            Stop-Shell $shell | Should -Be Stopped
            $shell.Streams.Error | Should -BeNullOrEmpty
            Wait-Until { (Invoke-RestMethod "${base}_sim/stats").requestsUnderWay -eq 0 } | Should -BeTrue
        }
        finally {
            Remove-ModuleShell $shell
            Disconnect-Cse stopped
            $null = Select-CseSession default
        }
    }
}

Describe 'Engines in the pipeline to Get-CseEngineJob' {
    BeforeEach {
        $null = Invoke-RestMethod "${base}_sim/requests" -Method Delete
    }

    It 'lists the jobs of <What>' -ForEach @(
        @{ What = 'engines'; Pipe = { $engines[2, 3] | Get-CseEngineJob } }
        @{ What = 'engines by position'; Pipe = { Get-CseEngineJob $engines[2, 3] } }
        @{ What = 'engines read by id'; Pipe = { Get-CseEngine -Id $engines[2, 3].Id | Get-CseEngineJob } }
        @{ What = 'engines from Import-Clixml'; Pipe = { Copy-ThroughProcess $engines[2, 3] | Get-CseEngineJob } }
        @{ What = 'what Select-Object * makes of engines'; Pipe = { $engines[2, 3] | Select-Object * | Get-CseEngineJob } }
        @{ What = 'rows of a CSV of engines'; Pipe = { $engines[2, 3] | ConvertTo-Csv | ConvertFrom-Csv | Get-CseEngineJob } }
    ) {
        $jobs = & $Pipe
        $jobs.EngineId | Select-Object -Unique | Should -Be $engines[2, 3].Id
        # Which of two that are begun at once goes first is left open.
        Get-Call $base | Where-Object { $_ -like '*/jobs*' } | Sort-Object | Should -Be ($engines[2, 3].Id | ForEach-Object { "GET /$_/jobs?offset=0&limit=100" } | Sort-Object)
    }

    It 'finds what has failed on engines of a name' {
        $failed = Get-CseEngine prod-* | Get-CseEngineJob -From 2020-01-01 | Where-Object Status -EQ Error
        $failed | Should -Not -BeNullOrEmpty
        $failed.EngineId | Select-Object -Unique | Should -Be $engines.Where{ $_.Name -eq 'prod-inventory' }.Id
    }

    It 'gives the newest job of <What>, and asks for no more than that' -ForEach @(
        @{ What = 'engines'; Pipe = { $engines[2, 3] | Get-CseEngineJob -Latest }; Details = $false }
        @{ What = 'engines from Import-Clixml'; Pipe = { Copy-ThroughProcess $engines[2, 3] | Get-CseEngineJob -Latest }; Details = $false }
        @{ What = 'rows of a CSV of engines'; Pipe = { $engines[2, 3] | ConvertTo-Csv | ConvertFrom-Csv | Get-CseEngineJob -Latest }; Details = $false }
        @{ What = 'ids'; Pipe = { $engines[2, 3].Id | Get-CseEngineJob -Latest }; Details = $true }
        @{ What = 'ids by position'; Pipe = { Get-CseEngineJob $engines[2, 3].Id -Latest }; Details = $true }
        @{ What = 'engines, two at once'; Pipe = { $engines[2, 3] | Get-CseEngineJob -Latest -ThrottleLimit 2 }; Details = $false }
    ) {
        $jobs = & $Pipe
        $jobs.Id | Should -Be $engines[2, 3].LatestJobId
        $jobs.EngineId | Should -Be $engines[2, 3].Id
        $jobs[0].Phases.Count | Should -BeGreaterThan 0
        $expected = foreach ($engine in $engines[2, 3]) {
            if ($Details) { "GET /$($engine.Id)" }
            "GET /$($engine.Id)/jobs/$($engine.LatestJobId)"
        }
        Get-Call $base | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'gives the newest jobs of a state or type' {
        $failed = Get-CseEngine | Get-CseEngineJob -Latest -Status Error
        $failed.EngineId | Should -Be $engines.Where{ $_.Name -in 'prod-inventory', 'legacy-billing' }.Id
        ($engines | Get-CseEngineJob -Latest -Type Delete).EngineId | Should -Be $engines.Where{ $_.Name -eq 'legacy-billing' }.Id
    }

    It 'gives nothing and no error for an engine without jobs: <What>' -ForEach @(
        @{ What = 'an engine'; Pipe = { Get-CseEngine -Id $empty.id | Get-CseEngineJob -Latest } }
        @{ What = 'its id'; Pipe = { Get-CseEngineJob $empty.id -Latest } }
        @{ What = 'a row of a CSV'; Pipe = { Get-CseEngine -Id $empty.id | ConvertTo-Csv | ConvertFrom-Csv | Get-CseEngineJob -Latest } }
    ) {
        $empty = Add-Engine @{ id = "empty-$([guid]::NewGuid())"; name = 'empty'; jobs = 0 }
        & $Pipe 2>&1 | Should -BeNullOrEmpty
    }

    It 'says which engine there is not' {
        'nowhere', $engines[2].Id | Get-CseEngineJob -Latest -ErrorVariable problem -ErrorAction SilentlyContinue | ForEach-Object Id | Should -Be $engines[2].LatestJobId
        $problem.TargetObject | Should -Be 'nowhere'
        $problem.FullyQualifiedErrorId | Should -Be 'EngineNotFound,CseJobs.Commands.GetCseEngineJobCommand'
    }

    It 'offers nobody the parameter by which a piped engine tells its newest job' {
        $offered = (TabExpansion2 'Get-CseEngineJob e -Latest -').CompletionMatches.CompletionText
        $offered | Should -Contain '-Status'
        $offered | Should -Not -Contain '-LatestJobId'
    }

    It 'refuses what says nothing of newest jobs' {
        { Get-CseEngineJob $engines[2].Id -Latest -First 1 } | Should -Throw -ErrorId 'InvalidArgument,CseJobs.Commands.GetCseEngineJobCommand'
        { Get-CseEngineJob $engines[2].Id -Latest -From -1d } | Should -Throw -ErrorId 'InvalidArgument,CseJobs.Commands.GetCseEngineJobCommand'
        { Get-CseEngineJob $engines[2].Id -Latest -PageSize 10 } | Should -Throw -ErrorId 'InvalidArgument,CseJobs.Commands.GetCseEngineJobCommand'
        { Get-CseEngineJob $engines[2].Id -Latest -Id 1 } | Should -Throw -ErrorId 'AmbiguousParameterSet,CseJobs.Commands.GetCseEngineJobCommand'
        Get-Call $base | Should -BeNullOrEmpty
    }

    It 'gives the newest job also where $PSDefaultParameterValues has a page size for lists' {
        $PSDefaultParameterValues = @{ 'Get-CseEngineJob:PageSize' = 50 }
        (Get-CseEngineJob $engines[2].Id -Latest).Id | Should -Be $engines[2].LatestJobId
    }
}

Describe 'The views of engines' {
    It 'has names, states, kinds and whole ids at <_> characters' -ForEach 79, 80 {
        $lines = Get-Line $engines $_
        $lines[0] | Should -BeExactly 'Name               Status        Type      Id'
        $lines | Should -HaveCount (2 + $engines.Count)
        for ($i = 0; $i -lt $engines.Count; $i++) { $lines[$i + 2] | Should -BeLike "* $($engines[$i].Id)" }
        $lines[2 + 5] | Should -BeLike 'prod-inventory     UpgradeFailed CSE       *'
    }

    It 'has all columns at 120 characters' {
        $lines = Get-Line $engines 120
        $lines[0] | Should -BeExactly 'Name               Status        Type      Id                                   Version     Instances LatestJob'
        $e = $engines[5]
        $lines[2 + 5] | Should -BeExactly ("prod-inventory     UpgradeFailed CSE       $($e.Id) {0,-9} {1,11} {2}" -f '2.3.4 +', "$($e.UsedInstance)/$($e.TotalInstance)", $e.LatestJobId)
    }

    It 'keeps within <_> characters' -ForEach 79, 80, 100, 113, 120, 200 {
        $width = $_
        (Get-Line $engines $width).Where{ $_.Length -gt $width } | Should -BeNullOrEmpty
    }

    It 'has the same table for engines from Import-Clixml' {
        Get-Line (Copy-ThroughProcess $engines) | Should -BeExactly (Get-Line $engines)
    }

    It 'has every field in the list view, also of engines from Import-Clixml' {
        $expected = @([CseJobs.Engine].GetProperties().Name | Where-Object { $_ -ne 'EngineId' }) + 'Session' | Sort-Object
        foreach ($engine in $engines[2], (Copy-ThroughProcess $engines[2])) {
            Get-Line ($engine | Format-List) 300 | ForEach-Object { if ($_ -match '^(\w+)\s*:') { $Matches[1] } } | Sort-Object | Should -Be $expected
        }
    }

    It 'paints <Status> in the colour of a job that is <Like>' -ForEach @(
        @{ Status = 'Available'; Like = 'Finished' }
        @{ Status = 'UpgradeFailed'; Like = 'Error' }
        @{ Status = 'Unavailable'; Like = 'Error' }
        @{ Status = 'Creating'; Like = 'Executing' }
        @{ Status = 'Freezed'; Like = 'Init' }
        @{ Status = 'Sleeping'; Like = 'Unknown' }
    ) {
        $palette = [CseJobs.Formatting.ViewProperties].Assembly.GetType('CseJobs.Formatting.Palette').GetMethod('Paint')
        [CseJobs.Formatting.ViewProperties]::EngineStatus([pscustomobject]@{ Status = $Status }) | Should -BeExactly $palette.Invoke($null, @([CseJobs.JobStatus]$Like, $Status))
    }
}
