BeforeAll {
    # A failure is to be seen at its first try.
    $PSDefaultParameterValues = @{ 'Connect-Cse:MaximumRetryCount' = 0 }
    $address = Get-SimulatorAddress
    $at = @{ Region = 'cn-north-4'; Endpoint = $address; IamEndpoint = $address }
    $keyA = @{ AccessKey = $Sim.A.AccessKey; SecretKey = $Sim.A.SecretKey }
    $userA = @{ Credential = Get-AccountCredential $Sim.A; DomainName = $Sim.A.DomainName }

    # As whom the simulator saw the calls for jobs.
    function Get-Identity {
        (Get-SimulatorRequest | Where-Object path -Like '*/enginemgr/*').identity | Select-Object -Unique
    }

    # Of the simulator's agency, as a temporary access key to pass by hand.
    function Get-TemporaryKey {
        (Invoke-RestMethod "${address}openstack/latest/securitykey").credential
    }
}

Describe 'Signing in' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    Context 'With a name and password' {
        It 'takes one line, and lists jobs as that user' {
            $session = Connect-Cse @at @userA
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
            Get-Identity | Should -BeExactly 'account-a/user-a'
            $session.Identity | Should -BeExactly 'Password'
            $session.Source | Should -BeExactly 'Parameters'
            $session.KeyId | Should -BeNullOrEmpty
            $session.ProjectId | Should -BeExactly $Sim.A.ProjectId
        }

        It 'says when the token expires, in local time' {
            $session = Connect-Cse @at @userA
            $session.ExpiresAt.Kind | Should -Be Local
            $session.ExpiresAt | Should -BeGreaterThan (Get-Date).AddHours(23)
            $session.ExpiresAt | Should -BeLessThan (Get-Date).AddHours(25)
        }

        It 'asks IAM once, and shows that with -Verbose' {
            $verbose = Connect-Cse @at @userA -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            (Get-SimulatorRequest).path | Should -BeExactly '/v3/auth/tokens'
            "$verbose" | Should -BeLike 'POST /v3/auth/tokens?nocatalog=true -> 201 *'
        }

        It 'takes the project by <How>' -ForEach @(
            @{ How = 'name'; Project = @{ ProjectName = 'cn-north-4' } }
            @{ How = 'id'; Project = @{ ProjectId = 'fedcba9876543210fedcba9876543210' } }
        ) {
            $userB = @{ Credential = Get-AccountCredential $Sim.B; DomainName = $Sim.B.DomainName }
            (Connect-Cse -Endpoint $address -IamEndpoint $address @userB @Project).ProjectId | Should -BeExactly $Sim.B.ProjectId
        }

        It 'renews an old token in the middle of a listing of fifty pages: no job is lost or doubled' {
            $null = Connect-Cse @at @userA
            $issued = (Get-SimulatorCount).tokensIssued
            $engine = 'sim-jobs1000-expire25-max20-pages0'
            (Get-CseEngineJob $engine).Id | Should -Be (Get-SimulatorEngine $engine).jobs.id
            (Get-SimulatorCount).tokensIssued - $issued | Should -Be 1
        }
    }

    Context 'With an access key' {
        It 'takes the secret key as <Kind>, and looks the project up' -ForEach @(
            @{ Kind = 'a text'; Secret = { $Sim.A.SecretKey } }
            @{ Kind = 'a SecureString'; Secret = { ConvertTo-Secret $Sim.A.SecretKey } }
            @{ Kind = 'a text with properties, as Get-Content gives it'; Secret = { $Sim.A.SecretKey | Add-Member Note x -PassThru } }
        ) {
            $session = Connect-Cse @at -AccessKey $Sim.A.AccessKey -SecretKey (& $Secret)
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
            Get-Identity | Should -BeExactly "ak:$($Sim.A.AccessKey)"
            $session.Identity | Should -BeExactly 'AccessKey'
            $session.Source | Should -BeExactly 'Parameters'
            $session.KeyId | Should -BeExactly 'AK…01'
            $session.ExpiresAt | Should -BeNullOrEmpty
            $session.ProjectId | Should -BeExactly $Sim.A.ProjectId
        }

        It 'takes a temporary one with its security token as <Kind>' -ForEach @(
            @{ Kind = 'text'; Convert = { $args[0] } }
            @{ Kind = 'SecureString'; Convert = { ConvertTo-Secret $args[0] } }
        ) {
            $key = Get-TemporaryKey
            $session = Connect-Cse @at -AccessKey $key.access -SecretKey $key.secret -SecurityToken (& $Convert $key.securitytoken)
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
            Get-Identity | Should -BeExactly "ak:$($key.access)"
            $session.KeyId | Should -Not -Match ([regex]::Escape($key.access))
        }

        It 'says which projects there are when the region has several' {
            $problem = Get-Refusal { Connect-Cse -Region cn-south-1 -Endpoint $address -IamEndpoint $address -AccessKey $Sim.B.AccessKey -SecretKey $Sim.B.SecretKey }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'ProjectNotFound,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike "*$('1' * 32)*$('2' * 32)*-ProjectId*"
        }

        It 'does not say that nothing was sent when IAM was asked' {
            $problem = Get-Refusal { Connect-Cse -Region cn-south-1 -Endpoint $address -IamEndpoint $address -AccessKey $Sim.B.AccessKey -SecretKey $Sim.B.SecretKey }
            Get-SimulatorRequest | Should -HaveCount 1
            $problem.ErrorDetails.RecommendedAction | Should -Not -BeLike '*nothing was sent*'
        }
    }

    Context 'As an agency of another account' {
        It 'lists the jobs of that account''s project, by <How>' -ForEach @(
            @{ How = 'an access key'; Given = { $keyA }; As = 'ak:HSTSIM*'; KeyId = 'HS…??' }
            @{ How = 'a password'; Given = { $userA }; As = 'account-b/agency-b'; KeyId = '' }
        ) {
            $given = & $Given
            $session = Connect-Cse @at @given -AgencyName agency-b -AgencyDomainName account-b
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
            Get-Identity | Should -BeLike $As
            $session.Identity | Should -BeExactly 'Agency'
            $session.ProjectId | Should -BeExactly $Sim.B.ProjectId
            "$($session.KeyId)" | Should -BeLike $KeyId
            $session.ExpiresAt | Should -BeGreaterThan (Get-Date)
        }

        It 'is what the environment says, and never dropped' {
            $set = @{
                HW_ACCESS_KEY = $Sim.A.AccessKey; HW_SECRET_KEY = $Sim.A.SecretKey
                HW_ASSUME_ROLE_AGENCY_NAME = 'agency-b'; HW_ASSUME_ROLE_DOMAIN_NAME = 'account-b'
            }
            (Invoke-WithVariable $set { Connect-Cse @at }).Identity | Should -BeExactly 'Agency'
        }

        It 'says what is wrong when there is none of that name' {
            $problem = Get-Refusal { Connect-Cse @at @keyA -AgencyName nobody -AgencyDomainName account-b }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'RequestRejected,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike "*no agency 'nobody'*"
            Get-CseSession | Should -BeNullOrEmpty
        }
    }

    Context 'With a clock that is ahead' {
        It 'warns once in a session, and signs in once' {
            # What this one gives has expired an hour ago by the clock here.
            $behind = Start-OwnSimulator --jobs 50 --date-skew -90000
            try {
                $warnings = & {
                    $null = Connect-Cse -Region cn-north-4 -Endpoint $behind.Address -IamEndpoint $behind.Address @userA
                    foreach ($i in 1..3) { $null = Get-CseEngineJob sim-jobs50-max10 }
                } 3>&1
                $warnings | Should -HaveCount 1
                "$warnings" | Should -BeLike '*clock*'
                (Invoke-RestMethod "$($behind.Address)_sim/stats").tokensIssued | Should -Be 1
            }
            finally {
                $behind.Process.StandardInput.Close()
            }
        }
    }

    Context 'With the agency of an ECS' {
        It 'gets temporary keys and the project' {
            $session = Connect-Cse @at -EcsAgency -MetadataEndpoint $address
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
            Get-Identity | Should -BeLike 'ak:HSTSIM*'
            $session.Identity | Should -BeExactly 'EcsAgency'
            $session.KeyId | Should -Match '^HS…..$'
            $session.ExpiresAt.Kind | Should -Be Local
            $session.ExpiresAt | Should -BeGreaterThan (Get-Date).AddHours(23)
            $session.ProjectId | Should -BeExactly $Sim.A.ProjectId
        }

        It 'says so where there is no ECS' {
            $problem = Get-Refusal { Connect-Cse @at -EcsAgency -MetadataEndpoint http://127.0.0.1:1 }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'ConnectionFailed,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike '*no ECS metadata service here*'
        }

        It 'says so where no agency is bound' {
            $other = Start-OwnSimulator --jobs 1 --metadata none
            try {
                $problem = Get-Refusal { Connect-Cse @at -EcsAgency -MetadataEndpoint $other.Address }
                $problem.FullyQualifiedErrorId | Should -BeExactly 'AuthenticationFailed,CseJobs.Commands.ConnectCseCommand'
                "$problem" | Should -BeLike '*No agency is bound*'
            }
            finally {
                $other.Process.StandardInput.Close()
            }
        }

        It 'is not used with -EcsAgency:$false' {
            try { $null = Connect-Cse @at -EcsAgency:$false -MetadataEndpoint $address } catch { $null = $_ }
            (Get-SimulatorRequest).path | Should -Not -Contain '/openstack/latest/securitykey'
        }
    }

    Context 'The region' {
        It 'completes with Tab' {
            $line = 'Connect-Cse -Region cn-no'
            $texts = (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            $texts | Should -Contain 'cn-north-4'
            $texts | Where-Object { $_ -notlike 'cn-no*' } | Should -BeNullOrEmpty
        }

        It 'completes from nothing with all that are known' {
            $line = 'Connect-Cse -Region '
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'af-south-1'
        }

        It 'is never held against that list' {
            (Connect-Cse -Region xx-new-99 -Token t0ken-t0ken -ProjectId p).Region | Should -BeExactly 'xx-new-99'
        }
    }

    Context 'Addresses' {
        It 'gives a bare host of -IamEndpoint https://' {
            $server = Start-ScriptedServer cut
            try {
                $bare = $at + @{}
                $bare.IamEndpoint = $server.Address -replace '^http://'
                $problem = Get-Refusal { Connect-Cse @bare @userA }
                $problem.FullyQualifiedErrorId | Should -BeExactly 'ConnectionFailed,CseJobs.Commands.ConnectCseCommand'
                $server.Received | Select-Object -Unique | Should -BeExactly 'TLS'
            }
            finally {
                $server.Dispose()
            }
        }

        It 'gives a bare host of -MetadataEndpoint http://' {
            $session = Connect-Cse @at -EcsAgency -MetadataEndpoint ($address -replace '^http://')
            $session.Identity | Should -BeExactly 'EcsAgency'
        }

        It 'says with a stable id that a proxy of another kind cannot be used' {
            $problem = Get-Refusal { Connect-Cse @at @userA -Proxy ftp://127.0.0.1:1 }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike '*proxy*'
        }
    }

    Context 'Ctrl+C' {
        It 'ends a sign-in that waits for <What>, and leaves no session' -ForEach @(
            @{ What = 'IAM''s token'; Given = { $userA } }
            @{ What = 'IAM''s projects'; Given = { $keyA } }
            @{ What = 'the metadata service'; Given = { @{ EcsAgency = $true; MetadataEndpoint = $server.Address } } }
        ) {
            $server = Start-ScriptedServer stall
            $shell = New-ModuleShell
            try {
                $parameters = $at + (& $Given)
                $parameters.IamEndpoint = $server.Address
                $running = $shell.AddCommand('Connect-Cse').AddParameters($parameters).BeginInvoke()
                # Under way; then stopped: it would take 3 or 100 seconds by itself.
                $server.Arrived.Wait(20000) | Should -BeTrue
                $running.IsCompleted | Should -BeFalse
                Stop-Shell $shell | Should -Be Stopped
                $shell.Streams.Error | Should -BeNullOrEmpty
                Get-CseSession | Should -BeNullOrEmpty
            }
            finally {
                Remove-ModuleShell $shell
                $server.Dispose()
            }
        }
    }
}
