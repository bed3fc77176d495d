BeforeDiscovery {
    # What each parameter would be given; the combinations name theirs.
    $conflicts = @(
        'Token AccessKey SecretKey'
        'Token SecretKey'
        'Token SecurityToken'
        'Token Credential DomainName'
        'Token Credential'
        'Token EcsAgency'
        'Token MetadataEndpoint'
        'Token ProfilePath'
        'Token IamEndpoint ProjectId'
        'Token ProjectName'
        'Credential DomainName AccessKey SecretKey'
        'Credential DomainName SecurityToken'
        'Credential DomainName EcsAgency'
        'Credential DomainName ProfilePath'
        'AccessKey SecretKey EcsAgency'
        'AccessKey SecretKey MetadataEndpoint'
        'AccessKey SecretKey DomainName'
        'AccessKey SecretKey ProfilePath'
        'EcsAgency ProfilePath'
        'EcsAgency DomainName'
        'EcsAgency AgencyName AgencyDomainName'
        'Token AgencyName AgencyDomainName'
    )
}

BeforeAll {
    # A failure is to be seen at its first try.
    $PSDefaultParameterValues = @{ 'Connect-Cse:MaximumRetryCount' = 0 }
    $address = Get-SimulatorAddress
    $at = @{ Region = 'cn-north-4'; Endpoint = $address; IamEndpoint = $address }
    $keyA = @{ AccessKey = $Sim.A.AccessKey; SecretKey = $Sim.A.SecretKey }
    $userA = @{ Credential = Get-AccountCredential $Sim.A; DomainName = $Sim.A.DomainName }
}

