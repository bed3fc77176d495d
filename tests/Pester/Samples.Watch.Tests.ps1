# samples/Watch-EngineUpgrade.ps1, known by its exit code, its output and the alerts that it sends. In a process of its own, as a scheduler
# starts it, where the process itself matters; else in a runspace, which is quicker.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot SampleTools.psm1) -Force
    $base = Start-SampleSimulator
}

AfterAll {
    Stop-SampleSimulator
    Remove-Module SampleTools
}

Describe 'Watch-EngineUpgrade' {
    BeforeAll {
        function Invoke-Watch([string] $EngineName, [hashtable] $Parameter = @{}, [hashtable] $Environment = @{}) {
            Invoke-Sample Watch-EngineUpgrade (@{ Endpoint = $base; EngineName = $EngineName; PollIntervalSec = 0.01; WebhookRetrySec = 0 } + $Parameter) $Environment
        }

        # What the webhook received: the JSON of each request.
        function Get-Alert {
            $hook.Received | ForEach-Object { ($_ -split "`r`n`r`n", 2)[1] | ConvertFrom-Json }
        }
    }

    BeforeEach {
        $hook = Start-ScriptedServer echo-text
        $uri = "$($hook.Address)/hooks/s3cretPathOfTheHook0815"
    }

    AfterEach {
        $hook.Dispose()
    }

    It 'waits for a job that finishes: 0, a line, and no alert' {
        $engine = New-SampleEngine -Scenario progress4 -Jobs 2
        $run = Invoke-Watch $engine.name @{ WebhookUri = $uri }
        $run.Err | Should -BeNullOrEmpty
        $run.Code | Should -Be 0
        $run.Out | Should -HaveCount 1
        $run.Out | Should -BeLike "$($engine.name) job $($engine.jobs[0].id) (Upgrade): Finished at 20*"
        $hook.Received | Should -BeNullOrEmpty
    }

    It 'alerts once of a job that ends in <Status>: 1' -ForEach @(
        @{ Status = 'Error'; Scenario = 'fails4' }
        @{ Status = 'Timeout'; Scenario = 'timesout4' }
    ) {
        $engine = New-SampleEngine -Scenario $Scenario -Jobs 2
        $run = Invoke-Watch $engine.name @{ WebhookUri = $uri }
        $run.Code | Should -Be 1
        $run.Out | Should -BeLike "$($engine.name) job $($engine.jobs[0].id) (Upgrade): Failed at 20*"
        $run.Err | Should -BeLike "*Job $($engine.jobs[0].id) (Upgrade) of engine*$((Test-ShowsAdvice) ? 'Recommendation: *' : '')"

        $job = Get-CseEngineJob $engine.id -Id $engine.jobs[0].id -Session samples
        $phase = $job.Phases[1]
        $task = $phase.Tasks.Where{ $_.Status -eq $Status }[0]
        $hook.Received | Should -HaveCount 1
        $hook.Received[0] | Should -Match '(?m)^POST /hooks/s3cretPathOfTheHook0815 HTTP'
        $alert = Get-Alert
        $alert.result, $alert.exitCode | Should -Be Failed, 1
        $alert.engines | Should -HaveCount 1
        $one = $alert.engines[0]
        $one.engineName, $one.engineId, $one.jobId, $one.type, $one.result | Should -Be $engine.name, $engine.id, $job.Id, Upgrade, Failed
        $one.step, $one.reason | Should -Be $job.Step, $job.Reason
        $one.recommendedAction | Should -BeLike '*Restart-CseEngineJob*'
        foreach ($part in $engine.name, $phase.TaskName, $task.TaskName, ($task.Log -split '\n')[-1], $one.recommendedAction) { $alert.text.Contains($part) | Should -BeTrue -Because $part }
    }

    It 'counts a newest job that has ended already as it ended: <Status>' -ForEach @{ Status = 'Finished'; Code = 0 }, @{ Status = 'Error'; Code = 1 } {
        $engine = New-SampleEngine -Status $Status
        (Invoke-Watch $engine.name).Code | Should -Be $Code
    }

    It 'ends with 2 when the time is up, and says where the job stands' {
        $engine = New-SampleEngine -Scenario stuck -Jobs 2
        $run = Invoke-Watch $engine.name @{ TimeoutSec = 1; WebhookUri = $uri }
        $run.Code | Should -Be 2
        $run.Out | Should -BeLike '*: TimedOut'
        $alert = Get-Alert
        $alert.result, $alert.engines.jobId | Should -Be TimedOut, $engine.jobs[0].id
        $alert.text | Should -BeLike '*last seen Executing in phase*'
    }

    It 'ends with 3 when <What>' -ForEach @(
        @{ What = 'an engine has no job'; Kind = @{}; Text = 'NoJob' }
        @{ What = 'its newest job is of another type'; Kind = @{ Status = 'Finished' }; More = @{ Type = 'Configure' }; Text = 'NoJob' }
        @{ What = 'it cannot be read'; Kind = @{ Scenario = 'forbidden' }; Text = 'Unknown' }
        @{ What = 'a name is not there'; Kind = @{ Status = 'Finished' }; Also = ',typo'; Text = 'Unknown' }
        @{ What = 'the credentials are refused'; Kind = @{}; Environment = @{ HW_AUTH_TOKEN = 'wrong' }; Text = 'Unknown' }
        @{ What = 'there are no credentials'; Kind = @{}; Environment = @{ HW_AUTH_TOKEN = $null }; Text = 'Unknown' }
    ) {
        $engine = New-SampleEngine @Kind
        # The address of the webhook may come from the environment.
        $run = Invoke-Watch "$($engine.name)$Also" ($More ?? @{}) (@{ CSEJOBS_WEBHOOK_URI = $uri } + ($Environment ?? @{}))
        $run.Code | Should -Be 3
        $run.Out -join "`n" | Should -BeLike "*: $Text*"
        $alert = @(Get-Alert)
        $alert | Should -HaveCount 1
        $alert[0].result | Should -Be Unknown
        $alert[0].engines.result | Should -Contain $Text
    }

    It 'ends with 3 for a pattern without an engine' {
        $run = Invoke-Watch 'nowhere*'
        $run.Code | Should -Be 3
        $run.Err | Should -BeLike '*nowhere*'
    }

    It 'ends with 3 when the job is no longer there in the middle of the wait' {
        $engine = New-SampleEngine -Scenario stuck -Jobs 2
        $started = Start-Sample ((Get-SampleArgument Watch-EngineUpgrade) + $engine.name, '-PollIntervalSec', '0.01')
        Wait-Until { @(Invoke-RestMethod "${base}_sim/requests" | ForEach-Object { $_ } | Where-Object path -Like "*/$($engine.id)/jobs/*").Count -gt 2 } | Should -BeTrue
        $null = Invoke-RestMethod "${base}_sim/engines/$($engine.id)/jobs/$($engine.jobs[0].id)" -Method Delete
        $run = Receive-Sample $started
        $run.Code | Should -Be 3
        $run.Out | Should -BeLike "$($engine.name) job $($engine.jobs[0].id) (Upgrade): Unknown"
    }

    It 'watches several engines and sends one alert of all; what failed goes first' {
        $null = New-SampleEngine -Name fleet-ok -Scenario progress3 -Jobs 1
        $null = New-SampleEngine -Name fleet-bad -Scenario fails3 -Jobs 1
        $null = New-SampleEngine -Name fleet-stuck -Scenario stuck -Jobs 1
        $null = New-SampleEngine -Name fleet-new
        $run = Invoke-Watch 'fleet-*' @{ TimeoutSec = 2; WebhookUri = $uri }
        $run.Code | Should -Be 1
        $alert = @(Get-Alert)
        $alert | Should -HaveCount 1
        $alert[0].engines | Sort-Object engineName | ForEach-Object { "$($_.engineName) $($_.result)" } | Should -Be 'fleet-bad Failed', 'fleet-new NoJob', 'fleet-ok Finished', 'fleet-stuck TimedOut'
        (Invoke-Watch 'fleet-stuck, fleet-new, fleet-ok' @{ TimeoutSec = 1 }).Code | Should -Be 3
        (Invoke-Watch 'fleet-stuck, fleet-ok' @{ TimeoutSec = 1 }).Code | Should -Be 2
    }

    It 'forges no line by a name or a log' {
        $name = "odd`nprod-orders job 7 (Upgrade): Finished`u{2028}prod-search: Finished"
        $null = New-SampleEngine -Name $name -Status Error
        $run = Invoke-Watch ($name -replace '\s', '?') @{ WebhookUri = $uri }
        $run.Code | Should -Be 1
        $run.Out | Should -HaveCount 1
        $run.Out[0] -split "[\n\u2028]" | Should -HaveCount 1
        $run.Out | Should -BeLike "'odd prod-orders job 7 (Upgrade): Finished prod-search: Finished' job * (Upgrade): Failed at 20*"
        # A line for the engine at the margin, the others set in.
        $lines = (Get-Alert).text -split "[\n\u2028]"
        $lines.Count | Should -BeGreaterThan 2
        @($lines) -notmatch '^  ' | Should -Be "'odd prod-orders job 7 (Upgrade): Finished prod-search: Finished': Failed"
        (Get-Alert).engines.engineName | Should -BeExactly $name
    }

    It 'sends a text that mentions nobody and links to nothing' {
        $name = 'a <!channel> <@U1> @here <http://evil.example|click> [b](http://evil.example) www.evil.example ``` &lt;'
        $engine = New-SampleEngine -Name $name -Status Error
        (Invoke-Watch 'a <*' @{ WebhookUri = $uri }).Code | Should -Be 1
        $alert = Get-Alert
        $alert.text | Should -Not -Match '[<>`]|@\w|\]\(|://|www\.|&(?!(amp|lt|gt);)'
        # What a chat makes of it is the name, but for what does not show.
        [System.Net.WebUtility]::HtmlDecode($alert.text).Replace("`u{200B}", '') | Should -BeLike "*'$([wildcardpattern]::Escape($name.Replace('`', "'")))': Failed*"
        $alert.engines.engineName, $alert.engines.engineId | Should -BeExactly $name, $engine.id
    }

    It 'keeps to its exit codes where the caller wants to be stopped: <What>' -ForEach @(
        @{ What = 'by errors'; Stop = @{ ErrorAction = 'Stop' }; Status = 'Finished'; Also = ',typo'; Code = 3 }
        @{ What = 'by errors, of a failed job'; Stop = @{ ErrorAction = 'Stop' }; Status = 'Error'; Also = ''; Code = 1 }
        @{ What = 'by warnings'; Stop = @{ WarningAction = 'Stop' }; Status = 'Timeout'; Also = ''; Code = 1 }
        @{ What = 'by warnings, where there is no job'; Stop = @{ WarningAction = 'Stop' }; Also = ''; Code = 3 }
    ) {
        $engine = New-SampleEngine -Status $Status
        $run = Invoke-Watch "$($engine.name)$Also" (@{ WebhookUri = 'http://127.0.0.1:1' } + $Stop)
        $run.Code | Should -Be $Code
        $run.Out -join "`n" | Should -BeLike '*WARNING: The alert could not be sent: *'
    }

    It 'alerts of success with -AlertAlways' {
        (Invoke-Watch (New-SampleEngine -Status Finished).name @{ AlertAlways = $true; WebhookUri = $uri }).Code | Should -Be 0
        (Get-Alert).result | Should -Be Finished
    }

    It 'tries a webhook again that refuses, and keeps to the result of the wait' {
        $broken = Start-ScriptedServer error
        $run = Invoke-Watch (New-SampleEngine -Status Error).name @{ WebhookUri = $broken.Address }
        $broken.Dispose()
        $run.Code | Should -Be 1
        $broken.Received | Should -HaveCount 2
        $run.Out -join "`n" | Should -BeLike '*WARNING: The alert could not be sent: *500*'
    }

    It 'shows neither the address of the webhook nor a secret, where all streams are on and <What>' -ForEach @(
        @{ What = 'nothing listens'; To = { 'http://127.0.0.1:1' }; Shown = '*could not be sent*' }
        @{ What = 'the alert is sent'; To = { $hook.Address }; Shown = '*The alert is sent*' }
        @{ What = 'it redirects'; To = { "$base/v2" }; Shown = '*could not be sent*' }
    ) {
        $run = Invoke-Watch (New-SampleEngine -Status Error).name @{ WebhookUri = "$(& $To)/hooks/s3cretPathOfTheHook0815"; Verbose = $true; Debug = $true }
        $run.Code | Should -Be 1
        $text = ($run.Out -join "`n") + $run.Err
        $text | Should -BeLike $Shown
        (New-SecretSearch @{ path = 's3cretPathOfTheHook0815'; token = $Sim.Token }).Find($text) | Should -BeNullOrEmpty
    }

    It 'calls -OnFailure with the alert' {
        $engine = New-SampleEngine -Status Error
        $run = Invoke-SampleWithSession "./Watch-EngineUpgrade.ps1 $($engine.name) -Session default -OnFailure { param(`$alert) `"CALLED `$(`$alert.result) `$(`$alert.engines.jobId)`" }"
        $run.Code | Should -Be 1
        $run.Out | Should -Contain "CALLED Failed $($engine.jobs[0].id)"
    }

    It 'calls -OnFailure with the settings of its caller, and a text that is plain' {
        $engine = New-SampleEngine -Name 'r&d' -Status Error
        $called = "`$PSDefaultParameterValues['Join-Path:ChildPath'] = 'default'; ./Watch-EngineUpgrade.ps1 'r&d' -Session default -OnFailure { param(`$alert) `"CALLED `$(`$alert.unknown)`$(Join-Path its) `$(`$alert.text)`" }"
        $run = Invoke-SampleWithSession $called
        $run.Code | Should -Be 1
        $run.Out | Should -Contain "CALLED $(Join-Path its default) 'r&d': Failed"
    }

    It 'keeps to the result of the wait when -OnFailure throws' {
        $run = Invoke-Watch (New-SampleEngine -Status Error).name @{ Session = 'samples'; OnFailure = [scriptblock]::Create('throw ''no mail''') }
        $run.Code | Should -Be 1
        $run.Out -join "`n" | Should -BeLike '*WARNING: -OnFailure has failed: no mail*'
    }

    It 'leaves the sessions of its caller as they are' {
        $engine = New-SampleEngine -Status Finished
        $run = Invoke-SampleWithSession "`$null = ./Watch-EngineUpgrade.ps1 $($engine.name) -Endpoint $base; `"SESSIONS `$((Get-CseSession).Name)`""
        $run.Code | Should -Be 0
        $run.Out | Should -Contain 'SESSIONS default'
    }

    It 'has help, for every parameter' {
        $help = Get-Help (Join-Path $PSScriptRoot .. .. samples Watch-EngineUpgrade.ps1)
        $help.Synopsis | Should -BeLike 'Waits *'
        $help.parameters.parameter | Where-Object { -not $_.description } | Should -BeNullOrEmpty
    }
}
