BeforeAll {
    $null = Connect-Simulator

    # A new engine whose newest job has a status, and its jobs from new to old.
    function Add-Engine([string] $Status = 'Error', [string] $Scenario) {
        $body = @{ id = "retry-$([guid]::NewGuid())"; name = 'retry-me'; jobs = 3 }
        if ($Scenario) { $body.scenarios = $Scenario }
        $engine = Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines" -Method Post -ContentType application/json -Body ($body | ConvertTo-Json)
        $null = Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines/$($engine.id)/jobs" -Method Post -ContentType application/json -Body (@{ status = $Status; type = 'Upgrade' } | ConvertTo-Json)
        Clear-SimulatorRequest
        Get-SimulatorEngine $engine.id
    }
}

AfterAll {
    # Listed engines would be in the way of other tests.
    Stop-Simulator
    Get-CseSession | Disconnect-Cse
}

Describe 'Restart-CseEngineJob' {
    It 'retries the newest job of <What> and gives the job that runs now' -ForEach @(
        @{ What = 'an id'; Run = { Restart-CseEngineJob $e.id } }
        @{ What = 'an id and its job'; Run = { Restart-CseEngineJob -EngineId $e.id -Id $e.jobs[0].id } }
        @{ What = 'an engine by position'; Run = { Restart-CseEngineJob (Get-CseEngine -Id $e.id) } }
        @{ What = 'a piped engine'; Run = { Get-CseEngine -Id $e.id | Restart-CseEngineJob } }
        @{ What = 'a piped engine from Import-Clixml'; Run = { Copy-ThroughProcess (Get-CseEngine -Id $e.id) | Restart-CseEngineJob } }
        @{ What = 'a row of a CSV of engines'; Run = { Get-CseEngine -Id $e.id | ConvertTo-Csv | ConvertFrom-Csv | Restart-CseEngineJob } }
        @{ What = 'a piped job'; Run = { Get-CseEngineJob $e.id | Where-Object Status -EQ Error | Select-Object -First 1 | Restart-CseEngineJob } }
        @{ What = 'a piped job from Import-Clixml'; Run = { Copy-ThroughProcess (Get-CseEngineJob $e.id -Latest) | Restart-CseEngineJob } }
        @{ What = 'a row of a CSV of jobs'; Run = { Get-CseEngineJob $e.id -Latest | ConvertTo-Csv | ConvertFrom-Csv | Restart-CseEngineJob } }
        @{ What = 'the session''s engine'; Run = { Restart-CseEngineJob -Session (Connect-Simulator -Name own -Scope Runspace -EngineId $e.id) } }
    ) {
        $e = Add-Engine
        $job = & $Run
        if ('own' -in (Get-CseSession).Name) { Disconnect-Cse own; $null = Select-CseSession default }
        $job | Should -BeOfType ([CseJobs.EngineJob])
        $job | Should -HaveCount 1
        $job.Id | Should -Be $e.jobs[0].id
        $job.EngineId | Should -Be $e.id
        $job.Status | Should -Not -Be Error
        Get-Call | Select-Object -Last 3 | Should -Be "GET /$($e.id)", "PUT /$($e.id)/actions", "GET /$($e.id)/jobs/$($job.Id)"
        (Get-SimulatorRequest).Where{ $_.method -eq 'PUT' }.body | Should -BeExactly '{"action":"Retry"}'
    }

    It 'is signed like any other call' {
        $e = Add-Engine
        $session = Connect-Cse -Name signed -Scope Runspace -Endpoint (Get-SimulatorAddress) -ProjectId $Sim.ProjectId -AccessKey $Sim.A.AccessKey -SecretKey $Sim.A.SecretKey
        (Restart-CseEngineJob $e.id -Session $session).Id | Should -Be $e.jobs[0].id
        Disconnect-Cse signed
        $null = Select-CseSession default
    }

    It 'retries each of several engines' {
        $several = (Add-Engine), (Add-Engine)
        (Restart-CseEngineJob $several.id).Id | Should -Be $several.ForEach{ $_.jobs[0].id }
    }

    It 'sends no PUT with -WhatIf' {
        $e = Add-Engine
        Restart-CseEngineJob $e.id -WhatIf | Should -BeNullOrEmpty
        Get-Call | Should -Be "GET /$($e.id)"
    }

    It 'asks where $ConfirmPreference says so: its impact is medium' {
        $attribute = (Get-Command Restart-CseEngineJob).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)
        $attribute.ConfirmImpact | Should -Be Medium
        $attribute.SupportsShouldProcess | Should -BeTrue
        $e = Add-Engine
        $output = Invoke-FreshShell "`$ConfirmPreference = 'Medium'; Restart-CseEngineJob '$($e.id)'"
        $output -join ' ' | Should -BeLike '*NonInteractive*'
        Get-Call | Should -Not -Match '^PUT '
    }

    It 'refuses where the engine offers no retry, and says what it offers: <Status>' -ForEach @(
        @{ Status = 'Finished'; Engine = 'Available'; Offers = 'nothing else' }
        @{ Status = 'Executing'; Engine = 'Upgrading'; Offers = 'nothing else' }
    ) {
        $e = Add-Engine $Status
        Restart-CseEngineJob $e.id -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'RetryNotOffered,CseJobs.Commands.RestartCseEngineJobCommand'
        $problem.TargetObject | Should -Be $e.id
        $problem.Exception.Message | Should -BeLike "*'retry-me' ($($e.id))*its status is $Engine, and it offers $Offers*Nothing was done*"
        Get-Call | Should -Be "GET /$($e.id)"
    }

    It 'refuses a job that is not the newest, for the server would retry another one' {
        $e = Add-Engine
        $jobs = Get-CseEngineJob $e.id
        Clear-SimulatorRequest
        $jobs[0, 2] | Restart-CseEngineJob -ErrorVariable problem -ErrorAction SilentlyContinue | ForEach-Object Id | Should -Be $jobs[0].Id
        $problem.FullyQualifiedErrorId | Should -Be 'NotLatestJob,CseJobs.Commands.RestartCseEngineJobCommand'
        $problem.TargetObject | Should -Be $jobs[2].Id
        $problem.Exception.Message | Should -BeLike "Job $($jobs[2].Id) is not the newest*newest job is $($jobs[0].Id)*"
        (Get-Call).Where{ $_ -eq "PUT /$($e.id)/actions" } | Should -HaveCount 1
    }

    It 'takes no -Id that is no number: <_>' -ForEach 'abc', 'f8ed872c-abdd-4763-81cc-28ccca0e2434', -1, 1.5 {
        { Restart-CseEngineJob any -Id $_ } | Should -Throw -ErrorId '*,CseJobs.Commands.RestartCseEngineJobCommand'
    }

    It 'takes no -Id for several engines' {
        { Restart-CseEngineJob a, b -Id 1 } | Should -Throw -ErrorId 'InvalidArgument,CseJobs.Commands.RestartCseEngineJobCommand'
    }

    It 'needs an engine' {
        { Restart-CseEngineJob } | Should -Throw -ErrorId 'EngineIdMissing,CseJobs.Commands.RestartCseEngineJobCommand'
    }

    It 'does not send the action twice when the connection breaks, and says that it may have taken effect' {
        # The second call is the action.
        $e = Add-Engine -Scenario failonce2
        $session = Connect-Cse -Name patient -Scope Runspace -Endpoint (Get-SimulatorAddress) -ProjectId $Sim.ProjectId -Token $Sim.Token
        Restart-CseEngineJob $e.id -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Disconnect-Cse patient
        $null = Select-CseSession default
        $problem.FullyQualifiedErrorId | Should -Be 'ConnectionFailed,CseJobs.Commands.RestartCseEngineJobCommand'
        $problem.Exception.Message | Should -BeLike '*not sent again, since it may have taken effect all the same.'
        Get-Call | Should -Be "GET /$($e.id)", "PUT /$($e.id)/actions"
    }

    It 'says that the retry was accepted when its job cannot be read' {
        # The third call reads the job.
        $e = Add-Engine -Scenario failonce3
        Restart-CseEngineJob $e.id -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.ErrorDetails.Message | Should -BeLike "The retry was accepted: engine '$($e.id)' runs job $($e.jobs[0].id). Reading that job failed:*"
        $problem.ErrorDetails.RecommendedAction | Should -Be "Do not retry again; look at the job: Get-CseEngineJob $($e.id) -Id $($e.jobs[0].id)"
        $problem.TargetObject | Should -Be $e.jobs[0].id
    }

    It 'goes on after an engine that is not there, and sends nothing more once the session was refused' {
        $e = Add-Engine
        (Restart-CseEngineJob nowhere, 'a/b', $e.id -ErrorVariable problem -ErrorAction SilentlyContinue).EngineId | Should -Be $e.id
        $problem.TargetObject | Should -Be 'nowhere', 'a/b'
        $session = Connect-Simulator -Name refused -Scope Runspace -Token wrong
        Clear-SimulatorRequest
        Restart-CseEngineJob a, b, c -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue
        Disconnect-Cse refused
        $null = Select-CseSession default
        $problem.FullyQualifiedErrorId | Should -Be (@('AuthenticationFailed,CseJobs.Commands.RestartCseEngineJobCommand') * 3)
        Get-SimulatorRequest | Should -HaveCount 1
    }
}
