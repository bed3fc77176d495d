Describe 'A session that is refused' {
    BeforeAll {
        $key = @{
            Endpoint          = Get-SimulatorAddress
            ProjectId         = $Sim.ProjectId
            AccessKey         = $Sim.A.AccessKey
            SecretKey         = 'not-the-secret-key'
            Name              = 'refused'
            MaximumRetryCount = 0
        }
        $session = Connect-Cse @key
    }

    AfterAll {
        Disconnect-Cse -Session $session
    }

    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'asks once for a whole pipeline of engines, because refused signatures lock the key, and names each engine' {
        $before = (Get-SimulatorCount).failedSignatures
        1..20 | ForEach-Object { "sim-jobs$_" } | Get-CseEngineJob -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue
        (Get-SimulatorCount).failedSignatures - $before | Should -Be 1
        $problem.FullyQualifiedErrorId | Select-Object -Unique | Should -Be 'AuthenticationFailed,CseJobs.Commands.GetCseEngineJobCommand'
        $problem.TargetObject | Should -Be (1..20 | ForEach-Object { "sim-jobs$_" })
        $problem.Exception.EngineId | Should -Be (1..20 | ForEach-Object { "sim-jobs$_" })
    }

    It 'asks once for several ids' {
        Get-CseEngineJob sim-jobs5 -Id 1, 2, 3 -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue
        @(Get-SimulatorRequest).Count | Should -Be 1
        $problem.TargetObject | Should -Be 1, 2, 3
        $problem.Exception.JobId | Should -Be 1, 2, 3
    }

    It 'is asked again by the next call' {
        Get-CseEngineJob sim-jobs5 -Session $session -ErrorAction SilentlyContinue
        Get-CseEngineJob sim-jobs5 -Session $session -ErrorAction SilentlyContinue
        @(Get-SimulatorRequest).Count | Should -Be 2
    }
}
