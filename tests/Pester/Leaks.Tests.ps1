# The leak matrix: ways in by places where a secret could show. Everything is done once, before the tests; they look at what was found.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot LeakWays.psm1) -Force
    $ways = $WayName
    $cells = foreach ($way in $ways) { foreach ($sink in $SinkName) { @{ Way = $way; Sink = $sink } } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot LeakWays.psm1) -Force

    $proxyCredential = New-PlantedCredential
    $simulator = Start-OwnSimulator --jobs 50 --token $PlantedToken
    $proxy = Start-ScriptedServer proxy
    $server = @{}
    foreach ($mode in 'cut', 'echo', 'echo-html', 'echo-id', 'echo-part', 'half-keys', 'proxy-refuses', 'proxy-echo') { $server[$mode] = Start-ScriptedServer $mode http://127.0.0.1:1 }
    $forgotten = [CseJobs.PesterTools.ForgottenFailures]::new()
    $wayList = New-WayIn $simulator.Address "$TestDrive" $PlantedToken $proxyCredential $proxy.Address $Sim.A

    # What was found, and how much was searched, by way and sink.
    $matrix = [ordered]@{}
    $searched = @{}
    $searches = @{}
    foreach ($way in $wayList) { $matrix[$way.Name] = @{}; $searched[$way.Name] = @{} }
    function Search-Text($Way, [string] $Sink, [string] $From, $Text) {
        $all = $Text -join "`n"
        $searched[$Way.Name][$Sink] += $all.Length
        $matrix[$Way.Name][$Sink] = @($matrix[$Way.Name][$Sink]) + @($searches[$Way.Name].Find($all) | ForEach-Object { "$From shows: $_" }) | Where-Object { $_ }
    }

    function Get-Recorded {
        Invoke-RestMethod "$($simulator.Address)_sim/requests" | ForEach-Object { $_ }
    }

    # 1. Sign in and list, with every stream on.
    $sessions = @{}
    foreach ($way in $wayList) {
        $null = Invoke-RestMethod "$($simulator.Address)_sim/requests" -Method Delete
        $streams = & {
            Connect-WayIn $way @{ Name = $way.Name } -Verbose -Debug
            Get-CseEngineJob sim-jobs3 -Session $way.Name -Verbose -Debug
            Test-CseSession sim-jobs3 -Session $way.Name -Verbose -Debug
            if ($way -eq $wayList[0]) { Test-CseSession sim-jobs3 -Session $way.Name -AsMarkdown }
            if ($way -eq $wayList[0]) { Watch-CseEngineJob sim-jobs3 -Session $way.Name -IncludeCurrent -TimeoutSec 1 -Verbose -Debug }
        } *>&1
        $session = $sessions[$way.Name] = $streams | Where-Object { $_ -is [CseJobs.CseSession] }
        $jobs = $streams | Where-Object { $_ -is [CseJobs.EngineJob] }
        if ($jobs.Count -ne 3) { throw "$($way.Name): $($streams | Out-String)" }

        # What was issued in the course of it is searched for in all its parts.
        foreach ($request in Get-Recorded) {
            foreach ($header in 'X-Auth-Token', 'X-Security-Token', 'X-Metadata-Token') {
                $value = $request.headers.$header
                if ($value -and $value -notin $way.Secrets.Values) { $way.Secrets["issued $header"] = $value }
            }
        }

        $searches[$way.Name] = New-SecretSearch $way.Secrets
        Search-Text $way 'Verbose' -From 'signing in and listing' -Text ($streams | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object { "$_"; $_ | Format-List * -Force | Out-String -Width 4096 })
        Search-Text $way 'Debug' -From 'signing in and listing' -Text ($streams | Out-String -Width 4096)
        $checks = $streams | Where-Object { $_ -is [CseJobs.SessionCheck] }
        $shown = @{ From = 'the session'; Object = $session }, @{ From = 'a job'; Object = $jobs[0] }, @{ From = 'a check'; Object = $checks[3] }
        foreach ($sink in $ObjectSink.Keys) { Show-InSink $ObjectSink[$sink] $shown | ForEach-Object { Search-Text $way $sink -From $_.From -Text $_.Text } }
    }

    # 2. Every kind of failure.
    $failures = @{}
    foreach ($way in $wayList) {
        $failures[$way.Name] = foreach ($failure in Get-Failure $way $server $proxyCredential) {
            $global:Error.Clear()
            $streams = try { Invoke-Failure $way $failure $sessions[$way.Name] -Verbose -Debug *>&1 } catch { $_ }
            @{ Name = $failure.Name; Records = @($global:Error); Streams = @($streams) }
        }
    }

    # Not answering takes a second, so all at once; and a listing that is left while more is fetched.
    $impatient = foreach ($way in $wayList) { @{ Way = $way.Name; Session = Connect-WayIn $way @{ Name = "impatient, $($way.Name)"; TimeoutSec = 1 } } }
    $module = $Sim.ModulePath
    $late = $impatient | ForEach-Object -ThrottleLimit 16 -Parallel {
        Import-Module $using:module
        $problem = Get-CseEngineJob sim-jobs3-latency60000 -Session $_.Session 2>&1
        @{ Way = $_.Way; Records = @($problem) }
        $null = Get-CseEngineJob sim-jobs500-max10 -PageSize 10 -Session $_.Session | Select-Object -First 45
        Disconnect-Cse -Session $_.Session
    }
    foreach ($result in $late) { $failures[$result.Way] = @($failures[$result.Way]) + @{ Name = 'call: timeout'; Records = $result.Records; Streams = @($result.Records) } }

    foreach ($way in $wayList) {
        foreach ($failure in $failures[$way.Name]) {
            Search-Text $way 'Verbose' -From $failure.Name -Text ($failure.Streams | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })
        }
        $shown = $failures[$way.Name] | ForEach-Object { @{ From = $_.Name; Object = $_.Streams } }
        Show-InSink { $args[0] } $shown | ForEach-Object { Search-Text $way 'Debug' -From $_.From -Text $_.Text }
        $shown = foreach ($failure in $failures[$way.Name]) { foreach ($record in $failure.Records) { @{ From = $failure.Name; Object = $record } } }
        foreach ($sink in $ErrorSink.Keys) { Show-InSink $ErrorSink[$sink] $shown | ForEach-Object { Search-Text $way $sink -From $_.From -Text $_.Text } }
    }

    # 3. What the servers were asked for: addresses are logged everywhere.
    $urls = @(Get-Recorded | ForEach-Object { "$($_.path)?$($_.rawQuery)" }) + @(@($proxy) + $server.Values | ForEach-Object { $_.Received } | ForEach-Object { ($_ -split "`r`n")[0] })
    foreach ($way in $wayList) { Search-Text $way 'URLs' -From 'a request' -Text $urls }

    # 4. To another process and back.
    $sent = foreach ($way in $wayList) {
        @{ Way = $way; From = 'the session'; Object = $sessions[$way.Name] }
        foreach ($failure in $failures[$way.Name] | Where-Object Name -In 'call: echoall', 'call: echo-html', 'sign-in: echo-iam', 'proxy: refuses') { @{ Way = $way; From = $failure.Name; Object = $failure.Records[0] } }
    }
    $returned = @($sent.Object | Start-Job { $input | ForEach-Object { , @($_, ($_ | Format-List * -Force | Out-String -Width 4096), ($_ | ConvertTo-Json -Depth 4 -WarningAction Ignore)) } } | Receive-Job -Wait -AutoRemoveJob)
    if ($returned.Count -ne @($sent).Count) { throw "Of $(@($sent).Count) objects $($returned.Count) came back: $($returned | Out-String)" }
    for ($i = 0; $i -lt $returned.Count; $i++) {
        $shown = foreach ($sink in 'Output', 'Format-List', 'Clixml') { (Show-InSink $ObjectSink[$sink] @{ From = 'x'; Object = $returned[$i][0] }).Text }
        Search-Text $sent[$i].Way 'Start-Job' -From $sent[$i].From -Text (@($returned[$i][1..2]) + $shown)
    }

    # 5. What a person sees, and what a transcript keeps, in a process of its own.
    $addresses = @{}
    foreach ($mode in $server.Keys) { $addresses[$mode] = [pscustomobject]@{ Address = $server[$mode].Address } }
    $setup = Join-Path $TestDrive setup.xml
    @{ Ways = $wayList; Server = $addresses; Proxy = $proxyCredential } | Export-Clixml $setup -Depth 5
    $console = Invoke-FreshShell -NotConnected -Environment @{ CSE_LEAK_SETUP = $setup; CSE_LEAK_TOOLS = $PSScriptRoot; CSE_LEAK_FOLDER = "$TestDrive" } @'
