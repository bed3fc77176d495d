[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingAllowUnencryptedAuthentication', '', Justification = 'This parameter is what is tested.')]
param()

BeforeAll {
    # A value that no message may hold, and that no other text holds by chance.
    $token = 'MIIdeNtIfYiNgToKeN'
    $region = @{ Region = 'cn-north-4'; ProjectId = $Sim.ProjectId; Token = $token }
    $noAddress = @{ ProjectId = $Sim.ProjectId; Token = $token }
}

Describe 'Connect-Cse' {
    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    Context 'The session it emits' {
        It 'is one CseJobs.CseSession' {
            $output = @(Connect-Cse @region)
            $output | Should -HaveCount 1
            $output[0].PSObject.TypeNames[0] | Should -BeExactly 'CseJobs.CseSession'
        }

        It 'says where it leads, for whom, and how it signs in' {
            $before = Get-Date
            $session = Connect-Cse @region -EnterpriseProjectId ep-7 -EngineId $Sim.Engine -Name prod
            $session.Name | Should -BeExactly 'prod'
            $session.Region | Should -BeExactly 'cn-north-4'
            $session.Endpoint | Should -Be ([uri]'https://cse.cn-north-4.myhuaweicloud.com')
            $session.ProjectId | Should -BeExactly $Sim.ProjectId
            $session.EnterpriseProjectId | Should -BeExactly 'ep-7'
            $session.EngineId | Should -BeExactly $Sim.Engine
            $session.Identity | Should -BeExactly 'Token'
            $session.KeyId | Should -BeNullOrEmpty
            $session.ExpiresAt | Should -BeNullOrEmpty
            $session.ConnectedAt | Should -BeGreaterOrEqual $before
            $session.ConnectedAt | Should -BeLessOrEqual (Get-Date)
            $session.IsClosed | Should -BeFalse
        }

        It 'is called default unless it is given a name' {
            (Connect-Cse @region).Name | Should -BeExactly 'default'
        }

        It 'is the default session from then on' {
            $null = Connect-Simulator
            Clear-SimulatorRequest
            $null = Get-CseEngineJob sim-jobs3
            Get-SimulatorRequest | Should -HaveCount 1
        }

        It 'is made without a request' {
            $null = Get-SimulatorAddress
            Clear-SimulatorRequest
            $null = Connect-Simulator
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }
    }

    Context 'What is needed' {
        It 'demands the project that a token was made for' {
            { Connect-Cse -Region cn-north-4 -Token $token } | Should -Throw -ErrorId 'MissingMandatoryParameter,CseJobs.Commands.ConnectCseCommand' -ExpectedMessage '* ProjectId*'
        }

        It 'demands a region or an endpoint' {
            # Without them the environment's region is taken.
            $environment = $env:HW_REGION_NAME, $env:OS_REGION_NAME
            try {
                $env:HW_REGION_NAME = $env:OS_REGION_NAME = $null
                { Connect-Cse @noAddress } | Should -Throw -ExpectedMessage '*-Region*-Endpoint*'
            }
            finally {
                $env:HW_REGION_NAME, $env:OS_REGION_NAME = $environment
            }
            Get-CseSession | Should -BeNullOrEmpty
        }

        It 'takes an endpoint in the place of a region' {
            (Connect-Cse @noAddress -Endpoint cse.example.com).Region | Should -BeNullOrEmpty
        }

        It 'takes nothing by position: a token must not stand where a project is expected' {
            { Connect-Cse $token $Sim.ProjectId cn-north-4 } | Should -Throw -ErrorId 'PositionalParameterNotFound,*'
        }

        It 'refuses -ProxyCredential without -Proxy' {
            $credential = [pscredential]::new('u', (ConvertTo-Secret pa55word))
            $problem = Get-Refusal { Connect-Cse @region -ProxyCredential $credential }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike '*-ProxyCredential*-Proxy*'
            Connect-Cse @region -ProxyCredential $credential -Proxy proxy.example.com | Should -HaveCount 1
        }

        It 'refuses -TimeoutSec <_>' -ForEach 0, -1, 86401 {
            { Connect-Cse @region -TimeoutSec $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        }

        It 'refuses an empty -<_>' -ForEach 'ProjectId', 'EnterpriseProjectId', 'EngineId', 'Name' {
            $given = $region.Clone()
            $given[$_] = ''
            { Connect-Cse @given } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*' -ExpectedMessage "*$_*"
        }
    }

    Context 'What goes into requests' {
        It 'sends the headers that the API demands, and no enterprise project unless one is given' {
            $null = Connect-Simulator
            Clear-SimulatorRequest
            $null = Get-CseEngineJob sim-jobs3
            $headers = (Get-SimulatorRequest).headers
            $headers.'Content-Type' | Should -BeExactly 'application/json;charset=UTF-8'
            $headers.Accept | Should -BeExactly 'application/json'
            $headers.PSObject.Properties.Name | Should -Not -Contain 'X-Enterprise-Project-ID'
        }

        It 'reaches an engine of another enterprise project only with -EnterpriseProjectId' {
            $null = Connect-Simulator
            { Get-CseEngineJob sim-jobs3-ep7 -ErrorAction Stop } | Should -Throw -ErrorId 'EngineNotFound,*'
            $null = Connect-Simulator -EnterpriseProjectId 7
            Clear-SimulatorRequest
            Get-CseEngineJob sim-jobs3-ep7 | Should -HaveCount 3
            (Get-SimulatorRequest).headers.'X-Enterprise-Project-ID' | Should -BeExactly '7'
        }

        It 'makes -EngineId the engine that is taken when none is named' {
            $null = Connect-Simulator -EngineId sim-jobs4
            Get-CseEngineJob | Should -HaveCount 4
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
        }

        It 'gives up after -TimeoutSec' {
            $null = Connect-Simulator -TimeoutSec 1
            $null = Get-CseEngineJob sim-jobs3-latency60000 -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem.FullyQualifiedErrorId | Should -BeExactly 'TimeoutReached,CseJobs.Commands.GetCseEngineJobCommand'
            $problem.CategoryInfo.Category | Should -Be OperationTimeout
            "$problem" | Should -BeLike '*1 second*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-TimeoutSec*'
        }

        It 'goes through -Proxy <_>' -ForEach 'with its scheme', 'without: proxies speak http' {
            $proxy = $_ -like 'without*' ? ([uri](Get-SimulatorAddress)).Authority : (Get-SimulatorAddress)
            $null = Connect-Simulator -Endpoint http://cse.invalid -AllowUnencryptedAuthentication $true -Proxy $proxy
            Clear-SimulatorRequest
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
            (Get-SimulatorRequest).headers.Host | Should -BeExactly 'cse.invalid'
        }
    }

    Context 'Names' {
        It 'keeps sessions of several names' {
            $null = Connect-Cse @region -Name one
            $null = Connect-Cse @region -Name two
            (Get-CseSession).Name | Should -Be one, two
        }

        It 'replaces the session of the same name, in any case' {
            $null = Connect-Cse @region -Name prod
            $second = Connect-Cse @region -Name PROD
            Get-CseSession | Should -HaveCount 1
            (Get-CseSession).Equals($second) | Should -BeTrue
        }

        It 'uses the new one after reconnecting under the same name' {
            $null = Connect-Simulator -EngineId sim-jobs3
            $null = Connect-Simulator -EngineId sim-jobs4
            Get-CseEngineJob | Should -HaveCount 4
        }
    }
}
