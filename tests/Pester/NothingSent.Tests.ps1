BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot LeakWays.psm1) -Force
    $ways = $WayName
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot LeakWays.psm1) -Force
    $simulator = Start-OwnSimulator --jobs 50 --token $PlantedToken
    $proxy = Start-ScriptedServer proxy
    $wayList = New-WayIn $simulator.Address "$TestDrive" $PlantedToken (New-PlantedCredential) $proxy.Address $Sim.A
}

AfterAll {
    Get-CseSession | Disconnect-Cse
    ${proxy}?.Dispose()
    ${simulator}?.Process.StandardInput.Close()
}

Describe 'Where nothing is sent' {
    BeforeAll {
        $elsewhere = Start-ScriptedServer error
        $redirecting = Start-ScriptedServer redirect $elsewhere.Address
        $listening = Start-ScriptedServer error
    }

    AfterAll {
        foreach ($one in $elsewhere, $redirecting, $listening) { $one.Dispose() }
    }

    It 'is where a redirect of a call leads: <_>' -ForEach $ways {
        $way = $wayList | Where-Object Name -EQ $_
        $before = $redirecting.Connections
        foreach ($status in 301, 302, 303, 307, 308) {
            $session = Connect-WayIn $way @{ Name = 'redirected'; Endpoint = "$($redirecting.Address)/redirect$status" }
            $null = Get-CseEngineJob e-1 -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem.FullyQualifiedErrorId | Should -BeExactly 'RedirectRefused,CseJobs.Commands.GetCseEngineJobCommand'
            Disconnect-Cse -Session $session
        }
        # The proxy's way answers once more.
        $redirecting.Connections - $before | Should -BeGreaterOrEqual 5
        $elsewhere.Connections | Should -Be 0
    }

    It 'is where a redirect of a sign-in leads: <_>' -ForEach ($ways | Where-Object { $_ -notin 'Token', 'Proxy with password' }) {
        $way = $wayList | Where-Object Name -EQ $_
        $before = $redirecting.Connections
        foreach ($status in 301, 302, 303, 307, 308) {
            { Connect-WayIn $way @{ IamEndpoint = "$($redirecting.Address)/redirect$status" } } | Should -Throw -ErrorId 'RedirectRefused,*'
        }
        $redirecting.Connections - $before | Should -Be 5
        $elsewhere.Connections | Should -Be 0
    }

    It 'is where a redirect of the metadata service leads' {
        $before = $redirecting.Connections
        { Connect-WayIn ($wayList | Where-Object Name -EQ 'ECS agency') @{ MetadataEndpoint = $redirecting.Address } } | Should -Throw
        $redirecting.Connections - $before | Should -Be 1
        $elsewhere.Connections | Should -Be 0
    }

    # By a proxy everything that leaves for another host passes.
    It 'is plain http to another host: <_>' -ForEach $ways {
        $way = $wayList | Where-Object Name -EQ $_
        $before = $listening.Connections
        $plain = @{ Endpoint = 'http://cse.example.com'; Proxy = $listening.Address }
        { Connect-WayIn $way $plain } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*not encrypted*'
        if ($way.AsksIam) {
            { Connect-WayIn $way @{ IamEndpoint = 'http://iam.example.com'; Proxy = $listening.Address } } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*not encrypted*'
        }
        $listening.Connections - $before | Should -Be 0

        # It would have been seen.
        try { $null = Get-CseEngineJob e-1 -Session (Connect-WayIn $way ($plain + @{ AllowUnencryptedAuthentication = $true })) -ErrorAction SilentlyContinue } catch { $null = $_ }
        $listening.Connections - $before | Should -BeGreaterThan 0
    }

    It 'is plain http to another host that <Where> names' -ForEach @(
        @{ Where = 'HW_AUTH_URL'; Variables = @{ HW_AUTH_URL = 'http://iam.example.com/v3' } }
        @{ Where = 'HUAWEICLOUD_SDK_IAM_ENDPOINT'; Variables = @{ HUAWEICLOUD_SDK_IAM_ENDPOINT = 'http://iam.example.com' } }
        @{ Where = 'HUAWEICLOUD_SDK_REGION_CSE_CN_NORTH_4'; Variables = @{ HUAWEICLOUD_SDK_REGION_CSE_CN_NORTH_4 = 'http://cse.example.com'; HW_PROJECT_ID = 'p' } }
    ) {
        $before = $listening.Connections
        Invoke-WithVariable ($Variables + @{ HW_ACCESS_KEY = 'AK0123456789'; HW_SECRET_KEY = 'secret-secret' }) {
            { Connect-Cse -Region cn-north-4 -Proxy $listening.Address } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*not encrypted*'
        }
        $listening.Connections - $before | Should -Be 0
    }

    It 'is a metadata service on another host' {
        { Connect-WayIn ($wayList | Where-Object Name -EQ 'ECS agency') @{ MetadataEndpoint = 'http://192.0.2.1'; Proxy = $listening.Address } } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}
