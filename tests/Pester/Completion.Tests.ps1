BeforeAll {
    $null = Connect-Simulator

    # What Tab offers at the end of a line.
    function Complete([string] $Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
    }

    # How long a Tab waits for the server.
    function Set-MaxWait([timespan] $Time) {
        [CseJobs.Commands.GetCseEngineJobCommand].Assembly.GetType('CseJobs.Completion.CompletionCache').GetProperty('MaxWait', [System.Reflection.BindingFlags]'Static, NonPublic').SetValue($null, $Time)
    }

    # Lets the cache believe that time has passed.
    function Set-CacheTime([timespan] $Later) {
        Set-ModuleClock -Ahead $Later
    }

    # A busy machine is no slow server.
    Set-MaxWait 0:0:30
}

AfterAll {
    Set-MaxWait 0:0:1
    Get-CseSession | Disconnect-Cse
}

Describe 'Completing -Id' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    AfterEach {
        Set-CacheTime 0
    }

    It 'offers the newest jobs, newest first, and says what became of them' {
        $engine = New-Engine jobs100
        $newest = (Get-SimulatorEngine $engine).jobs | Select-Object -First 25
        $offered = Complete "Get-CseEngineJob $engine -Id "
        $offered.CompletionText | Should -Be $newest.id
        $offered[3].ToolTip | Should -BeLike 'Error, Delete, * ago*'
        $offered[0].ToolTip | Should -BeLike 'PreInit, Configure, not started*'
        $offered.ResultType | Sort-Object -Unique | Should -Be ParameterValue
    }

    It 'offers the oldest last also where the server lists them first' {
        $engine = New-Engine jobs10-ascending
        $ids = (Get-SimulatorEngine $engine).jobs.id
        [array]::Reverse($ids)
        (Complete "Get-CseEngineJob $engine -Id ").CompletionText | Should -Be $ids
    }

    It 'offers those that begin with what is typed' {
        $engine = New-Engine jobs100
        $id = (Get-SimulatorEngine $engine).jobs[7].id
        (Complete "Get-CseEngineJob -EngineId '$engine' -Id $("$id".Substring(0, 4))").CompletionText | Should -Contain $id
        Complete "Get-CseEngineJob $engine -Id 99999999" | Should -BeNullOrEmpty
    }

    It 'takes the engine of the session when none is typed, and the session that is typed' {
        $engine = New-Engine jobs3
        $null = Connect-Simulator -Name 'own engine' -EngineId $engine -Scope Runspace
        $ids = (Get-SimulatorEngine $engine).jobs.id
        (Complete 'Get-CseEngineJob -Id ').CompletionText | Should -Be $ids
        (Complete "Get-CseEngineJob -Session 'own engine' -Id ").CompletionText | Should -Be $ids
        Disconnect-Cse -Name 'own engine'
        $null = Select-CseSession default
    }

    It 'asks the server once in half a minute' {
        $engine = New-Engine jobs5
        1..3 | ForEach-Object { Complete "Get-CseEngineJob $engine -Id " | Should -HaveCount 5 }
        @(Get-SimulatorRequest) | Should -HaveCount 1
        Set-CacheTime 0:0:31
        Complete "Get-CseEngineJob $engine -Id " | Should -HaveCount 5
        @(Get-SimulatorRequest) | Should -HaveCount 2
    }

    It 'keeps what it has read although the wall clock is set back or ahead' {
        $engine = New-Engine jobs5
        Complete "Get-CseEngineJob $engine -Id " | Should -HaveCount 5
        foreach ($year in 1999, 2099) {
            Set-ModuleClock -Utc "$year-01-01"
            Complete "Get-CseEngineJob $engine -Id " | Should -HaveCount 5
        }
        @(Get-SimulatorRequest) | Should -HaveCount 1
    }

    It 'does not wait for a slow server, and has its answer at a later Tab without asking again' {
        $engine = New-Engine jobs5-latency1500
        Set-MaxWait 0:0:0.01
        Complete "Get-CseEngineJob $engine -Id " | Should -BeNullOrEmpty
        Wait-Until { @(Complete "Get-CseEngineJob $engine -Id ").Count -eq 5 } | Should -BeTrue
        @(Get-SimulatorRequest) | Should -HaveCount 1
        Set-MaxWait 0:0:30
    }

    It 'offers what it knew before while the server fails' {
        $engine = New-Engine jobs4-failfrom2
        Complete "Get-CseEngineJob $engine -Id " | Should -HaveCount 4
        foreach ($later in '0:0:31', '0:1:02') {
            Set-CacheTime $later
            1..2 | ForEach-Object { Complete "Get-CseEngineJob $engine -Id " | Should -HaveCount 4 }
        }
        @(Get-SimulatorRequest | Where-Object statusCode -EQ 500).Count | Should -BeGreaterThan 1
    }

    It 'says nothing of a failure, and does not repeat it at each Tab: <_>' -ForEach 'unauthorized', 'error500', 'html', 'cut' {
        $engine = New-Engine "jobs3-$_"
        $before = $Error.Count
        1..3 | ForEach-Object { Complete "Get-CseEngineJob $engine -Id " | Should -BeNullOrEmpty }
        $Error.Count | Should -Be $before
        # A listing asks for page 1 when page 0 fails with 500.
        @(Get-SimulatorRequest).Count | Should -BeLessOrEqual 2
    }

    It 'offers nothing for <What>' -ForEach @(
        @{ What = 'an engine id that cannot be right'; Line = 'Get-CseEngineJob a/b -Id ' }
        @{ What = 'several engines'; Line = 'Get-CseEngineJob a, b -Id ' }
        @{ What = 'no engine at all'; Line = 'Get-CseEngineJob -Id ' }
        @{ What = 'a session that does not exist'; Line = 'Get-CseEngineJob e -Session nobody -Id ' }
    ) {
        (Complete $Line).Where({ $_.ResultType -eq 'ParameterValue' }) | Should -BeNullOrEmpty
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'offers nothing without a session, and asks for none' {
        # What it knew of an earlier session does not count, nor do credentials that Connect-Cse would take.
        $engine = New-Engine jobs3
        Complete "Get-CseEngineJob $engine -Id " | Should -HaveCount 3
        Clear-SimulatorRequest
        $before = $Error.Count
        Get-CseSession | Disconnect-Cse
        try {
            $offered = Invoke-WithVariable @{ HW_AUTH_TOKEN = $Sim.Token; HW_PROJECT_ID = $Sim.ProjectId; HUAWEICLOUD_SDK_REGION_CSE_CN_NORTH_4 = Get-SimulatorAddress; HW_REGION_NAME = 'cn-north-4' } {
                Complete "Get-CseEngineJob $engine -Id "
            }
        }
        finally {
            $null = Connect-Simulator
        }
        @($offered).Where({ $_.ResultType -eq 'ParameterValue' }) | Should -BeNullOrEmpty
        Get-SimulatorRequest | Should -BeNullOrEmpty
        $Error.Count | Should -Be $before
    }

    It 'makes what the server says safe to show' {
        $engine = New-Engine jobs30-odd
        $tips = (Complete "Get-CseEngineJob $engine -Id ").ToolTip
        $tips | Should -HaveCount 25
        $tips -like '*red*' | Should -HaveCount 2
        $tips | Should -Not -Match '[\x00-\x1f\x7f-\x9f]'
    }
}

