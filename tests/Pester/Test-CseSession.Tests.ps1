[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingAllowUnencryptedAuthentication', '', Justification = 'This parameter is what is tested.')]
param()

BeforeAll {
    $names = 'Name, TCP', 'TLS', 'Clock', 'Credentials', 'Permission', 'Engines', 'Offset', 'Limit', 'Total', 'Window', 'Order', 'Fields'
    $token = @{ ProjectId = $Sim.ProjectId; Token = $Sim.Token; MaximumRetryCount = 0 }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Test-CseSession' {
    BeforeEach {
        $session = Connect-Simulator
        Clear-SimulatorRequest
    }

    It 'emits a check for each thing that it looks at, and reads only' {
        $checks = Test-CseSession
        $checks.Check | Should -BeExactly $names
        $checks.Result | Should -Be (@('Ok') * 6 + @('Found') * 5 + 'Ok')
        $checks.Advice | Where-Object { $_ } | Should -BeNullOrEmpty
        $sent = Get-SimulatorRequest
        $sent.method | Should -Be (@('GET') * 4)
    }

    It 'emits each as it is made' {
        (Test-CseSession | Select-Object -First 1).Check | Should -Be 'Name, TCP'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'shows every request in the verbose stream' {
        $lines = Test-CseSession -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $lines | Should -HaveCount (Get-SimulatorRequest).Count
        "$($lines[0])" | Should -BeLike 'GET *engines?offset=0&limit=100 -> 200 *'
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'the id of an engine'; Test = { Test-CseSession $Sim.SeedEngine } }
        @{ What = 'its name'; Test = { Test-CseSession -EngineId (Get-CseEngine -Id $Sim.SeedEngine).Name.ToUpper() } }
        @{ What = 'an engine'; Test = { Get-CseEngine -Id $Sim.SeedEngine | Test-CseSession } }
        @{ What = 'an engine as a parameter'; Test = { Test-CseSession (Get-CseEngine -Id $Sim.SeedEngine) } }
        @{ What = 'a job'; Test = { Get-CseEngineJob $Sim.SeedEngine -First 1 | Test-CseSession } }
        @{ What = 'the engine of the session'; Test = { Test-CseSession -Session (Connect-Simulator -Name own -EngineId $Sim.SeedEngine) } }
        @{ What = 'the engine of a session in the pipeline'; Test = { Connect-Simulator -Name own -EngineId $Sim.SeedEngine | Test-CseSession } }
    ) {
        $checks = & $Test
        $checks.Check | Should -BeExactly $names
        @(Get-SimulatorRequest).path -like '*/jobs' | Sort-Object -Unique | Should -BeLike "*/$($Sim.SeedEngine)/jobs"
    }

    It 'names the session of each check' {
        $other = Connect-Simulator -Name other
        $checks = $session, $other | Test-CseSession
        ($checks | Group-Object Session).ForEach{ "$($_.Name) $($_.Count)" } | Should -Be 'default 12', 'other 12'
        (Get-Line $checks) -like '   Session: *' | Should -Be '   Session: default', '   Session: other'
    }

    It 'has no error where a check fails, for that is what was asked for' {
        $checks = Test-CseSession no-such-engine -ErrorAction Stop
        $? | Should -BeTrue
        $checks[5].Result | Should -Be Fail
        $checks[5].Problem | Should -Be EngineUnknown
        $checks[5].Reason | Should -Be EngineNotFound
        $checks[6..11].Result | Should -Be (@('NotTried') * 6)
    }

    It 'has one where there is no session, a closed one, or no engine that could be meant' {
        $other = Connect-Simulator -Name other
        Disconnect-Cse other
        (Get-Refusal { Test-CseSession -Session $other }).FullyQualifiedErrorId | Should -BeLike 'SessionClosed,*'
        (Get-Refusal { Test-CseSession }).FullyQualifiedErrorId | Should -BeLike 'NotConnected,*'
        (Get-Refusal { Test-CseSession -Session no-such-session }).Exception.Message | Should -BeLike '*no-such-session*'
        (Get-Refusal { Test-CseSession 'prod-*' -Session $session }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Refusal { [pscustomobject]@{ X = 1 } | Test-CseSession -Session $session }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'ends with the pipeline while it waits' {
        $shell = New-ModuleShell
        try {
            $null = $shell.AddCommand('Test-CseSession').AddParameters(@{ EngineId = 'sim-slowheaders'; Session = $session })
            $running = $shell.BeginInvoke($shell.In, $shell.Out)
            Wait-Until { @(Get-SimulatorRequest).path -like '*/sim-slowheaders/jobs' } | Should -BeTrue
            $running.IsCompleted | Should -BeFalse
            Stop-Shell $shell | Should -Be Stopped
            $shell.Out.Check | Should -Be $names[0..3]
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally {
            Remove-ModuleShell $shell
        }
    }
}

Describe 'What is wrong with a session' {
    BeforeAll {
        $started = @{}
        function Get-Address([string] $Kind) {
            if (-not $started[$Kind]) {
                $started[$Kind] = switch ($Kind) {
                    'proxy' { Start-ScriptedServer proxy-refuses }
                    'stalled' { Start-OwnSimulator --listen-only stalled }
                    'skewed' { Start-OwnSimulator --date-skew 7200 }
                    default { Start-OwnSimulator --tls $Kind }
                }
            }
            $started[$Kind].Address
        }
    }

    AfterAll {
        foreach ($one in $started.Values) { if ($one.Process) { $one.Process.StandardInput.Close() } else { $one.Dispose() } }
    }

    It 'is told with what to do: <Problem>' -ForEach @(
        @{ Problem = 'HostUnknown'; Check = 'Name, TCP'; Given = { @{ Endpoint = 'https://cse.no-such-host.invalid' } }; Advice = '*-Region or -Endpoint*' }
        @{ Problem = 'HostUnreachable'; Check = 'Name, TCP'; Given = { @{ Endpoint = 'https://127.0.0.1:1' } }; Advice = '*firewall*' }
        @{ Problem = 'ProxyUnreachable'; Check = 'Name, TCP'; Given = { @{ Endpoint = 'https://cse.example.com'; Proxy = 'http://127.0.0.1:1' } }; Advice = '*-Proxy*' }
        @{ Problem = 'ProxyRefuses'; Check = 'TLS'; Given = { @{ Endpoint = 'https://cse.example.com'; Proxy = Get-Address proxy } }; Advice = '*-ProxyCredential*' }
        @{ Problem = 'TlsFailed'; Check = 'TLS'; Given = { @{ Endpoint = (Get-Address stalled) -replace '^http:', 'https:'; TimeoutSec = 1 } }; Advice = '*TLS*' }
        @{ Problem = 'CertificateUntrusted'; Check = 'TLS'; Given = { @{ Endpoint = Get-Address untrusted } }; Advice = '*root certificate*' }
        @{ Problem = 'CertificateExpired'; Check = 'TLS'; Given = { @{ Endpoint = Get-Address expired } }; Advice = '*new certificate*' }
        @{ Problem = 'CertificateOfOtherHost'; Check = 'TLS'; Given = { @{ Endpoint = Get-Address wronghost } }; Advice = '*-Endpoint*' }
        @{ Problem = 'ClockWrong'; Check = 'Clock'; Given = { @{ Endpoint = Get-Address skewed; Token = $null; AccessKey = $Sim.A.AccessKey; SecretKey = $Sim.A.SecretKey } }; Advice = '*Set the clock*' }
        @{ Problem = 'CredentialsRefused'; Check = 'Credentials'; Given = { @{ Endpoint = Get-SimulatorAddress; Token = 'another' } }; Advice = 'Sign in again*' }
        @{ Problem = 'ProjectRefused'; Check = 'Permission'; Given = { @{ Endpoint = Get-SimulatorAddress; ProjectId = $Sim.B.ProjectId } }; Advice = '*-ProjectId and -Region*' }
        @{ Problem = 'ReadPermissionMissing'; Check = 'Permission'; Given = { @{ Endpoint = Get-SimulatorAddress; EngineId = 'sim-forbidden' } }; Advice = '*cse:engine:get*' }
        @{ Problem = 'EngineUnknown'; Check = 'Engines'; Given = { @{ Endpoint = Get-SimulatorAddress; EngineId = 'nowhere' } }; Advice = 'Get-CseEngine *' }
        @{ Problem = 'CallFailed'; Check = 'Engines'; Given = { @{ Endpoint = "$(Get-SimulatorAddress)wrong" } }; Advice = '*-Region or -Endpoint*' }
    ) {
        $all = $token + @{}
        $more = & $Given
        foreach ($key in $more.Keys) { $all[$key] = $more[$key] }
        if (-not $all.Token) { $all.Remove('Token') }
        $broken = Connect-Cse @all -Name broken

        $checks = Test-CseSession -Session $broken
        $failed = $checks | Where-Object Result -EQ Fail
        $failed.Check | Should -Be $Check
        $failed.Problem | Should -Be $Problem
        $failed.Advice | Should -BeLike $Advice
        $checks.Check | Should -BeExactly $names

        # As it is without a session to ask: one error that says the same, and nothing is left.
        $null = Connect-Simulator
        $before = Get-CseSession
        $problem = Get-Refusal { Connect-Cse @all -Name verified -Verify }
        $problem.FullyQualifiedErrorId | Should -BeExactly "$($failed.Reason),CseJobs.Commands.ConnectCseCommand"
        "$problem" | Should -BeLike "$($Check): *$($failed.Advice) There is no new session."
        $problem.ErrorDetails.RecommendedAction | Should -BeExactly $failed.Advice
        Get-CseSession | Should -Be $before
        (Get-CseEngineJob sim-jobs3 -First 1).Session.Name | Should -Be default
    }

    It 'has words for each problem, which name parameters that exist' {
        $module = [CseJobs.CseSession].Assembly
        $for = $module.GetType('CseJobs.Errors.CheckAdvice').GetMethod('For', [System.Reflection.BindingFlags]'Static, NonPublic')
        $texts = foreach ($problem in [enum]::GetValues([CseJobs.CheckProblem])) { $for.Invoke($null, @($problem, [CseJobs.Client.CseErrorReason]::ServerError)) }
        $texts | Sort-Object -Unique | Should -HaveCount $texts.Count
        $parameters = (Get-Command Connect-Cse, Test-CseSession).Parameters.Keys
        foreach ($name in [regex]::Matches($texts -join ' ', '(?<=[ (])-([A-Z]\w+)').ForEach{ $_.Groups[1].Value } | Sort-Object -Unique) { $name | Should -BeIn $parameters }
    }
}

Describe 'Connect-Cse -Verify' {
    BeforeEach {
        $session = Connect-Simulator
        Clear-SimulatorRequest
    }

    It 'makes the session when all is well, with two requests' {
        $verified = Connect-Cse @token -Endpoint (Get-SimulatorAddress) -Name verified -Verify
        $verified.IsClosed | Should -BeFalse
        @(Get-SimulatorRequest).path | Should -BeLike '*/engines*'
        Get-SimulatorRequest | Should -HaveCount 2
        (Get-CseEngineJob sim-jobs3 -First 1).Session | Should -Be $verified
    }

    It 'shows each check in the verbose stream' {
        $lines = Connect-Cse @token -Endpoint (Get-SimulatorAddress) -Verify -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        ("$lines" | Select-String 'Name, TCP: ok, .*TLS: ok, .*Clock: ok, .*Credentials: ok, .*Permission: ok, .*Engines: ok, ').Matches | Should -HaveCount 1
    }

    It 'sends nothing without it' {
        $null = Connect-Cse @token -Endpoint (Get-SimulatorAddress)
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }
}

Describe 'What it looks like' {
    BeforeEach {
        $session = Connect-Simulator
        Clear-SimulatorRequest
    }

    It 'fits into a console of <_> characters, and breaks between words' -ForEach 80, 120 {
        $width = $_
        $checks = Test-CseSession sim-forbidden
        $lines = Get-Line $checks $width
        $lines[0] | Should -BeExactly '   Session: default'
        $lines = $lines[1..$lines.Count]
        $lines | Where-Object Length -GT $width | Should -BeNullOrEmpty
        $lines[0] | Should -Match '^Check +Result +Detail'
        # Nothing is lost or split.
        $text = $lines[2..$lines.Count].ForEach{ $_.Length -gt 22 ? $_.Substring(22).Trim() : '' } -join ' '
        $text | Should -Match ([regex]::Escape("$($checks[4].Detail) $($checks[4].Advice)"))
        $lines -match '^Permission +fail ' | Should -HaveCount 1
        $lines -match '^Engines +not tried ' | Should -HaveCount 1
    }

    It 'is the same after Export-Clixml' {
        $checks = Test-CseSession sim-forbidden
        $checks | Export-Clixml (Join-Path $TestDrive checks.xml)
        $again = Import-Clixml (Join-Path $TestDrive checks.xml)
        Get-Line $again 100 | Should -BeExactly (Get-Line $checks 100)
        $again[4].Problem | Should -Be ReadPermissionMissing
        $again.Where{ $_.Result -eq 'NotTried' } | Should -HaveCount 7
    }

    It 'is a table in Markdown on request, in which nothing but the table is Markdown' {
        $lines = Test-CseSession 'no|`<b>@me' -AsMarkdown
        $lines[0] | Should -Match "^Session default: CseJobs \d+\.\d+\.\d+, PowerShell $([regex]::Escape($PSVersionTable.PSVersion)), .*UTC$"
        $lines[1..3] | Should -BeExactly '', '| Check | Result | Detail |', '|---|---|---|'
        $rows = $lines[4..$lines.Count]
        $rows | Should -HaveCount 12
        foreach ($row in $rows) { [regex]::Matches($row, '(?<!\\)\|') | Should -HaveCount 4 }
        $rows[0] | Should -BeLike '| Name, TCP | ok | 127.0.0.1:*ms |'
        $rows[5] | Should -Match ([regex]::Escape("'no\|\``&lt;b>&#64;me'"))
        $rows[5] | Should -BeLike '| Engines | fail | *Get-CseEngine lists the engines there are.* |'
        $rows[6] | Should -BeExactly '| Offset | not tried | see Engines |'
    }
}
