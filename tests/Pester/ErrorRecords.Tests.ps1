BeforeAll {
    $null = Connect-Simulator
    $command = 'CseJobs.Commands.GetCseEngineJobCommand'
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'An error record' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'carries id, category, target, advice and the server''s own words, for a list and for a job: <Kind>' -ForEach @(
        @{ Kind = 'error500'; Id = 'ServerError'; Category = 'ResourceUnavailable'; Status = 500; Says = '*500*SVCSTG.00500500*'; Advice = '*request id*support*' }
        @{ Kind = 'forbidden'; Id = 'PermissionDenied'; Category = 'PermissionDenied'; Status = 403; Says = "*for engine '*403*APIGW.0302*"; Advice = '*cse:engine:get*' }
        @{ Kind = 'unauthorized'; Id = 'AuthenticationFailed'; Category = 'AuthenticationError'; Status = 401; Says = '*401*APIGW.0301*'; Advice = '*Connect-Cse*' }
        @{ Kind = 'missing401'; Id = 'EngineNotFound'; Category = 'ObjectNotFound'; Status = 401; Says = '*401*SVCSTG.00401116*'; Advice = '*-EnterpriseProjectId*' }
        @{ Kind = 'throttled'; Id = 'Throttled'; Category = 'LimitsExceeded'; Status = 429; Says = '*429*APIGW.0308*'; Advice = '*-MaximumRetryCount*' }
        @{ Kind = 'throttled-retryafterabsurd'; Id = 'Throttled'; Category = 'LimitsExceeded'; Status = 429; Says = '*429*APIGW.0308*'; Advice = '*-MaximumRetryCount*' }
        @{ Kind = 'error200'; Id = 'EngineNotFound'; Category = 'ObjectNotFound'; Status = 200; Says = '*SVCSTG.*'; Advice = '*engine id*' }
        # Out of these no words can be read.
        @{ Kind = 'html'; Id = 'ServerError'; Category = 'ResourceUnavailable'; Status = 502; Says = '*502*'; Advice = '*support*'; IsMute = $true }
        @{ Kind = 'redirect'; Id = 'RedirectRefused'; Category = 'SecurityError'; Status = 302; Says = '*127.0.0.1*302*'; Advice = '*-Endpoint*'; IsMute = $true }
        @{ Kind = 'notjson'; Id = 'MalformedResponse'; Category = 'InvalidData'; Status = 200; Says = '*Sign in*'; Advice = '*proxy*'; IsMute = $true }
        @{ Kind = 'emptybody'; Id = 'MalformedResponse'; Category = 'InvalidData'; Status = 200; Says = '*empty*'; Advice = '*proxy*'; IsMute = $true }
    ) {
        $engine = New-Engine "jobs3-$Kind"
        $body = if (-not $IsMute) { Get-SimulatorAnswer "$engine/jobs?offset=0&limit=100" | ConvertFrom-Json }
        foreach ($job in $null, 5) {
            $given = $job ? @{ Id = $job } : @{}
            Clear-SimulatorRequest
            Get-CseEngineJob $engine @given -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $sent = @(Get-SimulatorRequest)[0]
            $problem | Should -HaveCount 1
            $record = $problem[0]
            $record.FullyQualifiedErrorId | Should -BeExactly "$Id,$command"
            $record.CategoryInfo.Category | Should -Be $Category
            $record.TargetObject | Should -BeExactly ($job -and $Id -ne 'EngineNotFound' ? $job : $engine)
            $record.ErrorDetails.RecommendedAction | Should -BeLike $Advice
            "$record" | Should -BeLike $Says
            "$record" | Should -Not -BeLike '*<*>*'
            $exception = $record.Exception
            $exception | Should -BeOfType ([CseJobs.Client.CseApiException])
            $exception.Reason | Should -Be $Id
            $exception.StatusCode | Should -Be $Status
            $exception.Retries | Should -Be 0
            $exception.EngineId | Should -BeExactly $engine
            $exception.JobId | Should -Be $job
            $exception.Listing | Should -BeNullOrEmpty
            $exception.Method | Should -BeExactly $sent.method
            $exception.Path | Should -BeExactly "$($sent.path)$($sent.rawQuery ? "?$($sent.rawQuery)" : '')"
            if ($body) {
                $exception.Code | Should -BeExactly ($body.errorCode ?? $body.error_code)
                $exception.ServerMessage | Should -BeExactly ($body.errorMessage ?? $body.error_message ?? $body.error_msg)
                $exception.Detail | Should -Be $body.detail
                $exception.RequestId | Should -Match '^[0-9a-f]{32}$'
            }
        }
    }

    It 'names the job that is not there, and the others are read' {
        $engine = New-Engine jobs5-lostjob
        $ids = Get-ServerId $engine
        $found = Get-CseEngineJob $engine -Id $ids[0, 1, 2] -ErrorVariable problem -ErrorAction SilentlyContinue
        $found.Id | Should -Be $ids[0, 2]
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeExactly "JobNotFound,$command"
        $problem[0].TargetObject | Should -Be $ids[1]
        $problem[0].Exception.JobId | Should -Be $ids[1]
        $problem[0].Exception.EngineId | Should -BeExactly $engine
        "$($problem[0])" | Should -BeLike "*'$engine'*$($ids[1])*"
    }

    It 'says how often it was tried, as words and as a number' {
        $patient = Connect-Simulator -Name patient -MaximumRetryCount 2
        $engine = New-Engine jobs3-throttled-retryafter0
        $null = Get-CseEngineJob $engine -Session $patient -ErrorVariable problem -ErrorAction SilentlyContinue
        Disconnect-Cse patient
        $null = Select-CseSession default
        $null = Connect-Simulator
        @(Get-SimulatorRequest) | Should -HaveCount 3
        $problem[0].Exception.Retries | Should -Be 2
        "$($problem[0])" | Should -BeLike '*Tried again 2 times.*'
    }

    It 'fits on a screen: message and advice, no stack trace' {
        $script = @"
`$PSStyle.OutputRendering = 'PlainText'
`$null = Connect-Cse -Endpoint '$(Get-SimulatorAddress)' -ProjectId '$($Sim.ProjectId)' -Token '$($Sim.Token)' -MaximumRetryCount 0
`$null = Get-CseEngineJob '$(New-Engine jobs60-max20-pages0-failfrom3)'
"advice: `$(`$Error[0].ErrorDetails.RecommendedAction)"
"@
        $advice, $lines = (Invoke-FreshShell $script -NotConnected).Where({ $_ -like 'advice: *' }, 'Split')
        # As the view wraps it: without the frame at the left.
        $text = ($lines -replace '^\s*(\d+\s*)?\|', '' -join ' ') -replace '\s+', ' '
        $text | Should -BeLike '*stopped at page 3 (offset 2) after 40 jobs*SVCSTG.00500500*'
        $advice | Should -BeLike '*read on: Get-CseEngineJob *-Skip 40*'
        if (Test-ShowsAdvice) { $text | Should -BeLike '*Recommendation:*read on: Get-CseEngineJob *-Skip 40*' }
        $lines.Count | Should -BeLessThan 25
        $text | Should -Not -Match '\bat CseJobs\.|\bat System\.|\.cs:line|CseApiException'
    }

    It 'shows in Get-Error all that is known, how far the listing came included' {
        $null = Get-CseEngineJob (New-Engine jobs60-max20-pages0-failfrom3) -ErrorVariable problem -ErrorAction SilentlyContinue
        $shown = $problem[0] | Get-Error | Out-String -Width 300
        $last = $problem[0].Exception.Listing.LastId
        $shown | Should -BeLike '*ListingInterrupted,*'
        $shown | Should -BeLike '*SVCSTG.00500500*'
        $shown | Should -BeLike "*$($problem[0].Exception.RequestId)*"
        $shown -match '(?m)^\s*Listing\s*:(?<text>.*(\r?\n {8,}.*)*)' | Should -BeTrue
        $Matches.text | Should -BeLike "*40*$last*"
    }

    It 'survives Export-Clixml' {
        $engine = New-Engine jobs60-max20-pages0-failfrom3
        $null = Get-CseEngineJob $engine -ErrorVariable problem -ErrorAction SilentlyContinue
        $file = Join-Path $TestDrive error.clixml
        $problem[0] | Export-Clixml $file
        $back = Import-Clixml $file
        $back.FullyQualifiedErrorId | Should -BeExactly "ListingInterrupted,$command"
        $back.TargetObject | Should -BeExactly $engine
        $back.ErrorDetails_Message | Should -BeExactly "$($problem[0])"
        $back.ErrorDetails_RecommendedAction | Should -BeExactly $problem[0].ErrorDetails.RecommendedAction
        $back.Exception.Code | Should -BeExactly 'SVCSTG.00500500'
        $back.Exception.RequestId | Should -BeExactly $problem[0].Exception.RequestId
        # Nested objects come back as text or as properties, by depth.
        ($back.Exception.Listing | Format-List * | Out-String) + $back.Exception.Listing | Should -BeLike "*40*$($problem[0].Exception.Listing.LastId)*"
    }

    It 'reports that nothing listens as ConnectionFailed' {
        $elsewhere = Connect-Simulator -Name elsewhere -Endpoint http://127.0.0.1:1
        $null = Get-CseEngineJob sim-jobs3 -Session $elsewhere -ErrorVariable problem -ErrorAction SilentlyContinue
        Disconnect-Cse elsewhere
        $null = Select-CseSession default
        $null = Connect-Simulator
        $problem.FullyQualifiedErrorId | Should -BeExactly 'ConnectionFailed,CseJobs.Commands.GetCseEngineJobCommand'
        $problem.CategoryInfo.Category | Should -Be ConnectionError
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Proxy*'
    }

    It 'carries what the server said on the exception, for scripts' {
        $null = Get-CseEngineJob sim-none -ErrorVariable problem -ErrorAction SilentlyContinue
        $exception = $problem[0].Exception
        $exception.StatusCode | Should -Be 400
        $exception.Code | Should -BeExactly 'SVCSTG.00501116'
        $exception.RequestId | Should -Match '^[0-9a-f]{32}$'
        $exception.Method | Should -BeExactly 'GET'
        $exception.Path | Should -BeLike '*/sim-none/jobs?offset=0&limit=100'
    }

    It 'does not pass on a token that the server repeats: <What>' -ForEach @(
        @{ What = 'a short one'; Token = 'MIIdeNtIfYiNgToKeN' }
        @{ What = 'one with characters that JSON escapes'; Token = 'MIIdeNtIfYiNg+"ToKeN\/<>&' }
        @{ What = 'one as long as IAM''s'; Token = 'MIIdeNtIfYiNgToKeN' + ('0123456789abcdef' * 120) }
    ) {
        $echo = Connect-Simulator -Name echo -Token $Token
        $null = Get-CseEngineJob sim-echo -Session $echo -ErrorVariable listing -ErrorAction SilentlyContinue
        $null = Get-CseEngineJob sim-echo -Id 5 -Session $echo -ErrorVariable reading -ErrorAction SilentlyContinue
        Disconnect-Cse echo
        $null = Select-CseSession default
        $null = Connect-Simulator
        (Get-SimulatorRequest).headers.'X-Auth-Token' | Should -Be $Token, $Token
        foreach ($problem in $listing[0], $reading[0]) {
            "$problem" | Should -BeLike '*decrypt token fail*'
            $shown = @(
                "$problem"
                $problem.Exception.ToString()
                "$($problem.ErrorDetails.Message)"
                $problem | Out-String -Width 500
                $problem | Format-List * -Force | Out-String -Width 500
                $problem | Get-Error | Out-String -Width 500
                $problem.Exception | Format-List * -Force | Out-String -Width 500
                [System.Management.Automation.PSSerializer]::Serialize($problem, 4)
            )
            $shown | ForEach-Object { $_ | Should -Not -BeLike '*MIIdeNtIf*' }
        }
    }
}