Describe 'Completing sessions' {
    It 'offers names, quoted where they have to be, with what the session is, for <_>' -ForEach 'Get-CseEngineJob -Session ', 'Get-CseSession -Name ', 'Get-CseSession ', 'Disconnect-Cse -Session ', 'Disconnect-Cse ' {
        $null = Connect-Simulator -Name 'prod east' -Scope Runspace
        $null = Connect-Simulator -Name "o'hara" -Scope Runspace
        $offered = Complete $_
        $offered.CompletionText | Should -Be 'default', "'prod east'", "'o''hara'"
        $offered[1].ListItemText | Should -BeExactly 'prod east'
        $offered[1].ToolTip | Should -BeLike "Token, 127.0.0.1*, project $($Sim.ProjectId)"
        $offered.ToolTip -join ' ' | Should -Not -Match $Sim.Token
        (Complete "$_'pr").CompletionText | Should -Be "'prod east'"
        (Complete "${_}DEF").CompletionText | Should -Be 'default'
        Disconnect-Cse -Name 'prod east', "o'hara"
    }
}

Describe 'What Tab puts in' {
    It 'is read as one word, and as nothing else: <Name> after <Typed>' -ForEach @(
        @{ Name = '-x'; Typed = '' }
        @{ Name = '--'; Typed = '' }
        @{ Name = "a$([char]0x201c); Get-Date #"; Typed = '"a' }
        @{ Name = "a$([char]0x201e)b$([char]0x201d)"; Typed = '"' }
        @{ Name = 'a$(Get-Date)`n'; Typed = '"a' }
        @{ Name = "it$([char]0x2019)s, $([char]0x2018)so$([char]0x201b)"; Typed = "'it" }
    ) {
        $null = Connect-Simulator -Name $Name -Scope Runspace
        $line = "Get-CseSession $Typed"
        $offer = TabExpansion2 -inputScript $line -cursorColumn $line.Length
        Disconnect-Cse -Name $Name
        $match = $offer.CompletionMatches.Where{ $_.ListItemText -ceq $Name }
        $done = $line.Remove($offer.ReplacementIndex, $offer.ReplacementLength).Insert($offer.ReplacementIndex, $match.CompletionText)
        $mistakes = $null
        $parsed = [System.Management.Automation.Language.Parser]::ParseInput($done, [ref]$null, [ref]$mistakes)
        $mistakes | Should -BeNullOrEmpty
        $commands = @($parsed.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true))
        $commands | Should -HaveCount 1
        $commands[0].CommandElements | Should -HaveCount 2
        $commands[0].CommandElements[1].SafeGetValue() | Should -BeExactly $Name
    }
}

