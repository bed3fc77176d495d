BeforeAll {
    $null = Connect-Simulator
    $server = (Get-SimulatorEngine $Sim.Engine).jobs
    $failed = $server.Where{ $_.status -in 'Error', 'Timeout' }

    # The log of the sub-job that failed, as the server has it.
    function Get-ServerLog([string] $Engine, [long] $Id) {
        $job = Get-SimulatorAnswer "$Engine/jobs/$Id" | ConvertFrom-Json
        ($job.tasks.tasks.Where{ $_.status -in 'Error', 'Timeout' }.log -join "`n") -split "`n"
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob -Failed' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'gives the jobs that ended in Error or Timeout, and no others' {
        $jobs = Get-CseEngineJob $Sim.Engine -Failed
        $jobs.Id | Should -Be $failed.id
        $jobs.StatusText | Sort-Object -Unique | Should -Be Error, Timeout
        $jobs.Id | Should -Be (Get-CseEngineJob $Sim.Engine -Status Error, Timeout).Id
    }

    It 'goes with -First, -Type and a window' {
        (Get-CseEngineJob $Sim.Engine -Failed -First 2).Id | Should -Be $failed[0, 1].id
        $expected = $failed.Where{ $_.type -eq 'Upgrade' -and $_.startTime -ge 1790812800000 }.id
        $expected.Count | Should -BeGreaterThan 1
        (Get-CseEngineJob $Sim.Engine -Failed -Type Upgrade -From 2026-10-01T00:00:00Z).Id | Should -Be $expected
    }

    It 'makes the server''s count an estimate' {
        @(Get-CseEngineJob $Sim.Engine -Failed -First 1 -IncludeTotalCount)[0].Accuracy | Should -Be 0
    }

    It 'chooses among the newest jobs with -Latest' {
        $engines = 'Error', 'Timeout', 'Finished' | ForEach-Object {
            $engine = New-Engine jobs3
            Set-JobStatus $engine (Get-SimulatorEngine $engine).jobs[0].id $_
            $engine
        }
        $jobs = Get-CseEngineJob $engines -Latest -Failed
        $jobs.EngineId | Should -Be $engines[0, 1]
        $jobs.StatusText | Should -Be Error, Timeout
    }

    It 'is refused together with -Status, before sending: <What>' -ForEach @(
        @{ What = 'a list'; Call = { Get-CseEngineJob sim-jobs3 -Failed -Status Finished } }
        @{ What = 'the newest'; Call = { Get-CseEngineJob sim-jobs3 -Failed -Status Error -Latest } }
    ) {
        $problem = Get-Refusal $Call
        "$problem" | Should -Be '-Failed is short for -Status Error, Timeout. Leave out one of them.'
        $problem.FullyQualifiedErrorId | Should -Be 'InvalidArgument,CseJobs.Commands.GetCseEngineJobCommand'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'holds against a default of the other one, and is nothing as $false' {
        $PSDefaultParameterValues = @{ 'Get-CseEngineJob:Status' = 'Finished' }
        (Get-CseEngineJob $Sim.Engine -Failed -First 3).Id | Should -Be $failed[0..2].id
        $PSDefaultParameterValues = @{ 'Get-CseEngineJob:Failed' = $true }
        (Get-CseEngineJob $Sim.Engine -Status Finished -First 3).Id | Should -Be $server.Where({ $_.status -eq 'Finished' }, 'First', 3).id
        (Get-CseEngineJob $Sim.Engine -First 3).Id | Should -Be $failed[0..2].id
        (Get-CseEngineJob $Sim.Engine -Failed:$false -Status Finished -First 3).Id | Should -Be $server.Where({ $_.status -eq 'Finished' }, 'First', 3).id
    }

    It 'is refused for a job in the pipeline' {
        $server[0] | Select-Object id, @{ n = 'EngineId'; e = { $Sim.Engine } } | Get-CseEngineJob -Failed -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeLike '-Failed applies to engines and the lists of their jobs, but in the pipeline is job *'
    }
}

Describe 'Get-CseEngineJob -Log' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'gives the whole log of the sub-job that failed as lines of text: <Status>' -ForEach @{ Status = 'Error' }, @{ Status = 'Timeout' } {
        $id = $failed.Where({ $_.status -eq $Status }, 'First')[0].id
        $lines = Get-CseEngineJob $Sim.Engine -Id $id -Log
        Get-Call | Should -Be "GET /$($Sim.Engine)/jobs/$id"
        $lines | Should -Be (Get-ServerLog $Sim.Engine $id)
        $lines.Count | Should -BeGreaterThan 2
        $lines | Should -BeOfType ([string])
        ($lines | Select-String 'ERROR').Line | Should -Be $lines[-1]
    }

    It 'reads the details of listed jobs for it, in their order' {
        $lines = Get-CseEngineJob $Sim.Engine -Failed -First 3 | Get-CseEngineJob -Log -ThrottleLimit 3
        $lines | Should -Be ($failed[0..2].id | ForEach-Object { Get-ServerLog $Sim.Engine $_ })
    }

    It 'takes the newest job of each engine with -Latest' {
        $engine = New-Engine jobs3-fails2
        $id = Get-LiveId $engine
        $null = Wait-Until { (Get-CseEngineJob $engine -Latest).StatusText -eq 'Error' }
        Get-CseEngineJob $engine -Latest -Failed -Log | Should -Be (Get-ServerLog $engine $id)
    }

    It 'gives nothing of a job that went well, and says so with -Verbose' {
        $id = $server.Where({ $_.status -eq 'Finished' }, 'First')[0].id
        Get-CseEngineJob $Sim.Engine -Id $id -Log | Should -BeNullOrEmpty
        "$(Get-CseEngineJob $Sim.Engine -Id $id -Log -Verbose 4>&1)" | Should -BeLike "*Job $id (Finished) has no sub-job that failed or runs and has a log. Its Tasks hold the logs of all."
    }

    It 'goes on after a job that is not there' {
        $lines = Get-CseEngineJob $Sim.Engine -Id 1, $failed[0].id -Log -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -Be 'JobNotFound,CseJobs.Commands.GetCseEngineJobCommand'
        $lines | Should -Be (Get-ServerLog $Sim.Engine $failed[0].id)
    }

    It 'is refused for a list, before sending: <What>' -ForEach @(
        @{ What = 'one engine'; Call = { Get-CseEngineJob sim-jobs3 -Log -ErrorAction Stop } }
        @{ What = 'its failed jobs'; Call = { Get-CseEngineJob sim-jobs3 -Failed -Log -ErrorAction Stop } }
        @{ What = 'an engine in the pipeline'; Call = { 'sim-jobs3' | Get-CseEngineJob -Log -ErrorAction Stop } }
    ) {
        "$(Get-Refusal $Call)" | Should -BeLike '*-Log reads the logs of single jobs. Pass -Id or -Latest, or pipe the jobs in: … | Get-CseEngineJob -Log*'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'is refused with parameters of lists: <What>' -ForEach @(
        @{ What = '-First'; Call = { Get-CseEngineJob sim-jobs3 -Id 1 -Log -First 1 }; Says = '-First applies to a list of jobs; it cannot be combined with -Id.' }
        @{ What = '-From'; Call = { [pscustomobject]@{ EngineId = 'sim-jobs3'; Id = 1 } | Get-CseEngineJob -Log -From -1d -ErrorAction Stop }; Says = '*-From applies to engines and the lists of their jobs, but in the pipeline is job 1.*' }
        @{ What = '-EndedAfter'; Call = { Get-CseEngineJob sim-jobs3 -Latest -Log -EndedAfter -1d }; Says = '-EndedAfter applies to a list of jobs; it cannot be combined with -Latest*' }
    ) {
        "$(Get-Refusal $Call)" | Should -BeLike $Says
        Get-Call | Should -BeNullOrEmpty
    }
}
