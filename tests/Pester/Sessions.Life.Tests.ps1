# Random lives of sessions, by a seed that stands in the failure: whatever came before, each request goes to the server, project and engine
# that its step meant, as the session that it meant. An object in the pipeline goes to the session that read it unless -Session says
# otherwise; without either it is the default session, and after Disconnect-Cse of that there is none.

BeforeAll {
    $servers = 1..2 | ForEach-Object { Start-OwnSimulator --engines 0 --jobs 3 }

    # What the servers have seen since the last call, as "server project engine identity METHOD".
    function Get-Seen {
        for ($i = 0; $i -lt 2; $i++) {
            $address = "$($servers[$i].Address)_sim/requests"
            Invoke-RestMethod $address | ForEach-Object { $_ } | Where-Object path -Like '/v2/*' | ForEach-Object {
                $part = $_.path.Split('/')
                "$i $($part[2]) $($part[5]) $($_.identity) $($_.method)"
            }
            $null = Invoke-RestMethod $address -Method Delete
        }
    }

    function Connect-Life([string] $Name, [int] $Server, [string] $Way) {
        $at = @{ Name = $Name; Endpoint = $servers[$Server].Address; MaximumRetryCount = 0 }
        $proof = switch ($Way) {
            token { @{ Token = $Sim.Token; ProjectId = $Sim.A.ProjectId } }
            password { @{ Credential = Get-AccountCredential $Sim.A; DomainName = $Sim.A.DomainName; IamEndpoint = $at.Endpoint; Region = 'cn-north-4' } }
            key { @{ AccessKey = $Sim.B.AccessKey; SecretKey = $Sim.B.SecretKey; ProjectId = $Sim.B.ProjectId } }
        }
        [pscustomobject]@{
            Name = $Name; Session = Connect-Cse @at @proof; Server = $Server; Engine = $servers[$Server].Address
            Target = "$Server $($Way -eq 'key' ? $Sim.B.ProjectId : $Sim.A.ProjectId)"
            Identity = @{ token = 'token:static'; password = 'account-a/user-a'; key = "ak:$($Sim.B.AccessKey)" }[$Way]
        }
    }

    # Makes a step; only these requests may be seen, and some of them must, or none at all where an error is expected.
    function Test-Step([string] $What, [object] $Owner, [string] $Engine, [string[]] $Method, [string] $Problem, [scriptblock] $Step) {
        $story.Enqueue("$($story.Count): $What")
        $told = "seed $seed, the last of these:`n$(@($story)[-12..-1] -join "`n")"
        # Filled by the step.
        $trouble = $null
        $out = $null
        try { $out = . $Step } catch { $trouble = $_ }
        $found = @($trouble | Where-Object { $_ })
        $seen = @(Get-Seen)
        if ($Problem) {
            $seen | Should -BeNullOrEmpty -Because $told
            $found.FullyQualifiedErrorId -join ' ' | Should -BeLike "*$Problem,*" -Because $told
        }
        else {
            $found | Should -BeNullOrEmpty -Because $told
            $meant = $Method.ForEach{ "$($Owner.Target) $Engine $($Owner.Identity) $_" }
            $seen | Should -Not -BeNullOrEmpty -Because $told
            $seen | Where-Object { $_ -cnotin $meant } | Should -BeNullOrEmpty -Because $told
            @($seen -like '* PUT').Count | Should -Be @($Method -eq 'PUT').Count -Because $told
        }
        $out
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
    $servers.ForEach{ $_.Process.StandardInput.Close() }
}

Describe 'A life of sessions' {
    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    It 'sends nothing to a wrong target: seed <_>' -ForEach 1, 2 {
        $seed = $_
        $random = [random]::new($seed)
        $story = [System.Collections.Queue]::new()
        $open = [System.Collections.Generic.List[object]]::new()
        # Jobs that were read, with whom they belong to.
        $jobs = [System.Collections.Generic.List[object]]::new()
        $default = $null
        for ($step = 0; $step -lt 150; $step++) {
            $session = $open ? $open[$random.Next($open.Count)] : $null
            $owned = $jobs ? $jobs[$random.Next($jobs.Count)] : $null
            $engine = "sim-jobs5-id$($random.Next(4))"
            switch ($random.Next(100)) {
                { $_ -lt 15 -and $open.Count -lt 5 } {
                    $default = Connect-Life "life$step" $random.Next(2) ('token', 'password', 'key')[$random.Next(3)]
                    $open.Add($default)
                    $story.Enqueue("$($story.Count): connect $($default.Name) ($($default.Target))")
                    $null = Get-Seen
                    break
                }
                { $_ -lt 35 } {
                    if ($default) { $job = Test-Step "list $engine" $default $engine GET -Step { Get-CseEngineJob $engine -First 1 -ErrorAction SilentlyContinue -ErrorVariable trouble } }
                    else { Test-Step "list $engine without a session" $null $engine -Problem NotConnected -Step { Get-CseEngineJob $engine -ErrorAction SilentlyContinue -ErrorVariable trouble }; break }
                    $jobs.Add(@{ Job = $job; Owner = $default; Engine = $engine })
                    break
                }
                { $_ -lt 50 -and $session } {
                    $job = Test-Step "list $engine with $($session.Name)" $session $engine GET -Step { Get-CseEngineJob $engine -First 1 -Session $session.Session -ErrorAction SilentlyContinue -ErrorVariable trouble }
                    $jobs.Add(@{ Job = $job; Owner = $session; Engine = $engine })
                    break
                }
                { $_ -lt 70 -and $owned } {
                    $gone = $owned.Owner -notin $open
                    Test-Step "read a job of $($owned.Owner.Name)" $owned.Owner $owned.Engine GET ($gone ? 'SessionClosed' : '') {
                        $null = $owned.Job | Get-CseEngineJob -ErrorAction SilentlyContinue -ErrorVariable trouble
                    }
                    break
                }
                { $_ -lt 75 -and $session } {
                    $failed = New-Engine revive9-jobs2
                    Test-Step "retry $failed of $($session.Name)" $session $failed GET, PUT -Step {
                        $null = Get-CseEngineJob $failed -Latest -Session $session.Session -ErrorAction SilentlyContinue -ErrorVariable trouble |
                            Restart-CseEngineJob -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable +trouble
                    }
                    break
                }
                { $_ -lt 80 -and $session } {
                    $running = New-Engine progress3-jobs2
                    Test-Step "wait for a job of $($session.Name)" $session $running GET -Step {
                        $null = Get-CseEngineJob $running -Latest -Session $session.Session -ErrorAction SilentlyContinue -ErrorVariable trouble |
                            Wait-CseEngineJob -PollIntervalSec 0.001 -ErrorAction SilentlyContinue -ErrorVariable +trouble
                    }
                    break
                }
                { $_ -lt 85 -and $session } {
                    # Another runspace stops a listing half-way.
                    $slow = New-Engine jobs3-slowheaders
                    Test-Step "stop a listing of $($session.Name)" $session $slow GET -Step {
                        $shell = New-ModuleShell
                        $null = $shell.AddCommand('Get-CseEngineJob').AddParameters(@{ EngineId = $slow; Session = $session.Session })
                        $null = $shell.BeginInvoke($shell.In, $shell.Out)
                        Wait-Until { (Invoke-RestMethod "$($session.Engine)_sim/stats").requestsUnderWay -gt 0 } | Should -BeTrue
                        Stop-Shell $shell | Should -Be Stopped
                        Remove-ModuleShell $shell
                    } | Out-Null
                    break
                }
                { $_ -lt 90 -and $open } {
                    # A session of another runspace is the default there and nowhere else.
                    Test-Step "a runspace's own session on $engine" @{ Target = "1 $($Sim.A.ProjectId)"; Identity = 'token:static' } $engine GET -Step {
                        $shell = New-ModuleShell
                        $null = $shell.AddScript('param($at, $project, $token, $engine) $null = Connect-Cse -Scope Runspace -Name own -Endpoint $at -ProjectId $project -Token $token; Get-CseEngineJob $engine -First 1; Disconnect-Cse own')
                        $null = $shell.AddParameters(@($servers[1].Address, $Sim.A.ProjectId, $Sim.Token, $engine)).Invoke()
                        Remove-ModuleShell $shell
                    }
                    break
                }
                { $_ -ge 90 -and $session } {
                    Disconnect-Cse $session.Name
                    $story.Enqueue("$($story.Count): disconnect $($session.Name)")
                    $null = $open.Remove($session)
                    if ($session -eq $default) { $default = $null }
                }
            }
        }
        $story.Count | Should -BeGreaterThan 100
    }
}
