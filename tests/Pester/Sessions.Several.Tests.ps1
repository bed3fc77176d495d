# Several sessions side by side: how they are named, which is the default one, and how tables tell them apart. Fleet.Tests.ps1 has the fleets.

BeforeAll {
    $PSDefaultParameterValues = @{ 'Connect-Cse:MaximumRetryCount' = 0 }
    $address = Get-SimulatorAddress
    $a = Connect-Simulator -Name prod-a -EngineId sim-jobs1
    $b = Connect-Cse -Name prod-b -Endpoint $address -AccessKey $Sim.B.AccessKey -SecretKey $Sim.B.SecretKey -ProjectId $Sim.B.ProjectId -EngineId sim-jobs2
    $c = Connect-Simulator -Name 'test [1]'
    $module = $Sim.ModulePath
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe '-Session' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'a pattern'; Given = { 'prod-*' }; Names = 'prod-a', 'prod-b' }
        @{ What = 'names in their order'; Given = { 'prod-b', 'prod-a' }; Names = 'prod-b', 'prod-a' }
        @{ What = 'a name with brackets, as it is'; Given = { 'TEST [1]', 'prod-b' }; Names = 'test [1]', 'prod-b' }
        @{ What = 'sessions and patterns, each session once'; Given = { $b, 'prod-?', '*' }; Names = 'prod-b', 'prod-a', 'test [1]' }
        @{ What = 'a list in a list'; Given = { , @($b, $a) }; Names = 'prod-b', 'prod-a' }
    ) {
        (Get-CseEngineJob sim-jobs1 -Session (& $Given)).Session.Name | Should -BeExactly $Names
        (Get-CseEngine -Session (& $Given)).Session.Name | Select-Object -Unique | Should -BeExactly $Names
    }

    It 'names those that are open when it fits none: <Cmdlet> -Session <Given>' -ForEach @(
        foreach ($cmdlet in 'Get-CseEngine', 'Get-CseEngineJob', 'Wait-CseEngineJob') { @{ Cmdlet = $cmdlet; Given = 'dev-*'; Says = "No session matches 'dev-*'." } }
        @{ Cmdlet = 'Get-CseEngine'; Given = 'prod-a', 'dev'; Says = "There is no session named 'dev'." }
        @{ Cmdlet = 'Restart-CseEngineJob'; Given = 'dev*'; Says = "No session matches 'dev*'." }
    ) {
        $refusal = Get-Refusal { & $Cmdlet -Session $Given }
        "$refusal" | Should -BeLike "*$Says Open are: prod-a, prod-b, 'test ``[1``]'."
        $refusal.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'says so when no session is open' {
        (Invoke-FreshShell -NotConnected 'try { Get-CseEngine -Session * } catch { "$_" }') -join '' | Should -BeLike "*No session matches '``*'. No session is open: run Connect-Cse first."
    }

    It 'is one for a change: <What>' -ForEach @(
        @{ What = 'a pattern'; Given = 'prod-*'; Says = "*One session is taken here, by its name: 'prod-``*' is a pattern." }
        @{ What = 'a pattern that fits one'; Given = 'prod-a*'; Says = "*One session is taken here, by its name: 'prod-a``*' is a pattern." }
        @{ What = 'two'; Given = 'prod-a', 'prod-b'; Says = '*One session is taken here, not 2.' }
    ) {
        "$(Get-Refusal { Restart-CseEngineJob sim-jobs1 -Session $Given })" | Should -BeLike $Says
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'is not a session in the pipeline for a change' {
        Get-CseSession | Restart-CseEngineJob sim-jobs1 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem | Should -HaveCount 3
        "$($problem[0])" | Should -BeExactly 'In the pipeline is a session, and more may follow, but one is taken here: pass it with -Session.'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'goes with no id of one project: <What>' -ForEach @(
        @{ What = 'a job'; Run = { Get-CseEngineJob sim-jobs1 -Id 5 -Session * }; Says = '-Id names jobs of one project, but -Session names several sessions. Call the cmdlet once for each.' }
        @{ What = 'a job that is waited for'; Run = { Wait-CseEngineJob sim-jobs1 -Id 5 -Session * }; Says = '-Id names jobs of one project*' }
        @{ What = 'an engine'; Run = { Get-CseEngine -Id sim-jobs1 -Session prod-* }; Says = 'Ids name engines of one project, but -Session names several sessions.*' }
    ) {
        $refusal = Get-Refusal $Run
        "$refusal" | Should -BeLike $Says
        $refusal.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'of several is not for objects of one: <What>' -ForEach @(
        @{ What = 'a job'; Object = { Get-CseEngineJob sim-jobs1 -Session prod-a } }
        @{ What = 'an engine'; Object = { Get-CseEngine -Session prod-a | Select-Object -First 1 } }
        @{ What = 'the id of a job'; Object = { 5 } }
    ) {
        $object = & $Object
        Clear-SimulatorRequest
        $object | Get-CseEngineJob -Session * -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeExactly 'In the pipeline is an engine or job of one session, but -Session names several. Leave it out: each object goes to the session that has read it.'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'contradicts another session in the pipeline: <Cmdlet>' -ForEach @{ Cmdlet = 'Get-CseEngine' }, @{ Cmdlet = 'Get-CseEngineJob' } {
        $a | & $Cmdlet -Session prod-b -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeExactly "In the pipeline is session 'prod-a', but -Session names another. Leave out one of them."
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'gives the jobs of each session''s own engine, and an error for one without' {
        $jobs = Get-CseEngineJob -Session * -ErrorVariable problem -ErrorAction SilentlyContinue
        $jobs.Session.Name | Should -BeExactly 'prod-a', 'prod-b', 'prod-b'
        $problem | Should -HaveCount 1
        "$problem" | Should -BeExactly "Session 'test [1]': No engine is named, and the session has no engine of its own."
        (Get-CseSession prod-* | Get-CseEngineJob).Session.Name | Should -BeExactly 'prod-a', 'prod-b', 'prod-b'
    }

    It 'is named in warnings, and in none that is about no session' {
        $future = (Get-Date).AddDays(1)
        $null = Get-CseEngineJob $Sim.SeedEngine -Session prod-* -From $future -WarningVariable said -WarningAction SilentlyContinue
        "$($said[0])" | Should -BeLike '-From lies in the future: *'
        $null = Get-CseEngineJob $Sim.SeedEngine -Session prod-* -WarningVariable said -WarningAction SilentlyContinue
        $said.ForEach{ "$_" -replace ": the server announced.*$" } | Should -BeExactly "Session 'prod-a': Engine '$($Sim.SeedEngine)'", "Session 'prod-b': Engine '$($Sim.SeedEngine)'"
    }

    It 'lists engines of a session in the pipeline, whatever engine that has of its own' {
        ($a | Get-CseEngine).Count | Should -BeGreaterThan 5
        ($c | Get-CseEngine test).Name | Should -BeExactly test
        ($a | Get-CseEngine test).Name | Should -BeExactly test
    }

    It 'can be a default of several' {
        $PSDefaultParameterValues['Get-CseEngineJob:Session'] = 'prod-*'
        (Get-CseEngineJob sim-jobs1).Session.Name | Should -BeExactly 'prod-a', 'prod-b'
        # An object goes to its own.
        (Get-CseEngineJob sim-jobs1 -Session prod-b | Get-CseEngineJob).Session.Name | Should -BeExactly 'prod-b'
        $PSDefaultParameterValues.Remove('Get-CseEngineJob:Session')
    }

    It 'takes a script block for -EngineId with each session in the pipeline' {
        (Get-CseSession prod-* | Get-CseEngineJob -EngineId { "sim-jobs$(1 + ('prod-a', 'prod-b').IndexOf($_.Name))" }).Session.Name | Should -BeExactly 'prod-a', 'prod-b', 'prod-b'
    }
}

Describe 'The default session' {
    It 'is marked, alone, and follows Select-CseSession' {
        $null = Select-CseSession prod-b
        (Get-CseSession).IsDefault | Should -Be $false, $true, $false
        $lines = Get-Line (Get-CseSession) 80
        $lines[0] | Should -BeExactly '  Name           Where                ProjectId                        Identity'
        $lines[2] | Should -BeExactly "  prod-a         $("$address" -replace '^http://|/$') $(' ' * (20 - "$address".Length + 8))$($Sim.ProjectId) Token"
        $lines[3] | Should -BeLike "`* prod-b *$($Sim.B.ProjectId) AK…02"
        (Get-Line (Get-CseSession) 120)[0] | Should -BeLike '*Identity Expires'
        $null = Select-CseSession prod-a
        (Get-Line (Get-CseSession))[2] | Should -BeLike '`* prod-a *'
    }

    It 'is told by each runspace for itself' {
        $null = Select-CseSession prod-a
        1 | ForEach-Object -Parallel {
            Import-Module $using:module
            $null = Select-CseSession prod-b
            "$((Get-CseSession | Where-Object IsDefault).Name) $(($using:a).IsDefault)"
        } | Should -Be 'prod-b False'
        $a.IsDefault | Should -BeTrue
        $null = Select-CseSession prod-a
    }

    It 'is completed by name: Select-CseSession' {
        (TabExpansion2 'Select-CseSession p').CompletionMatches.CompletionText | Should -Be 'prod-a', 'prod-b'
        (TabExpansion2 'Select-CseSession -Session t').CompletionMatches.CompletionText | Should -BeExactly "'test [1]'"
    }
}

Describe 'What would be retried' {
    It 'is told with its session, project and engine: -WhatIf' {
        $engine = New-Engine revive9-jobs2
        $job = (Get-CseEngineJob $engine -Latest -Session prod-a)
        $told = Invoke-FreshShell -NotConnected @"
`$null = Connect-Cse -Name prod-a -Endpoint $address -ProjectId $($Sim.ProjectId) -Token $($Sim.Token)
Restart-CseEngineJob $engine -WhatIf
"@
        $told -join '' | Should -BeLike "What if: Performing the operation `"Retry the job`" on target `"Job $($job.Id) of engine '*' ($engine, *) in session 'prod-a', project $($Sim.ProjectId)`"."
    }

    It 'is asked about with its session, project and engine: -Confirm' {
        if (-not ('CseJobs.PesterTools.AnsweringHost' -as [type])) { Add-Type -Path (Join-Path $PSScriptRoot AnsweringHost.cs) -WarningAction Ignore }
        $engine = New-Engine revive9-jobs2
        $job = Get-CseEngineJob $engine -Latest -Session prod-a
        $psHost = [CseJobs.PesterTools.AnsweringHost]::new('No')
        $shell = New-ModuleShell $psHost
        try {
            Clear-SimulatorRequest
            $null = $shell.AddCommand('Restart-CseEngineJob').AddParameters(@{ EngineId = $engine; Session = 'prod-a'; Confirm = $true }).Invoke()
            $psHost.Questions | Should -HaveCount 1
            $psHost.Questions[0] | Should -BeLike "*Job $($job.Id) of engine '*' ($engine, *) in session 'prod-a', project $($Sim.ProjectId)*"
            Get-SimulatorRequest | Where-Object method -EQ PUT | Should -BeNullOrEmpty
        }
        finally {
            Remove-ModuleShell $shell
        }
    }
}

Describe 'Tables of jobs of several sessions' {
    BeforeAll {
        $failed = Get-CseEngineJob sim-jobs60 -Session prod-* -Failed | Group-Object { $_.Session.Name } | ForEach-Object { $_.Group[0] }
        $long = $failed | Get-CseEngineJob
    }

    It 'have a column for the session: <View> at <Width> characters' -ForEach @(
        @{ View = 'Failure'; Width = 80; Head = 'Session        Engine           Id       Status  Started            Step' }
        @{ View = 'Failure'; Width = 120; Head = 'Session        Engine           Id       Status  Started            Step        Reason' }
        @{ View = 'Fleet'; Width = 80; Head = 'Session        Engine         Id         Type      Status    Started' }
        @{ View = 'Fleet'; Width = 120; Head = 'Session        Engine         Id         Type      Status    Started             Duration Step                 User' }
    ) {
        foreach ($jobs in $failed, $long, (Copy-ThroughProcess $failed)) {
            $lines = Get-Line ($jobs | Format-Table -View $View) $Width
            $lines[0] | Should -BeExactly $Head
            $lines | Should -HaveCount 4
            $lines[2] | Should -BeLike "prod-a         *$($jobs[0].Id) *"
            $lines[3] | Should -BeLike "prod-b         *$($jobs[1].Id) *"
            $lines.Where{ $_.Length -gt $Width } | Should -BeNullOrEmpty
        }
    }

    It 'have none while one session is open' {
        $head = Invoke-FreshShell 'Get-CseEngineJob sim-jobs60 -Failed | Format-Table -View Failure | Out-String -Width 120' | Where-Object { $_ -match '^\S' } | Select-Object -First 1
        $head | Should -BeLike 'Engine *'
    }

    It 'keep the views that they have: <What>' -ForEach @(
        @{ What = 'the table'; Show = { $failed[0] | Format-Table }; Like = '*Id *Type *Status *Started*' }
        @{ What = 'the default for lists'; Show = { $failed[0] }; Like = '*Id *Type *Status *Started*' }
        @{ What = 'the timeline of one that was read whole'; Show = { $long[0] }; Like = '*Job * by *' }
        @{ What = 'the list'; Show = { $failed[0] | Format-List }; Like = '*Session *: prod-a*' }
    ) {
        & $Show | Out-String -Width 120 | Should -BeLike $Like
    }

    It 'do not put engines of one name in two sessions under one heading' {
        Get-Line $failed 120 | Where-Object { $_ -like '   Engine: *' } | Should -BeExactly "   Engine: $($failed[0].EngineName), session prod-a", "   Engine: $($failed[1].EngineName), session prod-b"
    }

    It 'have a heading for each session: engines' {
        Get-Line (Get-CseEngine test -Session prod-*) 120 | Where-Object { $_ -like '   Session: *' } | Should -BeExactly '   Session: prod-a', '   Session: prod-b'
    }

    It 'are told by name in a CSV and CLIXML' {
        ($failed | ConvertTo-Csv | ConvertFrom-Csv).Session | Should -BeExactly 'prod-a', 'prod-b'
        $failed | Export-Clixml TestDrive:/jobs.xml
        $back = Import-Clixml TestDrive:/jobs.xml
        $back.Session | Should -BeExactly 'prod-a', 'prod-b'
        ($back | Get-CseEngineJob).Session.Name | Should -BeExactly 'prod-a', 'prod-b'
    }
}
