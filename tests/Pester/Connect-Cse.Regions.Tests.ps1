BeforeAll {
    Import-Module (Join-Path $PSScriptRoot FleetTools.psm1) -Force
    $PSDefaultParameterValues = @{ 'Connect-Cse:MaximumRetryCount' = 0 }
    $fleet = Start-Fleet -Engines 1

    function Get-FleetRequest {
        foreach ($one in $fleet) { Invoke-RestMethod "$($one.Address)_sim/requests" | ForEach-Object { $_ } }
    }
}

AfterAll {
    Stop-Fleet $fleet
}

Describe 'Connect-Cse with several regions' {
    BeforeEach {
        Clear-FleetCall $fleet
    }

    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    It 'makes a session of each, named after it and with its own project, and emits them in that order' {
        $sessions = Invoke-WithVariable (Get-FleetVariable $fleet) { Connect-Cse -Region $Region }
        $sessions.Name | Should -BeExactly $Region
        $sessions.Region | Should -BeExactly $Region
        $sessions.ProjectId | Should -BeExactly $fleet.ProjectId
        $sessions.Endpoint | Should -Be @($fleet | ForEach-Object Address)
        (Get-CseSession).Name | Should -BeExactly $Region
    }

    It 'verifies each by itself: one that fails has one error that says what to do, and the others are there' {
        $variables = Get-FleetVariable $fleet @{ HUAWEICLOUD_SDK_REGION_CSE_AF_SOUTH_1 = 'http://127.0.0.1:1' }
        $sessions = Invoke-WithVariable $variables { Connect-Cse -Region $Region -Verify -ErrorAction SilentlyContinue -ErrorVariable script:problems }
        $sessions.Name | Should -BeExactly ($Region -ne 'af-south-1')
        $problems = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $problems | Should -HaveCount 1
        "$problems" | Should -BeLike '*Name, TCP: No answer from 127.0.0.1:1*firewall*There is no new session.*'
        foreach ($one in $fleet | Where-Object Name -NE af-south-1) { Get-FleetCall $one | Should -HaveCount 2 }
    }

    It 'makes the first of them the default one' {
        $sessions = Invoke-WithVariable (Get-FleetVariable $fleet) { Connect-Cse -Region $Region }
        $sessions.IsDefault | Should -Be $true, $false, $false, $false, $false
    }

    It 'asks IAM for the projects side by side, once the first region has taken the credentials' {
        $null = Invoke-WithVariable (Get-FleetVariable $fleet) { Connect-Cse -Region $Region }
        Get-FleetRequest | ForEach-Object { "$($_.method) $($_.path)" } | Should -Be (@('GET /v3/projects') * 5)
        Get-FleetRequest | Where-Object path -NotLike '/v3/projects*' | Should -BeNullOrEmpty
        (Get-FleetRequest).rawQuery | Sort-Object | Should -Be ($Region.ForEach{ "name=$_" } | Sort-Object)
    }

    It 'puts them into the place of {region} in -Name, whatever its case' -ForEach @{ Name = 'acme-{region}' }, @{ Name = 'ACME-{Region}' } {
        $sessions = Invoke-WithVariable (Get-FleetVariable $fleet) { Connect-Cse -Region $Region[0, 1] -Name $Name }
        $sessions.Name | Should -Be "acme-$($Region[0])", "acme-$($Region[1])"
    }

    It 'knows {region} also for a single one, given or from the environment' {
        (Connect-Cse -Region CN-North-4 -ProjectId p -Token t -Name 'acme-{region}').Name | Should -BeExactly 'acme-cn-north-4'
        $found = Invoke-WithVariable @{ HW_REGION_NAME = 'af-south-1'; HW_AUTH_TOKEN = 't'; HW_PROJECT_ID = 'p' } { Connect-Cse -Name 'acme-{region}' }
        $found.Name | Should -BeExactly 'acme-af-south-1'
        $refusal = Get-Refusal { Connect-Cse -Endpoint 127.0.0.1 -ProjectId p -Token t -Name 'acme-{region}' }
        "$refusal" | Should -BeExactly '{region} in -Name stands for the region, but none is known: pass -Region.'
        $refusal.FullyQualifiedErrorId | Should -Be 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
    }

    It 'takes a region that is named twice once' {
        $sessions = Invoke-WithVariable (Get-FleetVariable $fleet) { Connect-Cse -Region $Region[0], $Region[1], $Region[0].ToUpper() }
        $sessions.Name | Should -BeExactly $Region[0, 1]
    }

    It 'is refused before anything is sent: <What>' -ForEach @(
        @{ What = 'a token'; With = @{ Token = 't'; ProjectId = 'p' }; Says = 'A token holds for one project, and so for one region, but -Region names several. Connect to each region with its own token. Nothing was sent.' }
        @{ What = 'a project'; With = @{ ProjectId = 'p' }; Says = '-ProjectId names one place, but -Region names several. Leave it out, or connect to each region by itself. Nothing was sent.' }
        @{ What = 'a project by name'; With = @{ ProjectName = 'p' }; Says = '-ProjectName names one place*' }
        @{ What = 'an address'; With = @{ Endpoint = '127.0.0.1' }; Says = '-Endpoint names one place*' }
        @{ What = 'an engine'; With = @{ EngineId = 'e' }; Says = '-EngineId names one place*' }
        @{ What = 'one name'; With = @{ Name = 'acme' }; Says = "-Name names one session, but -Region names several. Put {region} into it, for example 'acme-{region}'. Nothing was sent." }
        @{ What = 'a name that gets too long'; With = @{ Name = ('x' * 60) + '{region}' }; Says = '*must have 1 to 64 printable characters.' }
        @{ What = 'what is no region'; With = @{}; More = 'a b'; Says = "'a b' is not the name of a region.*" }
    ) {
        $refusal = Get-Refusal { Invoke-WithVariable (Get-FleetVariable $fleet) { Connect-Cse @With -Region (@($Region) + $More | Where-Object { $_ }) } }
        "$refusal" | Should -BeLike $Says
        $refusal.FullyQualifiedErrorId | Should -Be 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
        Get-FleetRequest | Should -BeNullOrEmpty
        Get-CseSession | Should -BeNullOrEmpty
    }

    It 'names them by themselves where a name is only a default' {
        $sessions = Invoke-WithVariable (Get-FleetVariable $fleet) {
            $PSDefaultParameterValues = @{ 'Connect-Cse:Name' = 'usual' }
            Connect-Cse -Region $Region[0, 1]
        }
        $sessions.Name | Should -BeExactly $Region[0, 1]
    }

    It 'does not take the environment''s one project for that of each' {
        $sessions = Invoke-WithVariable (Get-FleetVariable $fleet @{ HUAWEICLOUD_SDK_PROJECT_ID = 'elsewhere' }) { Connect-Cse -Region $Region[0, 1] }
        $sessions.ProjectId | Should -BeExactly $fleet[0, 1].ProjectId
    }

    It 'says of a region that fails why, keeps the others, and has the first of those as default: the <Which> one' -ForEach @(
        @{ Which = 'first'; Bad = 'ru-moscow-1'; Given = { @('ru-moscow-1') + $Region[0, 1] } }
        @{ Which = 'second'; Bad = 'ru-moscow-1'; Given = { $Region[0], 'ru-moscow-1', $Region[1] } }
        @{ Which = 'last'; Bad = 'ru-moscow-1'; Given = { $Region[0, 1] + 'ru-moscow-1' } }
    ) {
        $sessions = Invoke-WithVariable (Get-FleetVariable $fleet) { Connect-Cse -Region (& $Given) -ErrorAction SilentlyContinue -ErrorVariable script:problem }
        $sessions.Name | Should -BeExactly $Region[0, 1]
        $sessions.IsDefault | Should -Be $true, $false
        $problem | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -Be 'ProjectNotFound,CseJobs.Commands.ConnectCseCommand'
        "$problem" | Should -BeLike "Region 'ru-moscow-1': IAM knows no project named 'ru-moscow-1'*"
        $problem.TargetObject | Should -Be 'ru-moscow-1'
        (Get-CseSession).Name | Should -BeExactly $Region[0, 1]
    }

    It 'has stored the good ones also where an error ends the script' {
        $refusal = Get-Refusal { Invoke-WithVariable (Get-FleetVariable $fleet) { Connect-Cse -Region 'ru-moscow-1', $Region[0] -ErrorAction Stop } }
        "$refusal" | Should -BeLike "Region 'ru-moscow-1': *"
        (Get-CseSession).Name | Should -BeExactly $Region[0]
    }

    It 'sends refused credentials to two regions at most, and tells of each of them' {
        $wrong = Get-FleetVariable $fleet @{ HUAWEICLOUD_SDK_SK = 'SKWRONG0000000000000000000000000000000WR' }
        Invoke-WithVariable $wrong { Connect-Cse -Region $Region -ErrorAction SilentlyContinue -ErrorVariable script:problem } | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be (@('AuthenticationFailed,CseJobs.Commands.ConnectCseCommand') * 5)
        $problem.TargetObject | Should -BeExactly $Region
        "$($problem[1])" | Should -BeLike "Region 'ap-southeast-1': *" -Because 'it was asked'
        "$($problem[1])" | Should -Not -BeLike '*Not tried*'
        "$($problem[2])" | Should -BeLike "Region 'af-south-1': Not tried: these credentials were refused elsewhere, and a few refusals lock them. *"
        Get-FleetRequest | Should -HaveCount 2
        Get-CseSession | Should -BeNullOrEmpty
    }

    It 'says once, and ends, that there are no credentials' {
        Invoke-WithVariable @{ HUAWEICLOUD_SDK_CREDENTIALS_FILE = '/nowhere' } {
            { Connect-Cse -Region $Region } | Should -Throw "There is no profile file at '/nowhere'*" -ErrorId 'InvalidArgument,*'
        }
    }

    It 'keeps no session when it is stopped' {
        $server = Start-ScriptedServer stall
        $shell = New-ModuleShell
        try {
            Invoke-WithVariable (Get-FleetVariable $fleet @{ HUAWEICLOUD_SDK_IAM_ENDPOINT = $server.Address }) {
                $null = $shell.AddCommand('Connect-Cse').AddParameter('Region', $Region)
                $null = $shell.BeginInvoke($shell.In, $shell.Out)
                $server.Arrived.Wait(20000) | Should -BeTrue
                Stop-Shell $shell | Should -Be Stopped
            }
            Get-CseSession | Should -BeNullOrEmpty
        }
        finally {
            Remove-ModuleShell $shell
            $server.Dispose()
        }
    }
}