Describe 'A refused sign-in' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    Context 'Combinations that make no sense' {
        BeforeAll {
            $value = @{
                Token = 't0ken-t0ken'; AccessKey = 'AK'; SecretKey = 'secret'; SecurityToken = 'security'; Credential = Get-AccountCredential $Sim.A; DomainName = 'd'
                EcsAgency = $true; MetadataEndpoint = $address; ProfilePath = 'TestDrive:\credentials'; IamEndpoint = $address; ProjectId = 'p'; ProjectName = 'n'
                AgencyName = 'a'; AgencyDomainName = 'b'
            }
        }

        It 'are refused by binding: -<_>' -ForEach ($conflicts -replace ' ', ' -') {
            $given = @{ Endpoint = $address }
            foreach ($name in $_ -split ' -') { $given[$name] = $value[$name] }
            (Get-Refusal { Connect-Cse @given }).FullyQualifiedErrorId | Should -BeExactly 'AmbiguousParameterSet,CseJobs.Commands.ConnectCseCommand'
            Get-SimulatorRequest | Should -BeNullOrEmpty
            Get-CseSession | Should -BeNullOrEmpty
        }

        It 'are refused by binding: -<Given> without -<Missing>' -ForEach @(
            @{ Given = 'SecretKey'; Missing = 'AccessKey' }
            @{ Given = 'AccessKey'; Missing = 'SecretKey' }
            @{ Given = 'SecurityToken'; Missing = 'AccessKey SecretKey' }
            @{ Given = 'Credential'; Missing = 'DomainName' }
            @{ Given = 'DomainName'; Missing = 'Credential' }
            @{ Given = 'MetadataEndpoint'; Missing = 'EcsAgency' }
            @{ Given = 'Token'; Missing = 'ProjectId' }
        ) {
            $problem = Get-Refusal { $one = @{ $Given = $value[$Given] }; Connect-Cse -Endpoint $address @one }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'MissingMandatoryParameter,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike "*: $Missing.*"
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }

        It 'are refused before anything is sent: half an agency (-<_>)' -ForEach 'AgencyName', 'AgencyDomainName' {
            $half = @{ $_ = 'a' }
            $problem = Get-Refusal { Connect-Cse @at @keyA @half }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike '*-AgencyName and -AgencyDomainName*'
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }

        It 'are refused before anything is sent: an empty credential for -<_>' -ForEach 'Credential', 'ProxyCredential' {
            $given = $_ -eq 'Credential' ? @{ DomainName = 'd' } : $keyA + @{ Proxy = $address }
            $given[$_] = [pscredential]::Empty
            $problem = Get-Refusal { Connect-Cse @at @given }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike "-$_ is empty*"
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }

        It 'are refused before anything is sent: a project by id and by name' {
            $problem = Get-Refusal { Connect-Cse @at @keyA -ProjectId p -ProjectName n }
            $problem.FullyQualifiedErrorId | Should -BeIn 'InvalidArgument,CseJobs.Commands.ConnectCseCommand', 'AmbiguousParameterSet,CseJobs.Commands.ConnectCseCommand'
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }
    }

    Context 'Without a region and an endpoint' {
        It 'names what could tell it, for <Way>, and sends nothing' -ForEach @(
            @{ Way = 'a token'; Given = { @{ Token = 't0ken-t0ken'; ProjectId = 'p' } } }
            @{ Way = 'a password'; Given = { $userA } }
            @{ Way = 'a password and a project id'; Given = { $userA + @{ ProjectId = 'p' } } }
            @{ Way = 'an access key'; Given = { $keyA } }
            @{ Way = 'an access key and a project id'; Given = { $keyA + @{ ProjectId = 'p' } } }
            @{ Way = 'an agency'; Given = { @{ EcsAgency = $true; MetadataEndpoint = $address } } }
            @{ Way = 'the environment'; Given = { @{} } }
        ) {
            $parameters = & $Given
            $problem = Invoke-WithVariable @{ HW_ACCESS_KEY = $Sim.A.AccessKey; HW_SECRET_KEY = $Sim.A.SecretKey } { Get-Refusal { Connect-Cse @parameters } }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            foreach ($hint in '-Region', '-Endpoint', 'HW_REGION_NAME') { "$problem" | Should -BeLike "*$hint*" }
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }

        It 'takes the region of the environment, for a token too' {
            $session = Invoke-WithVariable @{ HW_REGION_NAME = 'ap-southeast-3' } { Connect-Cse -Token t0ken-t0ken -ProjectId p }
            $session.Region | Should -BeExactly 'ap-southeast-3'
            $session.Endpoint | Should -Be ([uri]'https://cse.ap-southeast-3.myhuaweicloud.com')
        }
    }

    Context 'A sign-in that fails' {
        It 'is a terminating <Category> error, <Id>: <What>' -ForEach @(
            @{ What = 'a wrong password'; Id = 'AuthenticationFailed'; Category = 'AuthenticationError'; Attempt = { Connect-Cse @at -Credential (Get-AccountCredential $Sim.A wrong-pa55) -DomainName $Sim.A.DomainName } }
            @{ What = 'a name that IAM does not know'; Id = 'AuthenticationFailed'; Category = 'AuthenticationError'; Attempt = { Connect-Cse @at @userA -DomainName nobody } }
            @{ What = 'an unknown access key'; Id = 'AuthenticationFailed'; Category = 'AuthenticationError'; Attempt = { Connect-Cse @at -AccessKey AKNOBODY000000000001 -SecretKey secret-secret } }
            @{ What = 'IAM does not allow it'; Id = 'PermissionDenied'; Category = 'PermissionDenied'; Mode = 'denied' }
            @{ What = 'IAM has too much to do'; Id = 'Throttled'; Category = 'LimitsExceeded'; Mode = 'throttled' }
            @{ What = 'IAM fails'; Id = 'ServerError'; Category = 'ResourceUnavailable'; Mode = 'error' }
            @{ What = 'IAM cuts the connection'; Id = 'ConnectionFailed'; Category = 'ConnectionError'; Mode = 'cut' }
            @{ What = 'IAM redirects'; Id = 'RedirectRefused'; Category = 'SecurityError'; Mode = 'redirect' }
            @{ What = 'IAM gives no token'; Id = 'MalformedResponse'; Category = 'InvalidData'; Mode = 'created' }
            @{ What = 'IAM does not answer in time'; Id = 'TimeoutReached'; Category = 'OperationTimeout'; Mode = 'stall' }
            @{ What = 'nobody listens'; Id = 'ConnectionFailed'; Category = 'ConnectionError'; Attempt = { $none = $at + @{}; $none.IamEndpoint = 'http://127.0.0.1:1'; Connect-Cse @none @userA } }
        ) {
            $server = Start-ScriptedServer ($Mode ? $Mode : 'cut') http://127.0.0.1:1
            try {
                $there = $at + @{ TimeoutSec = 1 }
                $there.IamEndpoint = $server.Address
                $Attempt ??= { Connect-Cse @there @userA -ErrorAction SilentlyContinue }
                $problem = Get-Refusal $Attempt
            }
            finally {
                $server.Dispose()
            }
            $problem.FullyQualifiedErrorId | Should -BeExactly "$Id,CseJobs.Commands.ConnectCseCommand"
            $problem.CategoryInfo.Category | Should -Be $Category
            $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            Get-CseSession | Should -BeNullOrEmpty
        }

        It 'stores nothing, and leaves the session of that name and the default as they were: <What>' -ForEach @(
            @{ What = 'a wrong password'; Attempt = { Connect-Cse @at -Name prod -Credential (Get-AccountCredential $Sim.A wrong-pa55) -DomainName $Sim.A.DomainName } }
            @{ What = 'an unknown access key'; Attempt = { Connect-Cse @at -Name prod -AccessKey AKNOBODY000000000001 -SecretKey secret-secret } }
            @{ What = 'no agency'; Attempt = { Connect-Cse @at -Name prod -EcsAgency -MetadataEndpoint http://127.0.0.1:1 } }
            @{ What = 'no profile'; Attempt = { Connect-Cse @at -Name prod -ProfilePath TestDrive:\nobody } }
            @{ What = 'a bad engine id'; Attempt = { Connect-Cse @at @userA -Name prod -EngineId 'a/b' } }
            @{ What = 'a combination that makes no sense'; Attempt = { Connect-Cse @at @userA -Name prod -EcsAgency } }
            @{ What = 'a new name'; Attempt = { Connect-Cse @at -Name other -Credential (Get-AccountCredential $Sim.A wrong-pa55) -DomainName $Sim.A.DomainName } }
        ) {
            $prod = Connect-Simulator -Name prod -EngineId sim-jobs1
            $default = Connect-Simulator -Name test -EngineId sim-jobs2
            $null = Get-Refusal $Attempt
            Get-CseSession | Should -HaveCount 2
            (Get-CseSession prod).Equals($prod) | Should -BeTrue
            $prod.IsClosed, $default.IsClosed | Should -Be $false, $false
            Get-CseEngineJob | Should -HaveCount 2
            Get-CseEngineJob -Session prod | Should -HaveCount 1
        }

        It 'asks IAM once for a wrong password, and says whose it is' {
            $problem = Get-Refusal { Connect-Cse @at -Credential (Get-AccountCredential $Sim.A wrong-pa55) -DomainName $Sim.A.DomainName }
            Get-SimulatorRequest | Should -HaveCount 1
            "$problem" | Should -BeLike '*user name, password or account name*'
            $problem.TargetObject | Should -BeExactly 'cn-north-4'
        }

        It 'does not advise a new token to who has <What>' -ForEach @(
            @{ What = 'a wrong password'; Attempt = { Connect-Cse @at -Credential (Get-AccountCredential $Sim.A wrong-pa55) -DomainName $Sim.A.DomainName } }
            @{ What = 'a wrong access key'; Attempt = { Connect-Cse @at -AccessKey AKNOBODY000000000001 -SecretKey secret-secret } }
        ) {
            (Get-Refusal $Attempt).ErrorDetails.RecommendedAction | Should -Not -BeLike '*new token*'
        }

        It 'says the status once when IAM''s error code is the status' {
            "$(Get-Refusal { Connect-Cse @at -Credential (Get-AccountCredential $Sim.A wrong-pa55) -DomainName $Sim.A.DomainName })" | Should -Not -BeLike '*401, 401*'
        }

        It 'tells by how much the clock is wrong' {
            $other = Start-OwnSimulator --jobs 1 --date-skew 1200
            try {
                $problem = Get-Refusal { Connect-Cse -Region cn-north-4 -Endpoint $other.Address -IamEndpoint $other.Address @keyA }
            }
            finally {
                $other.Process.StandardInput.Close()
            }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'AuthenticationFailed,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike '*The clock is 20 minutes behind the server''s*'
        }
    }
}
