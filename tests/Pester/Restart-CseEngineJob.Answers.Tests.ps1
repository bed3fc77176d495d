BeforeAll {
    # A server that gives these answers one after the other, and tells what it was asked. Each answer is a status and a body.
    function Invoke-Against([object[]] $Answer, [scriptblock] $Script) {
        # It takes no port 0; a port that was picked may be taken.
        do {
            $port = Get-Random -Minimum 20000 -Maximum 60000
            $listener = [System.Net.HttpListener]::new()
            $listener.Prefixes.Add("http://127.0.0.1:$port/")
            try { $listener.Start() } catch [System.Net.HttpListenerException] { $listener.Close() }
        } until ($listener.IsListening)
        $serving = Start-ThreadJob {
            param($Listener, $Answer)
            foreach ($one in $Answer) {
                # A listener that is closed at the same moment does not always end a wait of its own.
                try {
                    $next = $Listener.GetContextAsync()
                    while (-not $next.Wait(50)) { if (-not $Listener.IsListening) { return } }
                    $context = $next.Result
                }
                catch { return }
                "$($context.Request.HttpMethod) $($context.Request.RawUrl -replace '^.*/enginemgr/engines')"
                $bytes = [System.Text.Encoding]::UTF8.GetBytes($one[1])
                $context.Response.StatusCode = $one[0]
                $context.Response.ContentLength64 = $bytes.Length
                $context.Response.OutputStream.Write($bytes)
                $context.Response.Close()
            }
        } -ArgumentList $listener, $Answer
        $session = Connect-Cse -Name answers -Scope Runspace -Endpoint "http://127.0.0.1:$port" -ProjectId p -Token t0ken-t0ken -MaximumRetryCount 0 -TimeoutSec 20
        try { & $Script $session }
        finally {
            Disconnect-Cse answers
            $listener.Close()
            $script:asked = @($serving | Receive-Job -Wait -AutoRemoveJob -ErrorAction Ignore)
        }
    }

    function Get-EngineAnswer([string] $Action = 'Retry', [string] $LatestJobId = '77', [string] $Id = 'e') {
        , @(200, "{`"id`":`"$Id`",`"name`":`"n`",`"status`":`"UpgradeFailed`",`"latestJobId`":$LatestJobId,`"engineAdditionalActions`":[`"$Action`"]}")
    }

    function Get-JobAnswer([long] $Id) {
        , @(200, "{`"id`":$Id,`"status`":`"Executing`",`"type`":`"Upgrade`"}")
    }
}

Describe 'Restart-CseEngineJob' {
    It 'gives the job that the server names, also where it is a new one' {
        $answers = @(Get-EngineAnswer) + @(, @(200, '{"jobId":78}')) + @(Get-JobAnswer 78)
        (Invoke-Against $answers { param($session) Restart-CseEngineJob e -Session $session }).Id | Should -Be 78
        $asked | Should -Be 'GET /e', 'PUT /e/actions', 'GET /e/jobs/78'
    }

    It 'takes what the server offers in any case of letters' {
        $answers = @(Get-EngineAnswer -Action retry) + @(, @(200, '')) + @(Get-JobAnswer 77)
        (Invoke-Against $answers { param($session) Restart-CseEngineJob e -Session $session }).Id | Should -Be 77
    }

    It 'says how to find the job where the server names none' {
        $answers = @(Get-EngineAnswer -LatestJobId null) + @(, @(200, ''))
        Invoke-Against $answers { param($session) Restart-CseEngineJob e -Session $session -WarningVariable said -WarningAction SilentlyContinue; $script:warning = "$said" } | Should -BeNullOrEmpty
        $warning | Should -BeLike "Engine 'e': the server has accepted the retry, but named no job.*"
    }

    It 'sends nothing more once the credentials are refused for reading the job' {
        $answers = @(Get-EngineAnswer) + @(, @(200, '{"jobId":78}')) + @(, @(401, '{"error_code":"APIGW.0301"}')) + @(Get-EngineAnswer) * 3
        $problem = Invoke-Against $answers { param($session) Restart-CseEngineJob e, f -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue; $problem }
        $problem.TargetObject | Should -Be 78, 'f'
        $problem.FullyQualifiedErrorId | Should -Be (@('AuthenticationFailed,CseJobs.Commands.RestartCseEngineJobCommand') * 2)
        $asked | Should -Be 'GET /e', 'PUT /e/actions', 'GET /e/jobs/78'
    }

    It 'advises a command that PowerShell reads as one, whatever the engine''s id, where the job cannot be read' {
        $answers = @(Get-EngineAnswer -Id 'a;b') + @(, @(200, '{"jobId":78}')) + @(, @(500, '{}'))
        $problem = Invoke-Against $answers { param($session) Restart-CseEngineJob 'a;b' -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue; $problem }
        $problem.ErrorDetails.RecommendedAction | Should -Be "Do not retry again; look at the job: Get-CseEngineJob 'a;b' -Id 78"
    }

    It 'says of an engine without any job that it has none' {
        $answers = @(Get-EngineAnswer -LatestJobId null)
        $problem = Invoke-Against $answers { param($session) Restart-CseEngineJob e -Id 5 -Session $session -ErrorVariable problem -ErrorAction SilentlyContinue; $problem }
        "$problem" | Should -BeLike "Job 5 is not the newest of engine 'n' (e): it has no job at all.*"
        $asked | Should -Be 'GET /e'
    }

    It 'asks nothing of the server with -Id <_>, which is no job id' -ForEach 'abc', 'f8ed872c-abdd-4763-81cc-28ccca0e2434', '', -1, 1.5, '12,339' {
        $id = $_
        $refusal = Get-Refusal { Invoke-Against @(Get-EngineAnswer) { param($session) Restart-CseEngineJob e -Id $id -Session $session } }
        "$refusal" | Should -BeLike '*no job id: that is a whole number, 12339 for example.*'
        $asked | Should -BeNullOrEmpty
    }
}