Describe 'Completing fixed values' {
    It 'offers <Expected> after: <Line>' -ForEach @(
        @{ Line = 'Connect-Cse -Region cn-nor'; Expected = 'cn-north-1', 'cn-north-4', 'cn-north-9', 'cn-north-11', 'cn-north-12' }
        @{ Line = 'Get-CseEngineJob -Status E'; Expected = 'Error', 'Executing' }
        @{ Line = 'Get-CseEngineJob -Status Error, T'; Expected = 'Timeout' }
        @{ Line = 'Get-CseEngineJob -Type Upg'; Expected = 'Upgrade' }
        @{ Line = 'Get-CseEngineJob | Where Status -eq E'; Expected = 'Error', 'Executing' }
        @{ Line = 'Get-CseEngineJob | Where-Object Type -EQ Upg'; Expected = 'Upgrade' }
        @{ Line = 'Get-CseEngineJob | Where-Object Stat'; Expected = 'Status', 'StatusText' }
        @{ Line = 'Connect-Cse -Scope '; Expected = 'Process', 'Runspace' }
    ) {
        (Complete $Line).CompletionText.Trim("'") | Sort-Object | Should -Be ($Expected | Sort-Object)
    }
}

Describe 'Completing engines' {
    BeforeAll {
        $listed = Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines" | ForEach-Object { $_ }
    }

    BeforeEach {
        # A session of its own has a cache of its own.
        $null = Connect-Simulator -Name engines -Scope Runspace
        Clear-SimulatorRequest
    }

    AfterEach {
        Disconnect-Cse -Name engines
    }

    It 'offers <What> after: <Line>' -ForEach @(
        @{ Line = 'Get-CseEngineJob '; What = 'name' }, @{ Line = 'Get-CseEngineJob -EngineId '; What = 'name' }, @{ Line = 'Restart-CseEngineJob '; What = 'name' }
        @{ Line = 'Wait-CseEngineJob '; What = 'name' }, @{ Line = 'Get-CseEngine -Id '; What = 'id' }
    ) {
        $offered = Complete $Line
        $offered.CompletionText | Sort-Object | Should -Be ($listed.$What | Sort-Object)
        $orders = $offered.Where{ $_.ListItemText -eq 'prod-orders' }
        $orders.CompletionText | Should -BeExactly $listed.Where{ $_.name -eq 'prod-orders' }.$What
        $orders.ToolTip | Should -BeLike 'prod-orders: Available, CSE *'
        @(Get-SimulatorRequest) | Should -HaveCount 1
    }

    It 'completes the beginning of a name to the name, of an id to the id' {
        $id = $listed.Where{ $_.name -eq 'prod-payments' }.id
        (Complete 'Get-CseEngineJob prod-pay').CompletionText | Should -BeExactly prod-payments
        (Complete 'Get-CseEngine -Id prod-pay').CompletionText | Should -BeExactly $id
        (Complete "Get-CseEngineJob $($id.Substring(0, 6))").CompletionText | Should -Contain $id
        (Complete 'Get-CseEngineJob 生').ListItemText | Should -BeExactly '生产网关'
    }

    It 'offers the jobs of an engine that is called by its name, in the second place too: <_>' -ForEach 'Get-CseEngineJob prod-orders ', 'Get-CseEngineJob PROD-ORDERS -Id ', 'Wait-CseEngineJob prod-orders ', 'Restart-CseEngineJob prod-orders ' {
        (Complete $_).CompletionText | Should -Be (Get-ServerId $listed.Where{ $_.name -eq 'prod-orders' }.id)
    }

    It 'offers names for Get-CseEngine' {
        (Complete 'Get-CseEngine prod-').CompletionText | Should -Be 'prod-inventory', 'prod-orders', 'prod-payments'
        (Complete 'Get-CseEngine -Name prod-o').ToolTip | Should -BeLike "Available, CSE *, $($listed.Where{ $_.name -eq 'prod-orders' }.id)"
    }

    It 'asks once for all of them' {
        1..2 | ForEach-Object { $null = Complete 'Get-CseEngine '; $null = Complete 'Get-CseEngineJob ' }
        @(Get-SimulatorRequest) | Should -HaveCount 1
    }
}

