BeforeAll {
    # A failure is to be seen at its first try.
    $PSDefaultParameterValues = @{ 'Connect-Cse:MaximumRetryCount' = 0 }
    $address = Get-SimulatorAddress
    $module = $Sim.ModulePath
    $at = @{ Region = 'cn-north-4'; Endpoint = $address; IamEndpoint = $address }
    $userA = @{ Credential = Get-AccountCredential $Sim.A; DomainName = $Sim.A.DomainName }
    $keyB = @{ AccessKey = $Sim.B.AccessKey; SecretKey = $Sim.B.SecretKey }

    # As whom the simulator saw the calls for jobs, by the project they were for.
    function Get-IdentityByProject {
        Get-SimulatorRequest | Where-Object path -Like '*/enginemgr/*' | Group-Object { "$($_.path.Split('/')[2]) $($_.statusCode -eq 200)" } | ForEach-Object {
            [pscustomobject]@{ Project = $_.Name.Split(' ')[0]; Answered = $_.Name -like '* True'; Calls = $_.Count; Identity = @($_.Group.identity | Select-Object -Unique) }
        }
    }
}

Describe 'Sessions of two accounts at once' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    AfterEach {
        Get-CseSession | Disconnect-Cse
    }

    It 'keep apart in 16 runspaces, and renew an old token once' {
        $a = Connect-Cse @at @userA -Name a
        $b = Connect-Cse @at @keyB -Name b
        $issued = (Get-SimulatorCount).tokensIssued
        Clear-SimulatorRequest
        $start = [System.Threading.Barrier]::new(16)
        $expire = "${address}_sim/expire-tokens"
        $engine = $Sim.SeedEngine
        $output = 1..16 | ForEach-Object -ThrottleLimit 16 -Parallel {
            Import-Module $using:module
            $null = ($using:start).SignalAndWait(20000)
            for ($call = 1; $call -le 50; $call++) {
                if ($_ -eq 1 -and $call -eq 25) { $null = Invoke-RestMethod $using:expire -Method Post }
                $using:a, $using:b | ForEach-Object {
                    try { (Get-CseEngineJob $using:engine -Id 12339 -Session $_ -ErrorAction Stop).Id } catch { "$_" }
                }
            }
        }
        $output | Group-Object | ForEach-Object { "$($_.Name) x $($_.Count)" } | Should -Be '12339 x 1600'

        $seen = Get-IdentityByProject
        $answered = $seen | Where-Object Answered | Sort-Object Project
        $answered.Project | Should -Be $Sim.A.ProjectId, $Sim.B.ProjectId
        $answered.Calls | Should -Be 800, 800
        $answered[0].Identity | Should -BeExactly 'account-a/user-a'
        $answered[1].Identity | Should -BeExactly "ak:$($Sim.B.AccessKey)"
        # Refused were some calls with the old token, and nothing else.
        $refused = $seen | Where-Object { -not $_.Answered }
        $refused.Project | Should -Be $Sim.A.ProjectId
        $refused.Identity | Should -BeExactly 'account-a/user-a'
        (Get-SimulatorCount).tokensIssued - $issued | Should -Be 1
    }

    It 'keep apart as the defaults of the runspaces that made them' {
        $start = [System.Threading.Barrier]::new(8)
        $accounts = $Sim.A, $Sim.B
        $output = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:module
            $account = ($using:accounts)[$_ % 2]
            $to = $using:at
            $scope = $_ -le 4 ? 'Runspace' : 'Process'
            $session = Connect-Cse @to -AccessKey $account.AccessKey -SecretKey $account.SecretKey -Scope $scope
            $null = ($using:start).SignalAndWait(20000)
            foreach ($call in 1..10) {
                try { @(Get-CseEngineJob sim-jobs3 -ErrorAction Stop).Count } catch { "$_" }
            }
            # Before any other runspace ends its own.
            $null = ($using:start).SignalAndWait(20000)
            $session | Disconnect-Cse
        }
        $output | Group-Object | ForEach-Object { "$($_.Name) x $($_.Count)" } | Should -Be '3 x 80'
        $seen = Get-IdentityByProject | Sort-Object Project
        $seen.Project | Should -Be $Sim.A.ProjectId, $Sim.B.ProjectId
        $seen.Calls | Should -Be 40, 40
        $seen[0].Identity | Should -BeExactly "ak:$($Sim.A.AccessKey)"
        $seen[1].Identity | Should -BeExactly "ak:$($Sim.B.AccessKey)"
    }
}
