BeforeAll {
    $address = Get-SimulatorAddress
    $at = @{ Endpoint = $address; IamEndpoint = $address; ProjectId = $Sim.A.ProjectId; MaximumRetryCount = 0 }
    $profiles = @{
        current  = 'own'
        profiles = @(
            @{ name = 'own'; accessKeyId = $Sim.A.AccessKey; secretAccessKey = $Sim.A.SecretKey }
            @{ name = 'partner b'; accessKeyId = $Sim.B.AccessKey; secretAccessKey = $Sim.B.SecretKey; projectId = $Sim.B.ProjectId }
        )
    }
    $profiles | ConvertTo-Json -Depth 3 | Set-Content TestDrive:/config.json
    "[basic]`nak=$($Sim.A.AccessKey)`nsk=$($Sim.A.SecretKey)`n[partner]`nak=$($Sim.B.AccessKey)`nsk=$($Sim.B.SecretKey)" | Set-Content TestDrive:/credentials

    function Complete([string] $Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
    }
}

Describe 'A profile that is named' {
    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    It 'is taken from <File>, whatever case its name has' -ForEach @(
        @{ File = 'config.json'; Name = 'Partner B' }
        @{ File = 'credentials'; Name = 'PARTNER' }
    ) {
        $session = Connect-Cse @at -ProfilePath "TestDrive:/$File" -ProfileName $Name
        $session.KeyId | Should -BeExactly 'AK…02'
        $session.Source | Should -BeLike "* (*$File, partner*)"
    }

    It 'goes before the environment, in a file that a variable names' {
        $variables = @{ HUAWEICLOUD_SDK_AK = $Sim.A.AccessKey; HUAWEICLOUD_SDK_SK = $Sim.A.SecretKey; HW_SHARED_CONFIG_FILE = "$TestDrive/config.json" }
        (Invoke-WithVariable $variables { Connect-Cse @at -ProfileName 'partner b' }).KeyId | Should -BeExactly 'AK…02'
    }

    It 'is told with those that exist when it is not there, and with no secret' {
        $refusal = Get-Refusal { Connect-Cse @at -ProfilePath TestDrive:/config.json -ProfileName nobody }
        "$refusal" | Should -BeExactly "There is no profile 'nobody'. The profiles that exist: own, partner b."
        $refusal.FullyQualifiedErrorId | Should -Be 'InvalidArgument,CseJobs.Commands.ConnectCseCommand'
        $text = $refusal | Get-Error | Out-String
        $text | Should -Not -BeLike "*$($Sim.A.SecretKey)*"
        $text | Should -Not -BeLike "*$($Sim.B.AccessKey)*"
        Get-CseSession | Should -BeNullOrEmpty
    }

    It 'is completed with Tab from the file of -ProfilePath: <Word>' -ForEach @(
        @{ Word = ''; Expected = 'own', "'partner b'" }
        @{ Word = 'P'; Expected = "'partner b'" }
    ) {
        Push-Location TestDrive:
        try {
            $offered = Complete "Connect-Cse -ProfilePath ./config.json -ProfileName $Word"
        }
        finally {
            Pop-Location
        }
        $offered.CompletionText | Should -Be $Expected
        $offered | Out-String | Should -Not -Match 'AKACCOUNT|SKACCOUNT'
    }

    It 'is completed from the files that the environment names' {
        $offered = Invoke-WithVariable @{ HUAWEICLOUD_SDK_CREDENTIALS_FILE = "$TestDrive/credentials"; HW_SHARED_CONFIG_FILE = "$TestDrive/config.json" } { Complete 'Connect-Cse -ProfileName ' }
        $offered.CompletionText | Select-Object -First 4 | Should -Be 'basic', 'partner', 'own', "'partner b'"
    }

    It 'goes with no other way in' {
        { Connect-Cse @at -ProfileName own -AccessKey $Sim.A.AccessKey -SecretKey $Sim.A.SecretKey } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }
}