Import-Module (Join-Path $env:CSE_LEAK_TOOLS TestTools.psm1)
Import-Module (Join-Path $env:CSE_LEAK_TOOLS LeakWays.psm1)
$setup = Import-Clixml $env:CSE_LEAK_SETUP
$VerbosePreference = $DebugPreference = 'Continue'
$kinds = 'call: echoall', 'call: echo-html', 'call: cut', 'proxy: refuses', 'proxy: password in its address', 'sign-in: echo-iam', 'metadata: echo'
foreach ($way in $setup.Ways) {
    "=== $($way.Name)"
    [Console]::Error.WriteLine("=== $($way.Name)")
    $null = Start-Transcript (Join-Path $env:CSE_LEAK_FOLDER "$($way.Name).txt")
    $session = Connect-WayIn $way -Verbose -Debug
    $session
    $session | Format-List * -Force
    Get-CseEngineJob sim-jobs3 -Verbose -Debug | Select-Object -First 2
    foreach ($failure in Get-Failure $way $setup.Server $setup.Proxy | Where-Object Name -In $kinds) {
        $ErrorView = $failure.Name -eq 'call: echoall' ? 'DetailedView' : 'ConciseView'
        try { Invoke-Failure $way $failure $session } catch { Write-Error -ErrorRecord $_; Write-Host $_ }
    }
    $null = Stop-Transcript
}
"=== end"
'@
    $part = $null
    $parts = @{}
    foreach ($line in $console) { if ($line -like '=== *') { $part = $line.Substring(4) } elseif ($part) { $parts[$part] += "$line`n" } }
    foreach ($way in $wayList) {
        Search-Text $way 'Console' -From 'the console' -Text $parts[$way.Name]
        Search-Text $way 'Transcript' -From 'the transcript' -Text (Get-Content (Join-Path $TestDrive "$($way.Name).txt") -Raw)
    }
}

