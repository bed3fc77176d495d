BeforeAll {
    # A failure is to be seen at its first try.
    $PSDefaultParameterValues = @{ 'Connect-Cse:MaximumRetryCount' = 0 }
    $address = Get-SimulatorAddress
    $at = @{ Region = 'cn-north-4'; Endpoint = $address; IamEndpoint = $address }

    # As whom the simulator saw the calls for jobs.
    function Get-Identity {
        (Get-SimulatorRequest | Where-Object path -Like '*/enginemgr/*').identity | Select-Object -Unique
    }
}

Describe 'Signing in by environment or profile' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    AfterEach {
        Get-CseSession | Disconnect-Cse
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
            # Windows knows the home folder, whatever the environment says.
            $homeFolder = $IsWindows ? [Environment]::GetFolderPath('UserProfile') : "$(New-Item (Join-Path $TestDrive empty-home) -ItemType Directory)"
            $files = (Join-Path $homeFolder .huaweicloud credentials), (Join-Path $homeFolder .hcloud config.json)
            if ((Test-Path -LiteralPath $files) -contains $true) { Set-ItResult -Skipped -Because 'this user has a profile file, and Windows has no other home folder' }
            $nothing = @{ HOME = $homeFolder }
            Get-ChildItem Env: | Where-Object Name -Match '^(HUAWEICLOUD_|HW_|OS_)' | ForEach-Object { $nothing[$_.Name] = $null }
            $output = Invoke-FreshShell -NotConnected -Environment $nothing 'try { Connect-Cse -Region cn-north-4 } catch { "$($_.FullyQualifiedErrorId) | $_" }'
            $line = $output -like 'InvalidArgument,*' | Select-Object -First 1
            foreach ($place in 'HUAWEICLOUD_SDK_AK', 'HW_AUTH_TOKEN', 'HW_ACCESS_KEY', 'HW_USER_NAME', 'OS_USERNAME', $files[0], $files[1], '-Token', '-Credential', '-AccessKey', '-EcsAgency') {
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
}
