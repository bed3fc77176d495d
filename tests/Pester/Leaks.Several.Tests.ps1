# The leak matrix for several sessions and regions at once: what one call tells of all of them, in every place where a secret could show.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot LeakWays.psm1) -Force
    $sinks = @($ObjectSink.Keys) + @($ErrorSink.Keys) | Select-Object -Unique
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot LeakWays.psm1) -Force
    $simulator = Start-OwnSimulator --jobs 50 --token $PlantedToken --region "af-south-1=project-of-af"
    $proxy = Start-ScriptedServer proxy
    $echo = Start-ScriptedServer cut
    $proxyCredential = New-PlantedCredential
    $ways = New-WayIn $simulator.Address "$TestDrive" $PlantedToken $proxyCredential $proxy.Address $Sim.A
    foreach ($way in $ways) { $null = Connect-WayIn $way @{ Name = $way.Name } }

    # Those of all ways, by way and name, with what was issued.
    $secrets = @{}
    foreach ($way in $ways) { foreach ($name in $way.Secrets.Keys) { $secrets["$name of $($way.Name)"] = $way.Secrets[$name] } }
    foreach ($request in Invoke-RestMethod "$($simulator.Address)_sim/requests" | ForEach-Object { $_ }) {
        foreach ($header in 'X-Auth-Token', 'X-Security-Token') {
            if ($request.headers.$header -and $request.headers.$header -notin $secrets.Values) { $secrets["issued $header $($secrets.Count)"] = $request.headers.$header }
        }
    }
    $search = New-SecretSearch $secrets

    # A server that repeats what it is sent, refuses, or fails, to all sessions at once; and an IAM that does, to several regions.
    $global:Error.Clear()
    $streams = & {
        Get-CseSession
        Get-CseEngine test -Session * -Verbose -Debug
        Get-CseEngineJob sim-jobs3 -Session * -Verbose -Debug
        Get-CseSession | Get-CseEngineJob sim-jobs3 -Latest -Verbose -Debug
        foreach ($engine in 'sim-echoall', 'sim-error500', 'sim-unauthorized') {
            Get-CseEngineJob $engine -Session * -Verbose -Debug -ErrorAction Continue
            Get-CseSession | Wait-CseEngineJob $engine -TimeoutSec 1 -ErrorAction Continue
        }
        foreach ($mode in 'echo-iam', 'echo-html', 'error') {
            $iam = @{ Region = 'cn-north-4', 'af-south-1', 'cn-east-3'; IamEndpoint = "$($echo.Address)/$mode"; MaximumRetryCount = 0 }
            Connect-Cse @iam -AccessKey $Sim.A.AccessKey -SecretKey $Sim.A.SecretKey -Verbose -Debug -ErrorAction Continue
            Connect-Cse @iam -Credential (Get-AccountCredential $Sim.A) -DomainName $Sim.A.DomainName -Verbose -Debug -ErrorAction Continue
        }
        try { Connect-Cse -Region cn-north-4, af-south-1 -Token $PlantedToken -ProjectId p } catch { $_ }
        try { Get-CseEngine -Session nobody* } catch { $_ }
    } *>&1
    $records = @($global:Error)
}

AfterAll {
    Get-CseSession | Disconnect-Cse
    $proxy.Dispose()
    $echo.Dispose()
    $simulator.Process.StandardInput.Close()
}

Describe 'What several sessions and regions tell' {
    It 'is of all of them, with failures of each' {
        $streams.Where{ $_ -is [CseJobs.EngineJob] } | ForEach-Object { $_.Session.Name } | Sort-Object -Unique | Should -Be ($ways.Name | Sort-Object)
        $records.Count | Should -BeGreaterThan (3 * $ways.Count)
        @($records | Where-Object FullyQualifiedErrorId -Like '*ConnectCseCommand').Count | Should -BeGreaterOrEqual 10
        foreach ($way in $ways) { @($records | Where-Object { "$_" -like "Session '$($way.Name)': *" }).Count | Should -BeGreaterThan 2 -Because $way.Name }
    }

    It 'is no secret in the streams' {
        $search.Find((($streams | Out-String -Width 4096) + ($streams | Where-Object { $_ -is [System.Management.Automation.InformationalRecord] } | ForEach-Object { "$_" } | Out-String))) | Should -BeNullOrEmpty
    }

    It 'is no secret in <_>' -ForEach $sinks {
        $shown = @($streams | Where-Object { $_ -is [CseJobs.CseSession] -or $_ -is [CseJobs.EngineJob] } | Select-Object -First 30 | ForEach-Object { @{ From = 'an object'; Object = $_ } })
        $failed = @($records | ForEach-Object { @{ From = 'an error'; Object = $_ } })
        $text = @(
            if ($ObjectSink.Contains($_)) { Show-InSink $ObjectSink[$_] $shown }
            if ($ErrorSink.Contains($_)) { Show-InSink $ErrorSink[$_] $failed }
        ).Text -join "`n"
        $text.Length | Should -BeGreaterThan 100
        $search.Find($text) | Should -BeNullOrEmpty
    }
}
