BeforeAll {
    # Engines tell the sessions apart: each session lists its own.
    function Connect-To([string] $Engine, [string] $Name = 'default') {
        Connect-Simulator -EngineId $Engine -Name $Name
    }

    function Get-EngineAsked {
        (Get-SimulatorRequest).path | ForEach-Object { $_ -replace '.*/engines/([^/]+)/.*', '$1' }
    }
}

Describe 'Get-CseSession' {
    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    It 'gives nothing when there is no session' {
        Get-CseSession | Should -BeNullOrEmpty
    }

    It 'gives the open sessions, oldest first' {
        $one = Connect-To sim-jobs1 one
        $two = Connect-To sim-jobs2 two
        $found = @(Get-CseSession)
        $found | Should -HaveCount 2
        $found[0].Equals($one) | Should -BeTrue
        $found[1].Equals($two) | Should -BeTrue
    }

    It 'finds sessions by <What>' -ForEach @(
        @{ What = 'name'; Names = 'prod-1'; Expected = 'prod-1' }
        @{ What = 'name in any case'; Names = 'PROD-1'; Expected = 'prod-1' }
        @{ What = 'several names'; Names = 'test', 'prod-1'; Expected = 'test', 'prod-1' }
        @{ What = 'wildcard'; Names = 'prod-?'; Expected = 'prod-1', 'prod-2' }
    ) {
        $null = 'prod-1', 'prod-2', 'test' | ForEach-Object { Connect-To sim-jobs1 $_ }
        (Get-CseSession $Names).Name | Should -Be $Expected
        ($Names | Get-CseSession).Name | Should -Be $Expected
    }

    It 'names a session that is not there, and gives the others' {
        $null = Connect-To sim-jobs1 one
        $found = Get-CseSession nobody, one -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'one'
        $problem | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -BeExactly 'SessionNotFound,CseJobs.Commands.GetCseSessionCommand'
        $problem.CategoryInfo.Category | Should -Be ObjectNotFound
        $problem.TargetObject | Should -Be 'nobody'
    }

    It 'takes what is no valid pattern for a name' {
        $null = Connect-To sim-jobs1 'a['
        $found = Get-CseSession 'a[', 'b[' -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'a['
        $problem.FullyQualifiedErrorId | Should -BeExactly 'SessionNotFound,CseJobs.Commands.GetCseSessionCommand'
        $problem.TargetObject | Should -Be 'b['
    }

    It 'finds nothing by a wildcard that fits none, without an error' {
        Get-CseSession zz* -ErrorAction Stop | Should -BeNullOrEmpty
    }
}

Describe 'The default session' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    It 'is the latest that was connected' {
        $null = Connect-To sim-jobs1 one
        $null = Connect-To sim-jobs2 two
        Get-CseEngineJob | Should -HaveCount 2
    }

    It 'is not missed by a new runspace: it has the process''s latest' {
        $null = Connect-To sim-jobs1 one
        $null = Connect-To sim-jobs2 two
        $shell = New-ModuleShell
        try {
            $shell.AddScript('Get-CseEngineJob').Invoke() | Should -HaveCount 2
        }
        finally {
            Remove-ModuleShell $shell
        }
    }

    It 'is there in ForEach-Object -Parallel' {
        $null = Connect-To sim-jobs2
        $module = $Sim.ModulePath
        $counts = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:module
            @(Get-CseEngineJob).Count
        }
        $counts | Should -Be 2, 2, 2
    }

    It 'stays a runspace''s own, whatever others connect later' {
        $null = Connect-To sim-jobs1 mine
        $shell = New-ModuleShell
        try {
            $null = $shell.AddCommand('Connect-Cse').AddParameters(@{
                    Endpoint = Get-SimulatorAddress; ProjectId = $Sim.ProjectId; Token = $Sim.Token; EngineId = 'sim-jobs2'; Name = 'theirs'
                }).Invoke()
            $shell.Commands.Clear()
            Get-CseEngineJob | Should -HaveCount 1
            $shell.AddScript('Get-CseEngineJob').Invoke() | Should -HaveCount 2
        }
        finally {
            Remove-ModuleShell $shell
        }
        Get-EngineAsked | Should -Be sim-jobs1, sim-jobs2
    }

    It 'outlives a runspace that used it' {
        $null = Connect-To sim-jobs1
        $shell = New-ModuleShell
        $shell.AddScript('Get-CseEngineJob').Invoke() | Should -HaveCount 1
        Remove-ModuleShell $shell
        Get-CseEngineJob | Should -HaveCount 1
    }

    It 'gives way to -Session, by <How>' -ForEach @(
        @{ How = 'object'; Session = { Get-CseSession one } }
        @{ How = 'name'; Session = { 'one' } }
        @{ How = 'name in any case'; Session = { 'ONE' } }
    ) {
        $null = Connect-To sim-jobs1 one
        $null = Connect-To sim-jobs2 two
        $given = & $Session
        Get-CseEngineJob -Session $given | Should -HaveCount 1
        $null = Get-CseEngineJob -Id 5 -Session $given -ErrorAction SilentlyContinue
        Get-EngineAsked | Should -Be sim-jobs1, sim-jobs1
    }

    It 'is not taken instead of a session name that does not exist' {
        $null = Connect-To sim-jobs1 one
        { Get-CseEngineJob -Session nobody } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage "*no session named 'nobody'*"
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'is not taken instead of a -Session that turned out to be $null' {
        $null = Connect-To sim-jobs1 one
        { Get-CseEngineJob -Session $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'is missed with a terminating error that says what to do' {
        try { Get-CseEngineJob sim-jobs1 -ErrorAction SilentlyContinue } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeExactly 'NotConnected,CseJobs.Commands.GetCseEngineJobCommand'
        $problem.CategoryInfo.Category | Should -Be ConnectionError
        "$problem" | Should -BeLike '*Connect-Cse*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-Cse -Region*-ProjectId*-Token*'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'is refused once it is closed, and the error says what to do' {
        $session = Connect-To sim-jobs1 one
        Disconnect-Cse
        try { Get-CseEngineJob -Session $session -ErrorAction SilentlyContinue } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeExactly 'SessionClosed,CseJobs.Commands.GetCseEngineJobCommand'
        $problem.CategoryInfo.Category | Should -Be ConnectionError
        "$problem" | Should -BeLike "*'one'*"
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Connect-Cse*'
        { Get-CseEngineJob } | Should -Throw -ErrorId 'NotConnected,*'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'ends with the module' {
        $output = Invoke-FreshShell 'Remove-Module CseJobs; "closed: $($session.IsClosed)"'
        $output | Should -Contain 'closed: True'
    }
}
