Describe 'Sessions' {
    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    It 'have names of 64 characters at most' {
        (Connect-Simulator -Name ('n' * 64)).Name | Should -Be ('n' * 64)
        { Connect-Simulator -Name ('n' * 65) } | Should -Throw '*must have 1 to 64 printable characters.' -ErrorId 'InvalidArgument,*'
    }

    It 'have no name that acts on a terminal: <What>' -ForEach @(
        @{ What = 'an escape'; Name = "a`e[2J" }
        @{ What = 'a line break'; Name = "a`nb" }
        @{ What = 'a tab'; Name = "a`tb" }
    ) {
        { Connect-Simulator -Name $Name } | Should -Throw '*printable characters.' -ErrorId 'InvalidArgument,*'
        Get-CseSession | Should -BeNullOrEmpty
    }

    It 'are listed oldest first, whichever scope they have' {
        foreach ($name in 'b', 'd') { $null = Connect-Simulator -Name "$name-process"; $null = Connect-Simulator -Name "$name-runspace" -Scope Runspace }
        (Get-CseSession).Name | Should -Be 'b-process', 'b-runspace', 'd-process', 'd-runspace'
    }

    It 'are closed with a line of -Verbose' {
        $null = Connect-Simulator -Name told
        Disconnect-Cse told -Verbose 4>&1 | Should -Be "Session told ($("$(Get-SimulatorAddress)".TrimEnd('/'))) is closed."
    }

    It 'wait for no longer than -OperationTimeoutSec allows' {
        $session = Connect-Simulator -MaximumRetryCount 1 -OperationTimeoutSec 20
        $engine = New-Engine jobs3-throttled1-retryafter20
        Get-CseEngineJob $engine -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'Throttled,CseJobs.Commands.GetCseEngineJobCommand'
        $problem.Exception.Retries | Should -Be 0
    }

    It 'take a token of 65536 characters and no longer one' {
        Connect-Simulator -Token ('t' * 65536) | Should -Not -BeNullOrEmpty
        { Connect-Simulator -Token ('t' * 65537) } | Should -Throw '*A secret has at most 65536 characters; this one has 65537.'
    }

    It 'take an address with blanks around it' {
        (Connect-Simulator -Endpoint " $(Get-SimulatorAddress) ").Endpoint | Should -Be (Get-SimulatorAddress)
    }

    It 'need -Proxy beside -ProxyCredential' {
        { Connect-Simulator -ProxyCredential (Get-AccountCredential $Sim.A) } | Should -Throw '-ProxyCredential needs -Proxy.' -ErrorId 'InvalidArgument,*'
    }

    It 'are told apart in errors by the host where no region was given' {
        $refusal = Get-Refusal { Connect-Cse -Endpoint (Get-SimulatorAddress) -IamEndpoint (Get-SimulatorAddress) -AccessKey $Sim.A.AccessKey -SecretKey wrong -ProjectName any -MaximumRetryCount 0 }
        $refusal.TargetObject | Should -Be '127.0.0.1'
    }
}
