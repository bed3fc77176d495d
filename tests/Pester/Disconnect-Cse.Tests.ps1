Describe 'Disconnect-Cse' {
    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    It 'ends the default session' {
        $session = Connect-Simulator
        Disconnect-Cse
        $session.IsClosed | Should -BeTrue
        Get-CseSession | Should -BeNullOrEmpty
    }

    It 'ends sessions by name, with wildcards' {
        $null = Connect-Simulator -Name prod-1
        $null = Connect-Simulator -Name prod-2
        $null = Connect-Simulator -Name test
        Disconnect-Cse prod-*
        (Get-CseSession).Name | Should -Be 'test'
    }

    It 'takes sessions from the pipeline' {
        $one = Connect-Simulator -Name one
        $two = Connect-Simulator -Name two
        $one, $two | Disconnect-Cse
        $one.IsClosed, $two.IsClosed | Should -Be $true, $true
    }

    It 'names a session that is not there, and ends the others' {
        $null = Connect-Simulator -Name one
        Disconnect-Cse nobody, one -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
        $problem.TargetObject | Should -Be 'nobody'
        Get-CseSession | Should -BeNullOrEmpty
    }

    It 'says so when there is nothing to end' {
        Disconnect-Cse -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
    }

    It 'makes a session unusable for whoever still holds it' {
        $session = Connect-Simulator
        Disconnect-Cse -Session $session
        { Get-CseEngineJob $Sim.Engine -Session $session } | Should -Throw -ErrorId 'SessionClosed,*'
    }
}