AfterAll {
    if ($matrix) {
        $table = foreach ($way in $matrix.Keys) {
            $row = [ordered]@{ 'Way in' = $way }
            foreach ($sink in $SinkName) { $row[$sink] = $matrix[$way][$sink].Count }
            [pscustomobject]$row
        }
        $characters = 0
        foreach ($way in $searched.Values) { foreach ($count in $way.Values) { $characters += $count } }
        Write-Host ($table | Format-Table * -AutoSize | Out-String -Width 200).TrimEnd()
        Write-Host ('Secrets found in {0:N0} characters of {1} failures and {2} sessions.' -f $characters, ($failures.Values | ForEach-Object { $_.Count } | Measure-Object -Sum).Sum, $sessions.Count)
    }
    Get-CseSession | Disconnect-Cse
    foreach ($one in @($proxy, $forgotten) + $server.Values) { ${one}?.Dispose() }
    ${simulator}?.Process.StandardInput.Close()
}

Describe 'The leak matrix' {
    It 'has every kind of failure for <_>' -ForEach $ways {
        $silent = $failures[$_] | Where-Object { $_.Records.Count -eq 0 } | ForEach-Object Name
        $silent | Should -BeNullOrEmpty
        $failures[$_].Name | Should -Contain 'call: timeout'
    }

    It '<Way>: no secret in <Sink>' -ForEach $cells {
        $searched[$Way][$Sink] | Should -BeGreaterThan 100
        $matrix[$Way][$Sink] | Should -BeNullOrEmpty
    }

    # Not a secret, but the module itself shows it in part only.
    It '<_>: no whole access key id in what a server repeats' -ForEach ($ways -like '*key*' -ne 'Environment, password') {
        $ids = 'HSTSIM[0-9A-Z]{10}', $Sim.A.AccessKey
        $said = $failures[$_] | Where-Object Name -Like '*echo*' | ForEach-Object { foreach ($record in $_.Records) { "$record" } }
        $said -join "`n" | Should -Not -Match ($ids -join '|')
    }

    It 'has no secret in background tasks that failed in silence' {
        [CseJobs.PesterTools.ForgottenFailures]::Plant('planted in the background')
        $noted = $forgotten.Collect() -join "`n"
        # They are noted at all.
        $noted | Should -BeLike '*planted in the background*'
        foreach ($way in $wayList) { $searches[$way.Name].Find($noted) | Should -BeNullOrEmpty }
    }

    It 'has no password of the environment''s proxy in an error' {
        $proxies = $server['proxy-refuses'], $server['proxy-echo']
        $before = $proxies[0].Received.Count, $proxies[1].Received.Count
        $variables = @{ CSE_LEAK_FOLDER = "$TestDrive" }
        foreach ($name in 'https_proxy', 'http_proxy', 'all_proxy', 'no_proxy', 'HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY') { $variables[$name] = $null }
        $user = "http://$($proxyCredential.UserName):$([uri]::EscapeDataString($proxyCredential.GetNetworkCredential().Password))@"
        $variables.https_proxy = $proxies[0].Address -replace '^http://', $user
        $variables.http_proxy = $proxies[1].Address -replace '^http://', $user
        $output = Invoke-FreshShell -NotConnected -Environment $variables @'
foreach ($endpoint in 'https://cse.example.com', 'http://cse.example.com') {
    $null = Connect-Cse -Endpoint $endpoint -ProjectId p -Token t0ken-t0ken -MaximumRetryCount 0 -AllowUnencryptedAuthentication
    Get-CseEngineJob e-1 -Verbose -Debug
}
$Error | Format-List * -Force
$Error | Get-Error
$Error | ForEach-Object { $_.Exception.ToString() }
'@
        $output -join "`n" | Should -BeLike '*ConnectionFailed*ServerError*'
        # The proxies had it.
        $sent = @($proxies[0].Received | Select-Object -Skip $before[0]) + @($proxies[1].Received | Select-Object -Skip $before[1])
        $search = New-SecretSearch @{ 'proxy password' = $proxyCredential.GetNetworkCredential().Password }
        $search.Find($sent -join "`n") | Should -Be 'proxy password (in base64)'
        $search.Find($output -join "`n") | Should -BeNullOrEmpty
    }

    It 'has no token in what a proxy sees of https' {
        $seen = $server['proxy-refuses'].Received -like 'CONNECT *'
        $seen | Should -Not -BeNullOrEmpty
        foreach ($way in $wayList) {
            $secrets = $way.Secrets + @{}
            # Its own.
            $secrets.Remove('proxy password')
            (New-SecretSearch $secrets).Find($seen -join "`n") | Should -BeNullOrEmpty
        }
    }
}
