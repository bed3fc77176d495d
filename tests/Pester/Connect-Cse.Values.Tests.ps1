[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingAllowUnencryptedAuthentication', '', Justification = 'This parameter is what is tested.')]
param()

BeforeAll {
    # A value that no message may hold, and that no other text holds by chance.
    $token = 'MIIdeNtIfYiNgToKeN'
    $region = @{ Region = 'cn-north-4'; ProjectId = $Sim.ProjectId; Token = $token }
    $noAddress = @{ ProjectId = $Sim.ProjectId; Token = $token }
}

Describe 'What Connect-Cse is given' {
    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    Context 'Region and endpoint' {
        It 'takes region <Given> for https://<Expected>' -ForEach @(
            @{ Given = 'cn-north-4'; Expected = 'cse.cn-north-4.myhuaweicloud.com' }
            @{ Given = 'AF-South-1'; Expected = 'cse.af-south-1.myhuaweicloud.com' }
            @{ Given = 'xx-future-99'; Expected = 'cse.xx-future-99.myhuaweicloud.com' }
        ) {
            $session = Connect-Cse @noAddress -Region $Given
            $session.Endpoint | Should -Be ([uri]"https://$Expected")
            $session.Region | Should -BeExactly $Given.ToLowerInvariant()
        }

        It 'takes endpoint <Given> for <Expected>' -ForEach @(
            @{ Given = 'cse.example.com'; Expected = 'https://cse.example.com/' }
            @{ Given = 'cse.example.com:8443'; Expected = 'https://cse.example.com:8443/' }
            @{ Given = ' cse.example.com '; Expected = 'https://cse.example.com/' }
            @{ Given = [uri]'cse.example.com'; Expected = 'https://cse.example.com/' }
            @{ Given = [uri]'https://cse.example.com/gateway'; Expected = 'https://cse.example.com/gateway' }
            @{ Given = 'http://127.0.0.1:8080'; Expected = 'http://127.0.0.1:8080/' }
            @{ Given = 'http://[::1]:8080'; Expected = 'http://[::1]:8080/' }
            @{ Given = 'http://localhost'; Expected = 'http://localhost/' }
        ) {
            (Connect-Cse @noAddress -Endpoint $Given).Endpoint.AbsoluteUri | Should -BeExactly $Expected
        }

        It 'keeps the path of an endpoint in front of the API''s' {
            $null = Connect-Simulator -Endpoint "$(Get-SimulatorAddress)gateway/cse/"
            Clear-SimulatorRequest
            Get-CseEngineJob sim-jobs3 -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            (Get-SimulatorRequest).path | Should -BeExactly "/gateway/cse/v2/$($Sim.ProjectId)/enginemgr/engines/sim-jobs3/jobs"
        }

        It 'refuses the region <Given>' -ForEach @(
            @{ Given = 'cn_north_4' }
            @{ Given = 'cn-north-4.evil.example' }
            @{ Given = 'cn-north-4/..' }
            @{ Given = 'evil.example#' }
            @{ Given = '-cn' }
            @{ Given = "cn-north-4`n" }
        ) {
            $problem = Get-Refusal { Connect-Cse @noAddress -Region $Given }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike "*not the name of a region*"
        }

        It 'refuses the endpoint <Given>' -ForEach @(
            @{ Given = 'ftp://cse.example.com'; Says = '*https*' }
            @{ Given = 'https://user:pa55word@cse.example.com'; Says = '*user name or password*' }
            @{ Given = 'https://cse.example.com/?x=1'; Says = '*without query*' }
            @{ Given = 'https://cse.example.com/#x'; Says = '*without query or fragment*' }
        ) {
            $problem = Get-Refusal { Connect-Cse @noAddress -Endpoint $Given }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike $Says
            $problem.Exception.ToString() | Should -Not -BeLike '*pa55word*'
        }

        It 'refuses an address that cannot be read' {
            { Connect-Cse @noAddress -Endpoint 'https://not an address' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*https://cse.cn-north-4.myhuaweicloud.com*'
        }

        It 'refuses to send a token unencrypted to <_>, and says how to insist' -ForEach @(
            'http://cse.example.com', 'http://10.0.0.1:8080', 'http://127.0.0.1.example.com', 'http://localhost.example.com', 'http://0.0.0.0'
        ) {
            $problem = Get-Refusal { Connect-Cse @noAddress -Endpoint $_ }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike '*-AllowUnencryptedAuthentication*'
            "$problem" | Should -BeLike '*https*'
        }

        It 'sends unencrypted when told to' {
            (Connect-Cse @noAddress -Endpoint http://cse.example.com -AllowUnencryptedAuthentication).Endpoint | Should -Be ([uri]'http://cse.example.com')
        }
    }

    Context 'The credential of a proxy' {
        It 'is sent as user <User> of domain <Domain> when it is <Name>' -ForEach @(
            @{ Name = 'CORP\user'; User = 'user'; Domain = 'CORP' }
            @{ Name = 'user'; User = 'user'; Domain = '' }
            @{ Name = 'user@corp.example'; User = 'user@corp.example'; Domain = '' }
        ) {
            $session = Connect-Cse @region -Proxy http://127.0.0.1:1 -ProxyCredential ([pscredential]::new($Name, (ConvertTo-Secret 'pa55word')))
            $client = [CseJobs.CseSession].GetProperty('Client', [System.Reflection.BindingFlags]'NonPublic, Public, Instance').GetValue($session)
            $options = $client.GetType().GetProperty('Options', [System.Reflection.BindingFlags]'NonPublic, Public, Instance').GetValue($client)
            $options.ProxyCredential.UserName | Should -BeExactly $User
            $options.ProxyCredential.Domain | Should -BeExactly $Domain
        }
    }

    Context 'Ids that would leave their place' {
        It 'refuses <What> as a project id' -ForEach @(
            @{ What = '65 characters'; Id = 'a' * 65; Says = '*64*' }
            @{ What = 'a slash'; Id = 'a/b'; Says = "*'/'*" }
            @{ What = 'a backslash'; Id = 'a\b'; Says = "*'\'*" }
            @{ What = 'two dots'; Id = '..'; Says = '*relative path*' }
            @{ What = 'one dot'; Id = '.'; Says = '*relative path*' }
            @{ What = 'a line break'; Id = "a`nb"; Says = '*line break*' }
            @{ What = 'an escape'; Id = "a`e[2Jb"; Says = '*control character*' }
            @{ What = 'a NUL'; Id = "a`0b"; Says = '*control character*' }
            @{ What = 'blanks'; Id = '   '; Says = '*empty*' }
            @{ What = 'a wildcard'; Id = 'a*'; Says = '*wildcard*' }
        ) {
            $given = $region.Clone()
            $given.ProjectId = $Id
            $problem = Get-Refusal { Connect-Cse @given }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            $problem.CategoryInfo.Category | Should -Be InvalidArgument
            $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            "$problem" | Should -BeLike '*project id*'
            "$problem" | Should -BeLike $Says
            "$problem" | Should -Not -Match '[\x00-\x08\x0b-\x1f\x7f-\x9f]'
        }

        It 'takes a project id of 64 characters' {
            $given = $region.Clone()
            $given.ProjectId = 'a' * 64
            (Connect-Cse @given).ProjectId | Should -BeExactly ('a' * 64)
        }

        It 'refuses <_> as the session''s engine' -ForEach 'a/b', '..', 'prod-*', "a`tb" {
            $problem = Get-Refusal { Connect-Cse @region -EngineId $_ }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike '*engine id*'
        }

        It 'refuses an enterprise project id that would add a header' {
            $problem = Get-Refusal { Connect-Cse @region -EnterpriseProjectId "7`r`nX-Evil: 1" }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
            "$problem" | Should -BeLike '*enterprise project id*'
        }

        It 'leaves the sessions as they were when it refuses' {
            $first = Connect-Cse @region
            $null = Get-Refusal { Connect-Cse @region -EngineId 'a/b' }
            Get-CseSession | Should -Be $first
            $first.IsClosed | Should -BeFalse
        }
    }

    Context 'The token' {
        It 'is taken as <Kind> and sent as it is' -ForEach @(
            @{ Kind = 'a text'; Token = $Sim.Token }
            @{ Kind = 'a SecureString'; Token = (ConvertTo-Secret $Sim.Token) }
            @{ Kind = 'a text with properties, as Get-Content gives it'; Token = ($Sim.Token | Add-Member Note x -PassThru) }
        ) {
            $null = Connect-Simulator -Token $Token
            Clear-SimulatorRequest
            Get-CseEngineJob sim-jobs3 | Should -HaveCount 3
            (Get-SimulatorRequest).headers.'X-Auth-Token' | Should -BeExactly $Sim.Token
        }

        It 'is refused with <What>, as text and as SecureString, and not repeated' -ForEach @(
            @{ What = 'a line feed in it'; Bad = "MIIdeNtIfY`niNgToKeN" }
            @{ What = 'a line end behind it'; Bad = "MIIdeNtIfYiNgToKeN`r`n" }
            @{ What = 'a blank in it'; Bad = 'MIIdeNtIfY iNgToKeN' }
            @{ What = 'a blank before it'; Bad = ' MIIdeNtIfYiNgToKeN' }
            @{ What = 'a letter outside ASCII'; Bad = "MIIdeNtIfY$([char]0xe9)iNgToKeN" }
            @{ What = 'a NUL in it'; Bad = "MIIdeNtIfY`0iNgToKeN" }
        ) {
            $given = $region.Clone()
            foreach ($value in $Bad, (ConvertTo-Secret $Bad)) {
                $given.Token = $value
                $problem = Get-Refusal { Connect-Cse @given }
                $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
                "$problem" | Should -BeLike '*The token holds*HTTP header*'
                foreach ($text in $problem.Exception.ToString(), ($problem | Format-List * -Force | Out-String), ($problem | Get-Error | Out-String)) {
                    $text | Should -Not -BeLike '*MIIdeNtIfY*'
                    $text | Should -Not -BeLike '*iNgToKeN*'
                }
            }
        }

        It 'is refused when it is <What>' -ForEach @(
            @{ What = 'an empty text'; Bad = ''; Id = 'InvalidArgument,*' }
            @{ What = 'blank'; Bad = '  '; Id = 'InvalidArgument,*' }
            @{ What = 'an empty SecureString'; Bad = [securestring]::new(); Id = 'InvalidArgument,*' }
            @{ What = '$null'; Bad = $null; Id = 'ParameterArgumentValidationError,*' }
        ) {
            $given = $region.Clone()
            $given.Token = $Bad
            { Connect-Cse @given } | Should -Throw -ErrorId $Id
        }

        It 'is not repeated when something else was passed for it' {
            $given = $region.Clone()
            $given.Token = [pscustomobject]@{ Token = $token }
            $problem = Get-Refusal { Connect-Cse @given }
            $problem.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
            $problem.Exception.ToString() | Should -Not -BeLike "*$token*"
        }

        It 'shows nowhere: ToString' {
            $session = Connect-Cse @region -Name prod
            "$session" | Should -BeExactly 'prod'
        }

        It 'shows nowhere: the streams of all cmdlets with -Verbose and -Debug' {
            $shown = & {
                $session = Connect-Simulator -Verbose -Debug -Token $Sim.Token
                $session
                Get-CseSession -Verbose -Debug
                Get-CseEngineJob sim-jobs3 -Verbose -Debug
                Get-CseEngineJob sim-none -Verbose -Debug -ErrorAction Continue
                Disconnect-Cse -Verbose -Debug
            } *>&1 | Out-String -Width 500
            $shown | Should -BeLike '*sim-jobs3/jobs?offset=0*'
            $shown | Should -BeLike '*sim-none*not found*'
            $shown | Should -Not -BeLike "*$($Sim.Token)*"
        }
    }
}
