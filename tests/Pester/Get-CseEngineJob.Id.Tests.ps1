BeforeAll {
    $null = Connect-Simulator
    $server = (Get-SimulatorEngine $Sim.Engine).jobs
    $failed = $server.Where({ $_.status -eq 'Error' }, 'First')[0].id

    function Get-LocalTime($Milliseconds) {
        if ($null -ne $Milliseconds) { [System.DateTimeOffset]::FromUnixTimeMilliseconds($Milliseconds).LocalDateTime }
    }

    function Get-JobPath([string] $Engine, [long] $Id) {
        "/v2/$($Sim.ProjectId)/enginemgr/engines/$Engine/jobs/$Id"
    }

    # Every field of an answer against the property of the same name.
    function Assert-Field([object] $Actual, [object] $Json, [string[]] $Except = @()) {
        foreach ($field in $Json.PSObject.Properties.Where{ $_.Name -notin $Except }) {
            $value = $Actual.($field.Name)
            $expected = switch ($field.Name) {
                { $_ -like '*Time' } { Get-LocalTime $field.Value }
                'scheduling' { $field.Value -eq 1 }
                'taskExecutorBrief' { $field.Value.description }
                default { $field.Value }
            }
            if ($field.Name -eq 'taskExecutorBrief') {
                $value.Duration.TotalMilliseconds | Should -Be $field.Value.duration -Because $field.Name
                $value = $value.Description
            }
            $value | Should -Be $expected -Because $field.Name
        }
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob -Id' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'reads the job of the specification field for field' {
        $job = Get-CseEngineJob $Sim.SeedEngine -Id 12339
        $job.Id | Should -Be 12339
        $job.EngineId | Should -BeExactly 'ad76972c-a743-4770-859c-c98a680f4d98'
        "$($job.Type)" | Should -BeExactly 'Create'
        $job.TypeText | Should -BeExactly 'Create'
        $job.Description | Should -BeExactly ''
        "$($job.Status)" | Should -BeExactly 'Finished'
        $job.StatusText | Should -BeExactly 'Finished'
        $job.Scheduling | Should -BeExactly $false
        $job.CreateUser | Should -BeExactly 'test'
        $job.StartTime.ToUniversalTime() | Should -Be ([datetime]::new(2021, 11, 10, 10, 28, 15, 901))
        $job.EndTime.ToUniversalTime() | Should -Be ([datetime]::new(2021, 11, 10, 10, 34, 20, 230))
        $job.Duration | Should -Be ([timespan]'00:06:04.329')
        $job.Context | Should -BeExactly ''
        $job.AdditionalProperties.Count | Should -Be 0

        $job.Phases | Should -HaveCount 1
        $phase = $job.Phases[0]
        $phase.TaskName | Should -BeExactly 'resourcePrepare'
        $phase.TaskNames | Should -BeExactly 'TenantTaskExecutor'
        "$($phase.Status)" | Should -BeExactly 'Finished'
        $phase.StartTime.ToUniversalTime() | Should -Be ([datetime]::new(2021, 11, 10, 10, 28, 20, 216))
        $phase.EndTime.ToUniversalTime() | Should -Be ([datetime]::new(2021, 11, 10, 10, 28, 30, 215))
        $phase.Duration | Should -Be ([timespan]'00:00:09.999')
        $phase.TaskExecutorBrief.Duration | Should -Be ([timespan]'00:01:00')
        $phase.TaskExecutorBrief.Description | Should -BeExactly 'Resource preparation'

        $phase.Tasks | Should -HaveCount 1
        $job.Tasks | Should -HaveCount 1
        foreach ($task in $phase.Tasks[0], $job.Tasks[0]) {
            $task.JobId | Should -Be 12339
            $task.Id | Should -Be 89117
            "$($task.Type)" | Should -BeExactly 'Create'
            $task.Assigned | Should -BeExactly ''
            $task.TaskName | Should -BeExactly 'TenantTaskExecutor'
            $task.EngineName | Should -BeExactly 'test'
            $task.TaskOrder | Should -Be 0
            "$($task.Status)" | Should -BeExactly 'Init'
            $task.StartTime.ToUniversalTime() | Should -Be ([datetime]::new(2021, 11, 10, 10, 28, 20, 216))
            $task.EndTime.ToUniversalTime() | Should -Be ([datetime]::new(2021, 11, 10, 10, 28, 30, 215))
            $task.CreateTime.ToUniversalTime() | Should -Be ([datetime]::new(2021, 11, 10, 10, 28, 15, 910))
            $task.UpdateTime.ToUniversalTime() | Should -Be ([datetime]::new(2021, 11, 10, 10, 28, 30, 230))
            $task.Timeout | Should -Be -1
            $task.Log | Should -BeExactly ''
            $task.Output | Should -BeExactly '{}'
            $task.TaskExecutorBrief.Duration | Should -Be ([timespan]'00:01:00')
            $task.TaskExecutorBrief.Description | Should -BeExactly 'Tenant processing'
        }
    }

    It 'lists the job of the specification''s list field for field' {
        $job = Get-CseEngineJob $Sim.SeedEngine -WarningAction SilentlyContinue
        $job.Id | Should -Be 12339
        $job.Context | Should -BeExactly 'string'
        $job.Phases | Should -BeNullOrEmpty
        $job.Tasks | Should -HaveCount 1
        $job.Tasks[0].Assigned | Should -BeExactly 'string'
        $job.Tasks[0].Log | Should -BeExactly 'string'
        $job.Tasks[0].TaskExecutorBrief.Duration | Should -Be ([timespan]'00:00:06')
    }

    It 'has every field of the answer, of its phases and of their sub-jobs' {
        $json = Get-SimulatorAnswer "$($Sim.Engine)/jobs/$failed" | ConvertFrom-Json
        $job = Get-CseEngineJob $Sim.Engine -Id $failed
        Assert-Field $job $json -Except tasks
        $job.Phases.Count | Should -BeGreaterThan 1
        $job.Phases | Should -HaveCount $json.tasks.Count
        for ($p = 0; $p -lt $json.tasks.Count; $p++) {
            Assert-Field $job.Phases[$p] $json.tasks[$p] -Except tasks
            $job.Phases[$p].Tasks | Should -HaveCount $json.tasks[$p].tasks.Count
            for ($t = 0; $t -lt $json.tasks[$p].tasks.Count; $t++) {
                Assert-Field $job.Phases[$p].Tasks[$t] $json.tasks[$p].tasks[$t]
            }
        }
    }

    It 'has all sub-jobs flat in Tasks, in order of execution' {
        $json = Get-SimulatorAnswer "$($Sim.Engine)/jobs/$failed" | ConvertFrom-Json
        $expected = $json.tasks.tasks | Sort-Object taskOrder
        $job = Get-CseEngineJob $Sim.Engine -Id $failed
        $job.Tasks.Id | Should -Be $expected.id
        $job.Tasks.TaskOrder | Should -Be (0..($expected.Count - 1))
    }

    It 'makes one request, for that job, without a query' {
        $null = Get-CseEngineJob $Sim.Engine -Id $failed
        $request = Get-SimulatorRequest
        $request | Should -HaveCount 1
        $request.path | Should -BeExactly (Get-JobPath $Sim.Engine $failed)
        $request.rawQuery | Should -BeExactly ''
        $request.headers.Accept | Should -BeExactly 'application/json'
        $request.headers.'Content-Type' | Should -BeExactly 'application/json;charset=UTF-8'
    }

    It 'reads several jobs in the order given' {
        $ids = $server[7, 3, 11].id
        (Get-CseEngineJob $Sim.Engine -Id $ids).Id | Should -Be $ids
    }

    It 'is streaming with -ThrottleLimit 1: the first job is out before the second is asked for' {
        $requests = Get-CseEngineJob $Sim.Engine -Id $server[0, 1, 2].id -ThrottleLimit 1 | ForEach-Object { @(Get-SimulatorRequest).Count }
        $requests | Should -Be 1, 2, 3
    }

    It 'reports a job that does not exist, and reads the others: <How>' -ForEach @(
        @{ How = 'ids as an argument'; Read = { Get-CseEngineJob $Sim.Engine -Id $args[0] -ErrorVariable script:problem -ErrorAction SilentlyContinue } }
        @{ How = 'ids from the pipeline'; Read = { $args[0] | Get-CseEngineJob -EngineId $Sim.Engine -ErrorVariable script:problem -ErrorAction SilentlyContinue } }
    ) {
        $ids = $server[0].id, 1, $server[1].id
        (& $Read $ids).Id | Should -Be $server[0, 1].id
        $script:problem | Should -HaveCount 1
        $script:problem[0].FullyQualifiedErrorId | Should -BeExactly 'JobNotFound,CseJobs.Commands.GetCseEngineJobCommand'
        $script:problem[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $script:problem[0].TargetObject | Should -Be 1
        $script:problem[0].TargetObject | Should -BeOfType ([long])
        $script:problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-CseEngineJob*'
        "$($script:problem[0])" | Should -BeLike "*'$($Sim.Engine)'*job 1*"
    }

    It 'stops at a job that does not exist with -ErrorAction Stop' {
        { Get-CseEngineJob $Sim.Engine -Id 1, $server[0].id -ThrottleLimit 1 -ErrorAction Stop } | Should -Throw -ErrorId 'JobNotFound,*'
        Get-SimulatorRequest | Should -HaveCount 1
    }

    It 'names the engine when that does not exist' {
        $null = Get-CseEngineJob nobody -Id 5 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -BeExactly 'EngineNotFound,CseJobs.Commands.GetCseEngineJobCommand'
        $problem.TargetObject | Should -BeExactly 'nobody'
    }

    It 'takes the session''s engine when none is named' {
        $other = Connect-Simulator -Name other -EngineId $Sim.SeedEngine
        (Get-CseEngineJob -Id 12339 -Session $other).EngineId | Should -BeExactly $Sim.SeedEngine
    }

    It 'refuses <What> before sending' -ForEach @(
        @{ What = 'several engines'; Read = { Get-CseEngineJob sim-jobs3, sim-jobs4 -Id 5 }; Id = 'InvalidArgument,*'; Says = '*several*' }
        @{ What = 'no engine at all'; Read = { Get-CseEngineJob -Id 5 -Session (Connect-Simulator -Name none) }; Id = 'EngineIdMissing,*'; Says = '*' }
        @{ What = '-First'; Read = { Get-CseEngineJob sim-jobs3 -Id 5 -First 1 }; Id = 'InvalidArgument,*'; Says = '*-First*-Id*' }
        @{ What = '-IncludeTotalCount'; Read = { Get-CseEngineJob sim-jobs3 -Id 5 -IncludeTotalCount }; Id = 'InvalidArgument,*'; Says = '*-IncludeTotalCount*-Id*' }
        @{ What = '-Status'; Read = { Get-CseEngineJob sim-jobs3 -Id 5 -Status Error }; Id = 'AmbiguousParameterSet,*'; Says = '*' }
        @{ What = '-From'; Read = { Get-CseEngineJob sim-jobs3 -Id 5 -From today }; Id = 'AmbiguousParameterSet,*'; Says = '*' }
        @{ What = 'a word as an id'; Read = { Get-CseEngineJob sim-jobs3 -Id abc }; Id = 'ParameterArgumentTransformationError,*'; Says = '*abc*whole number*' }
        @{ What = 'a negative number as an id'; Read = { Get-CseEngineJob sim-jobs3 -Id -5 }; Id = 'ParameterArgumentTransformationError,*'; Says = '*-5*whole number*' }
        @{ What = 'an empty list of ids'; Read = { Get-CseEngineJob sim-jobs3 -Id @() }; Id = 'ParameterArgumentValidationError,*'; Says = '*Id*' }
    ) {
        $Read | Should -Throw -ErrorId $Id -ExpectedMessage $Says
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }
}