Describe 'Completing times' {
    BeforeAll {
        $null = Connect-Simulator
        Set-ModuleClock -Utc ([datetime]::new(2026, 11, 20, 14, 30, 0).ToUniversalTime())
    }

    AfterAll {
        Set-ModuleClock
    }

    It 'offers what is asked for most, with the local time it is, and asks no server: -<Parameter>' -ForEach @(
        @{ Parameter = 'From'; Today = '2026-11-20 00:00:00'; Yesterday = '2026-11-19 00:00:00' }
        @{ Parameter = 'EndedAfter'; Today = '2026-11-20 00:00:00'; Yesterday = '2026-11-19 00:00:00' }
        @{ Parameter = 'To'; Today = '2026-11-20 23:59:59'; Yesterday = '2026-11-19 23:59:59' }
    ) {
        Clear-SimulatorRequest
        $offered = Complete "Get-CseEngineJob sim-jobs3 -$Parameter "
        $offered.CompletionText | Should -Be '-1h', '-24h', '-7d', 'today', 'yesterday'
        $offered.ToolTip | Should -Be (
            '2026-11-20 13:30:00', '2026-11-19 14:30:00', '2026-11-13 14:30:00', $Today, $Yesterday | ForEach-Object { "$_, local time" })
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'offers what begins as what is typed: <Typed>' -ForEach @(
        @{ Typed = 't'; Offered = 'today' }
        @{ Typed = 'YES'; Offered = 'yesterday' }
        @{ Typed = "'t"; Offered = 'today' }
        @{ Typed = '-2'; Offered = '-24h' }
    ) {
        (Complete "Get-CseEngineJob sim-jobs3 -From $Typed").CompletionText | Should -Be $Offered
    }

    It 'offers what can be run as it stands: <_>' -ForEach '-1h', '-24h', '-7d', 'today', 'yesterday' {
        { [scriptblock]::Create("Get-CseEngineJob sim-jobs3 -From $_").Invoke() } | Should -Not -Throw
    }
}
