BeforeAll {
    # A failure is to be seen at its first try.
    $PSDefaultParameterValues = @{ 'Connect-Cse:MaximumRetryCount' = 0 }
    $address = Get-SimulatorAddress
    $module = $Sim.ModulePath

    # How to connect where only the module is known: in other runspaces. Engines tell the sessions apart, each session lists its own.
    $token = @{ Endpoint = $address; ProjectId = $Sim.ProjectId; Token = $Sim.Token }

    # Runs a script in another runspace; a terminating error comes back as its id.
    function Invoke-There([powershell] $Shell, [scriptblock] $Script, [object[]] $Arguments) {
        $Shell.Commands.Clear()
        $null = $Shell.AddScript("try { & {$Script} @args } catch { `$_.FullyQualifiedErrorId }")
        foreach ($argument in $Arguments) { $null = $Shell.AddArgument($argument) }
        $Shell.Invoke()
    }
}

Describe 'Sessions' {
    BeforeEach {
        Clear-SimulatorRequest
        $other = New-ModuleShell
    }

    AfterEach {
        $null = Invoke-There $other { Get-CseSession | Disconnect-Cse }
        Remove-ModuleShell $other
        Get-CseSession | Disconnect-Cse
    }

    Context 'Of scope Runspace' {
        BeforeEach {
            $mine = Connect-Simulator -Scope Runspace -Name mine -EngineId sim-jobs1
        }

        It 'are used where they were made' {
            $mine.Scope | Should -Be Runspace
            Get-CseEngineJob | Should -HaveCount 1
            Get-CseEngineJob -Session mine | Should -HaveCount 1
            (Get-CseSession).Equals($mine) | Should -BeTrue
        }

        It 'are in another runspace not <What>' -ForEach @(
            @{ What = 'used'; Script = { Get-CseEngineJob sim-jobs1 }; Gives = 'NotConnected,CseJobs.Commands.GetCseEngineJobCommand' }
            @{ What = 'listed'; Script = { "$(@(Get-CseSession).Count) sessions" }; Gives = '0 sessions' }
            @{ What = 'listed by a wildcard'; Script = { "$(@(Get-CseSession m*).Count) sessions" }; Gives = '0 sessions' }
            @{ What = 'found by name'; Script = { Get-CseSession mine -ErrorAction Stop }; Gives = 'SessionNotFound,CseJobs.Commands.GetCseSessionCommand' }
            @{ What = 'taken by name'; Script = { Get-CseEngineJob sim-jobs1 -Session mine }; Gives = 'ParameterArgumentTransformationError,CseJobs.Commands.GetCseEngineJobCommand' }
            @{ What = 'disconnected as the default'; Script = { Disconnect-Cse -ErrorAction Stop }; Gives = 'NotConnected,CseJobs.Commands.DisconnectCseCommand' }
            @{ What = 'disconnected by name'; Script = { Disconnect-Cse mine -ErrorAction Stop }; Gives = 'SessionNotFound,CseJobs.Commands.DisconnectCseCommand' }
            @{ What = 'disconnected by a wildcard'; Script = { Disconnect-Cse *; 'done' }; Gives = 'done' }
        ) {
            Invoke-There $other $Script | Should -Be $Gives
            Get-SimulatorRequest | Should -BeNullOrEmpty
            $mine.IsClosed | Should -BeFalse
            Get-CseEngineJob | Should -HaveCount 1
        }

        It 'are not in <Where>' -ForEach @(
            @{ Where = 'ForEach-Object -Parallel'; Run = { 1..2 | ForEach-Object -Parallel { Import-Module $using:module; try { Get-CseEngineJob sim-jobs1 } catch { $_.FullyQualifiedErrorId }; @(Get-CseSession).Count } } }
            @{ Where = 'Start-ThreadJob'; Run = { 1..2 | ForEach-Object { Start-ThreadJob { Import-Module $using:module; try { Get-CseEngineJob sim-jobs1 } catch { $_.FullyQualifiedErrorId }; @(Get-CseSession).Count } } | Receive-Job -Wait -AutoRemoveJob } }
        ) {
            $output = & $Run
            $output | Where-Object { $_ -is [string] } | Should -Be (@('NotConnected,CseJobs.Commands.GetCseEngineJobCommand') * 2)
            $output | Where-Object { $_ -is [int] } | Should -Be 0, 0
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }

        It 'do not hide the process''s latest from others' {
            $null = Connect-Simulator -Name common -EngineId sim-jobs2
            $null = Connect-Simulator -Scope Runspace -Name latest -EngineId sim-jobs3
            (Invoke-There $other { @(Get-CseEngineJob).Count; (Get-CseSession).Name }) | Should -Be 2, 'common'
            Get-CseEngineJob | Should -HaveCount 3
        }

        It 'may have the same name in every runspace' {
            $theirs = Invoke-There $other { param($to) Connect-Cse @to -Scope Runspace -Name mine -EngineId sim-jobs2 } -Arguments $token
            $mine.IsClosed | Should -BeFalse
            @(Get-CseEngineJob -Session mine).Count | Should -Be 1
            Invoke-There $other { @(Get-CseEngineJob -Session mine).Count } | Should -Be 2
            Disconnect-Cse mine
            $theirs[0].IsClosed | Should -BeFalse
            Invoke-There $other { @(Get-CseEngineJob).Count } | Should -Be 2
        }

        It 'hide a common session of the same name, and do not end it by that name' {
            $common = Invoke-There $other { param($to) Connect-Cse @to -Name mine -EngineId sim-jobs2 } -Arguments $token
            Get-CseEngineJob -Session mine | Should -HaveCount 1
            Disconnect-Cse mine
            $mine.IsClosed | Should -BeTrue
            $common[0].IsClosed | Should -BeFalse
        }

        It 'are gone once another runspace has ended them' {
            $null = Connect-Simulator -Name common -EngineId sim-jobs2
            $latest = Connect-Simulator -Scope Runspace -Name latest -EngineId sim-jobs3
            $null = Invoke-There $other { param($session) Disconnect-Cse -Session $session } -Arguments $latest
            (Get-CseSession).Name | Should -Be 'mine', 'common'
            { Get-CseEngineJob sim-jobs1 } | Should -Throw -ErrorId 'NotConnected,*'
            $null = Select-CseSession mine
            $null = Invoke-There $other { param($session) Disconnect-Cse -Session $session } -Arguments $mine
            (Get-CseSession).Name | Should -Be 'common'
            { Get-CseEngineJob sim-jobs1 } | Should -Throw -ErrorId 'NotConnected,*'
        }

        It 'can be handed to another runspace as an object' {
            Invoke-There $other { param($session) @(Get-CseEngineJob -Session $session).Count } -Arguments $mine | Should -Be 1
            1..2 | ForEach-Object -Parallel { Import-Module $using:module; @(Get-CseEngineJob -Session $using:mine).Count } | Should -Be 1, 1
        }
    }

    Context 'The default one' {
        It 'is what the runspace has chosen last, else what was chosen last of scope Process' {
            $null = Connect-Simulator -Name process -EngineId sim-jobs4
            Invoke-There $other { @(Get-CseEngineJob).Count } | Should -Be 4
            $chosen = Invoke-There $other {
                param($to)
                $null = Connect-Cse @to -Name own -Scope Runspace -EngineId sim-jobs1
                @(Get-CseEngineJob).Count
                $null = Select-CseSession process
                @(Get-CseEngineJob).Count
            } -Arguments $token
            $chosen | Should -Be 1, 4
            $null = Connect-Simulator -Name later -EngineId sim-jobs5
            # Another runspace's choice does not take its own away.
            Invoke-There $other { @(Get-CseEngineJob).Count } | Should -Be 4
        }

        It 'is none once it has been closed, until one is selected: no other takes its place' {
            $null = Connect-Simulator -Name one -EngineId sim-jobs1
            $null = Connect-Simulator -Name two -EngineId sim-jobs2
            $null = Invoke-There $other { param($to) Connect-Cse @to -Name own -Scope Runspace -EngineId sim-jobs3 } -Arguments $token
            Disconnect-Cse
            Clear-SimulatorRequest
            $refusal = Get-Refusal { Get-CseEngineJob }
            $refusal.FullyQualifiedErrorId | Should -Be 'NotConnected,CseJobs.Commands.GetCseEngineJobCommand'
            "$refusal" | Should -BeExactly 'No session is the default one. Open are: one. Choose one with Select-CseSession, or pass it with -Session.'
            $refusal.ErrorDetails.RecommendedAction | Should -BeExactly 'For example: Select-CseSession one'
            Disconnect-Cse -ErrorVariable problem -ErrorAction SilentlyContinue
            $problem.FullyQualifiedErrorId | Should -Be 'NotConnected,CseJobs.Commands.DisconnectCseCommand'
            Invoke-There $other { Disconnect-Cse; Get-CseEngineJob } | Should -Be 'NotConnected,CseJobs.Commands.GetCseEngineJobCommand'
            Get-SimulatorRequest | Should -BeNullOrEmpty
            (Select-CseSession one).Name | Should -Be one
            Get-CseEngineJob | Should -HaveCount 1
        }

        It 'is selected by name or as an object, and only while it is open' {
            $one = Connect-Simulator -Name one -EngineId sim-jobs1
            $null = Connect-Simulator -Name two -EngineId sim-jobs2
            $null = $one | Select-CseSession
            Get-CseEngineJob | Should -HaveCount 1
            { Select-CseSession three } | Should -Throw "*There is no session named 'three'.*"
            { Select-CseSession one, two } | Should -Throw '*One session is taken here, not 2.'
            (TabExpansion2 'Select-CseSession ').CompletionMatches.CompletionText | Should -Be 'one', 'two'
            Disconnect-Cse one
            Select-CseSession $one -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problem.FullyQualifiedErrorId | Should -Be 'SessionClosed,CseJobs.Commands.SelectCseSessionCommand'
        }

        It 'is listed by Get-CseSession, also when another runspace has connected under the same name' {
            $mine = Connect-Simulator -EngineId sim-jobs1
            $null = Invoke-There $other { param($to) Connect-Cse @to -EngineId sim-jobs2 } -Arguments $token
            # The one in use here.
            Get-CseEngineJob | Should -HaveCount 1
            Get-CseSession | Where-Object { $_.Equals($mine) } | Should -HaveCount 1
        }
    }

    Context 'Handed on with $using:' {
        BeforeEach {
            $one = Connect-Simulator -Name one -EngineId sim-jobs1
            $null = Connect-Simulator -Name two -EngineId sim-jobs2
        }

        It 'go before the default in <Where>' -ForEach @(
            @{ Where = 'ForEach-Object -Parallel'; Run = { 1..3 | ForEach-Object -Parallel { Import-Module $using:module; @(Get-CseEngineJob -Session $using:one).Count; @(Get-CseEngineJob).Count } } }
            @{ Where = 'Start-ThreadJob'; Run = { 1..3 | ForEach-Object { Start-ThreadJob { Import-Module $using:module; @(Get-CseEngineJob -Session $using:one).Count; @(Get-CseEngineJob).Count } } | Receive-Job -Wait -AutoRemoveJob } }
        ) {
            & $Run | Sort-Object | Should -Be 1, 1, 1, 2, 2, 2
        }

        It 'are found by name in another runspace too' {
            Invoke-There $other { @(Get-CseEngineJob -Session one).Count; @(Get-CseEngineJob -Session TWO).Count; (Get-CseSession).Name } | Should -Be 1, 2, 'one', 'two'
        }

        It 'do not come back to life after a trip to another process' {
            $dead = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($one))
            { Get-CseEngineJob -Session $dead } | Should -Throw -ErrorId 'CannotConvertArgument*' -ExpectedMessage '*Deserialized.CseJobs.CseSession*'
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }
    }

    Context 'That were ended' {
        It 'are of no use in other runspaces either' {
            $session = Connect-Simulator -EngineId sim-jobs1
            Invoke-There $other { @(Get-CseEngineJob).Count } | Should -Be 1
            Disconnect-Cse
            Invoke-There $other { Get-CseEngineJob } | Should -Be 'NotConnected,CseJobs.Commands.GetCseEngineJobCommand'
            Invoke-There $other { param($session) Get-CseEngineJob -Session $session } -Arguments $session | Should -Be 'SessionClosed,CseJobs.Commands.GetCseEngineJobCommand'
            Get-SimulatorRequest | Should -HaveCount 1
        }

        It 'are no longer the default of the runspace that made them, when another one ended them' {
            $theirs = Invoke-There $other { param($to) Connect-Cse @to -Name theirs -EngineId sim-jobs2 } -Arguments $token
            $null = Connect-Simulator -Name mine -EngineId sim-jobs1
            Disconnect-Cse theirs
            $theirs[0].IsClosed | Should -BeTrue
            Invoke-There $other { Get-CseEngineJob sim-jobs1 } | Should -Be 'NotConnected,CseJobs.Commands.GetCseEngineJobCommand'
        }

        It 'say so to a request that is under way: <What>' -ForEach @(
            @{ What = 'a list'; Parameters = @{ EngineId = 'e-1' } }
            @{ What = 'a job'; Parameters = @{ EngineId = 'e-1'; Id = 5 } }
        ) {
            $server = Start-ScriptedServer stall
            try {
                $session = Connect-Simulator -Endpoint $server.Address
                $other.Commands.Clear()
                $running = $other.AddCommand('Get-CseEngineJob').AddParameters($Parameters).AddParameter('Session', $session).BeginInvoke()
                $server.Arrived.Wait(20000) | Should -BeTrue
                Disconnect-Cse
                $running.AsyncWaitHandle.WaitOne(20000) | Should -BeTrue
                $problem = $other.Streams.Error
                $problem | Should -HaveCount 1
                $problem[0].FullyQualifiedErrorId | Should -BeExactly 'SessionClosed,CseJobs.Commands.GetCseEngineJobCommand'
                "$($problem[0])" | Should -BeLike '*closed*'
            }
            finally {
                $server.Dispose()
            }
        }

        It 'end a listing that goes on, with an error that says so, and keep the jobs it had given' {
            $null = Connect-Simulator
            $jobs = Get-CseEngineJob sim-jobs1000-max50 -PageSize 50 -ErrorVariable problem -ErrorAction SilentlyContinue | ForEach-Object {
                if ($_.Id -gt 0 -and -not $ended) { $ended = $true; Disconnect-Cse }
                $_
            }
            $jobs.Count | Should -BeGreaterOrEqual 1
            $jobs.Count | Should -BeLessThan 1000
            $problem | Should -HaveCount 1
            $problem.FullyQualifiedErrorId | Should -BeExactly 'ListingInterrupted,CseJobs.Commands.GetCseEngineJobCommand'
            $problem.Exception.Reason | Should -Be SessionClosed
            "$problem" | Should -BeLike "*$($jobs.Count) jobs*closed*"
        }
    }

    Context 'Removing the module' {
        It 'ends the sessions that this runspace made, of either scope, and those it has replaced' {
            $made = Invoke-There $other {
                param($to)
                Connect-Cse @to -Name one
                Connect-Cse @to -Name one
                Connect-Cse @to -Name two -Scope Runspace
                Remove-Module CseJobs
            } -Arguments $token
            $made.Count | Should -Be 3
            $made.IsClosed | Should -Be $true, $true, $true
            Get-CseSession | Should -BeNullOrEmpty
            $null = Invoke-There $other { param($module) Import-Module $module } -Arguments $module
        }

        It 'leaves the sessions of others alone' {
            $mine = Connect-Simulator -Name mine -EngineId sim-jobs1
            $own = Connect-Simulator -Name own -Scope Runspace -EngineId sim-jobs2
            # Used there, but made here.
            Invoke-There $other { @(Get-CseEngineJob -Session mine).Count; Remove-Module CseJobs } | Should -Be 1
            $mine.IsClosed, $own.IsClosed | Should -Be $false, $false
            Get-CseEngineJob -Session mine | Should -HaveCount 1
            Get-CseEngineJob | Should -HaveCount 2
            $null = Invoke-There $other { param($module) Import-Module $module } -Arguments $module
        }
    }
}
