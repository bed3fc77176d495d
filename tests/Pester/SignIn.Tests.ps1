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
    )
}

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
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike "*$('1' * 32)*$('2' * 32)*-ProjectId*"
        }

        It 'does not say that nothing was sent when IAM was asked' {
            $problem = Get-Refusal { Connect-Cse -Region cn-south-1 -Endpoint $address -IamEndpoint $address -AccessKey $Sim.B.AccessKey -SecretKey $Sim.B.SecretKey }
            Get-SimulatorRequest | Should -HaveCount 1
            $problem.ErrorDetails.RecommendedAction | Should -Not -BeLike '*nothing was sent*'
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

    Context 'With what the environment holds' {
        It 'signs in by <Source> in a fresh process' -ForEach @(
            @{
                Source = 'Environment (HW_ACCESS_KEY)'; Identity = 'AccessKey'; As = 'ak:AKACCOUNTA0000000001'
                Set = { @{ HW_ACCESS_KEY = $Sim.A.AccessKey; HW_SECRET_KEY = $Sim.A.SecretKey; HW_AUTH_URL = "${address}v3"; HW_REGION_NAME = 'cn-north-4' } }
            }
            @{
                Source = 'Environment (OS_USERNAME)'; Identity = 'Password'; As = 'account-a/user-a'
                Set = { @{ OS_USERNAME = $Sim.A.UserName; OS_PASSWORD = $Sim.A.Password; OS_DOMAIN_NAME = $Sim.A.DomainName; OS_AUTH_URL = $address; OS_REGION_NAME = 'cn-north-4' } }
            }
            @{
                Source = 'Environment (HUAWEICLOUD_SDK_AK)'; Identity = 'AccessKey'; As = 'ak:AKACCOUNTA0000000001'
                Set = { @{ HUAWEICLOUD_SDK_AK = $Sim.A.AccessKey; HUAWEICLOUD_SDK_SK = $Sim.A.SecretKey; HUAWEICLOUD_SDK_IAM_ENDPOINT = $address; HW_REGION_NAME = 'cn-north-4' } }
            }
        ) {
            $variables = (& $Set) + @{ HUAWEICLOUD_SDK_REGION_CSE_CN_NORTH_4 = $address }
            # Plain Connect-Cse: not even an address.
            $output = Invoke-FreshShell -NotConnected -Environment $variables @'
                $s = Connect-Cse
                "$($s.Identity) | $($s.Source) | $($s.Region) | $($s.ProjectId) | $(@(Get-CseEngineJob sim-jobs3).Count) jobs | $($Error.Count) errors"
'@
            $output | Should -Contain "$Identity | $Source | cn-north-4 | $($Sim.A.ProjectId) | 3 jobs | 0 errors"
            Get-Identity | Should -BeExactly $As
        }

        It 'takes a token with its project, and sends nothing for it' {
            $session = Invoke-WithVariable @{ HW_AUTH_TOKEN = $Sim.Token; HW_PROJECT_ID = $Sim.ProjectId } { Connect-Cse -Endpoint $address }
            Get-SimulatorRequest | Should -BeNullOrEmpty
            $session.Identity | Should -BeExactly 'Token'
            $session.Source | Should -BeExactly 'Environment (HW_AUTH_TOKEN)'
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
        }

        It 'lets parameters go before what is found' {
            $session = Invoke-WithVariable @{ HW_ACCESS_KEY = $Sim.B.AccessKey; HW_SECRET_KEY = $Sim.B.SecretKey; HW_REGION_NAME = 'cn-south-1'; HW_PROJECT_ID = 'of-another-region' } { Connect-Cse @at }
            $session.Region | Should -BeExactly 'cn-north-4'
            $session.ProjectId | Should -BeExactly $Sim.B.ProjectId
        }

        It 'lists what it looked for when it finds nothing, and where' {
            $empty = New-Item (Join-Path $TestDrive empty-home) -ItemType Directory -Force
            $nothing = @{ HOME = "$empty"; USERPROFILE = "$empty" }
            Get-ChildItem Env: | Where-Object Name -Match '^(HUAWEICLOUD_|HW_|OS_)' | ForEach-Object { $nothing[$_.Name] = $null }
            $output = Invoke-FreshShell -NotConnected -Environment $nothing 'try { Connect-Cse -Region cn-north-4 } catch { "$($_.FullyQualifiedErrorId) | $_" }'
            $line = $output -like 'InvalidArgument,*' | Select-Object -First 1
            foreach ($place in 'HUAWEICLOUD_SDK_AK', 'HW_AUTH_TOKEN', 'HW_ACCESS_KEY', 'HW_USER_NAME', 'OS_USERNAME', (Join-Path $empty .huaweicloud credentials), (Join-Path $empty .hcloud config.json), '-Token', '-Credential', '-AccessKey', '-EcsAgency') {
                $line | Should -BeLike "*$place*"
            }
        }

        It 'says with a stable id that <Name>=<Value> gives no address' -ForEach @(
            @{ Name = 'HW_CLOUD'; Value = 'no cloud' }
            @{ Name = 'HW_AUTH_URL'; Value = 'https://not an address' }
            @{ Name = 'HUAWEICLOUD_SDK_REGION_CSE_CN_NORTH_4'; Value = 'https://not an address' }
        ) {
            $set = @{ HW_ACCESS_KEY = $Sim.A.AccessKey; HW_SECRET_KEY = $Sim.A.SecretKey; $Name = $Value }
            $problem = Invoke-WithVariable $set { Get-Refusal { Connect-Cse -Region cn-north-4 } }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
        }
    }

    Context 'With a profile file' {
        BeforeAll {
            Set-Content (Join-Path $TestDrive credentials) "[basic]`nak = $($Sim.A.AccessKey)`nsk = $($Sim.A.SecretKey)`niam_endpoint = $address`n"
            $koo = @{
                current  = 'prod'
                profiles = @(
                    @{ name = 'test'; accessKeyId = 'AKNOBODY000000000001'; secretAccessKey = 'SKNOBODY00000000000000000000000000000001' }
                    @{ name = 'prod'; accessKeyId = $Sim.B.AccessKey; secretAccessKey = $Sim.B.SecretKey; region = 'cn-north-4' }
                )
            }
            $koo | ConvertTo-Json -Depth 5 | Set-Content (Join-Path $TestDrive config.json)
            $koo.profiles[1].secretAccessKey = 'AQICAHhPlanted/0m+abcdefgh=='
            $koo | ConvertTo-Json -Depth 5 | Set-Content (Join-Path $TestDrive encrypted.json)
            New-Item (Join-Path $TestDrive a[b]) -ItemType Directory | Out-Null
            [System.IO.File]::Copy((Join-Path $TestDrive credentials), (Join-Path $TestDrive a[b] credentials))
        }

        It 'reads the INI file of the SDKs, by <How>' -ForEach @(
            @{ How = 'a path relative to the current location, not to the process''s'; Path = { './credentials' }; Location = { $TestDrive } }
            @{ How = 'a path relative to a PowerShell drive'; Path = { 'credentials' }; Location = { 'TestDrive:\' } }
            @{ How = 'a path on a PowerShell drive'; Path = { 'TestDrive:\credentials' }; Location = { $PSHOME } }
            @{ How = 'a full path'; Path = { Join-Path $TestDrive credentials }; Location = { $PSHOME } }
            @{ How = 'a path that looks like a wildcard'; Path = { Join-Path $TestDrive a[b] credentials }; Location = { $PSHOME } }
        ) {
            Push-Location -LiteralPath (& $Location)
            try {
                $session = Invoke-WithVariable @{} { Connect-Cse @at -ProfilePath (& $Path) }
            }
            finally {
                Pop-Location
            }
            $session.Source | Should -BeLike 'Profile (*credentials)'
            $session.Identity | Should -BeExactly 'AccessKey'
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
            Get-Identity | Should -BeExactly "ak:$($Sim.A.AccessKey)"
        }

        It 'takes ~ for the home directory' {
            $provider = Get-PSProvider FileSystem
            $before = $provider.Home
            try {
                $provider.Home = "$TestDrive"
                (Connect-Cse @at -ProfilePath ~/credentials).Source | Should -BeExactly "Profile ($(Join-Path $TestDrive credentials))"
            }
            finally {
                $provider.Home = $before
            }
        }

        It 'reads the JSON file of KooCLI, in its current profile' {
            $session = Invoke-WithVariable @{} { Connect-Cse -Endpoint $address -IamEndpoint $address -ProfilePath TestDrive:\config.json }
            $session.Source | Should -BeLike 'KooCLI (*config.json)'
            $session.Region | Should -BeExactly 'cn-north-4'
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
            Get-Identity | Should -BeExactly "ak:$($Sim.B.AccessKey)"
        }

        It 'refuses encrypted secrets of KooCLI, says what to do, and does not repeat them' {
            $problem = Invoke-WithVariable @{} { Get-Refusal { Connect-Cse @at -ProfilePath TestDrive:\encrypted.json } }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike '*encrypted*hcloud configure*'
            ($problem | Format-List * -Force | Out-String -Width 4096) | Should -Not -BeLike '*AQICAHhPlanted*'
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }

        It 'looks nowhere else: the variables of the environment do not count' {
            $session = Invoke-WithVariable @{ HW_ACCESS_KEY = $Sim.B.AccessKey; HW_SECRET_KEY = $Sim.B.SecretKey } { Connect-Cse @at -ProfilePath TestDrive:\credentials }
            Get-CseEngineJob sim-jobs3 -Session $session | Should -HaveCount 3
            Get-Identity | Should -BeExactly "ak:$($Sim.A.AccessKey)"
        }

        It 'says so when there is no such <What>' -ForEach @(
            @{ What = 'file'; Path = 'TestDrive:\nobody'; Id = 'InvalidArgument,*'; Says = '*no profile file*nobody*' }
            @{ What = 'file, but a directory'; Path = 'TestDrive:\'; Id = 'InvalidArgument,*'; Says = '*no profile file*' }
            @{ What = 'drive'; Path = 'nodrive:\file'; Id = 'InvalidArgument,*'; Says = '*nodrive*' }
        ) {
            { Connect-Cse @at -ProfilePath $Path } | Should -Throw -ErrorId $Id -ExpectedMessage $Says
        }
    }

    Context 'Combinations that make no sense' {
        BeforeAll {
            $value = @{
                Token = 't0ken-t0ken'; AccessKey = 'AK'; SecretKey = 'secret'; SecurityToken = 'security'; Credential = Get-AccountCredential $Sim.A; DomainName = 'd'
                EcsAgency = $true; MetadataEndpoint = $address; ProfilePath = 'TestDrive:\credentials'; IamEndpoint = $address; ProjectId = 'p'; ProjectName = 'n'
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
