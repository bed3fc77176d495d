BeforeAll {
    $null = Connect-Simulator
    $command = 'CseJobs.Commands.GetCseEngineJobCommand'
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'A listing that breaks half-way' {
    BeforeEach {
        Clear-SimulatorRequest
        $Error.Clear()
    }

    It 'gives the jobs that came, then one error that says how many, where and why' {
        $engine = New-Engine jobs60-max20-pages0-failfrom3
        $output = @(Get-CseEngineJob $engine -ErrorAction Continue 2>&1)
        $ids = Get-ServerId $engine
        $output | Should -HaveCount 41
        $output[0..39].Id | Should -Be $ids[0..39]
        $record = $output[40]
        $record | Should -BeOfType ([System.Management.Automation.ErrorRecord])
        $record.FullyQualifiedErrorId | Should -BeExactly "ListingInterrupted,$command"
        $record.CategoryInfo.Category | Should -Be ReadError
        $record.TargetObject | Should -BeExactly $engine
        $record.Exception.Reason | Should -Be ServerError
        $record.Exception.Listing.Received | Should -Be 40
        $record.Exception.Listing.Page | Should -Be 3
        $record.Exception.Listing.Offset | Should -Be 2
        $record.Exception.Listing.LastId | Should -Be $ids[39]
        "$record" | Should -BeLike "*'$engine'*page 3*offset 2*40 jobs*$($ids[39])*500*SVCSTG.00500500*"
        @(Get-SimulatorRequest)[-1].rawQuery | Should -BeLike 'offset=2&*'
    }

    It 'reads on with the command that its advice names, and nothing is lost or doubled: <Reading>' -ForEach @(
        @{ Reading = 'pages0'; Fails = 3; Jobs = 40 }
        # The second request is answered with the first page, or with all but one of its jobs.
        @{ Reading = 'pages1'; Fails = 4; Jobs = 40 }
        @{ Reading = 'records'; Fails = 4; Jobs = 41 }
    ) {
        $engine = New-Engine "jobs60-max20-$Reading-failonce$Fails"
        $first = Get-CseEngineJob $engine -ErrorVariable problem -ErrorAction SilentlyContinue
        $first | Should -HaveCount $Jobs
        $problem.FullyQualifiedErrorId | Should -BeExactly "ListingInterrupted,$command"
        $problem.Exception.Reason | Should -Be ConnectionFailed
        $problem.Exception.Listing.Received | Should -Be $Jobs
        $problem[0].ErrorDetails.RecommendedAction -match 'Get-CseEngineJob .+ -Skip \d+' | Should -BeTrue
        $rest = & ([scriptblock]::Create($Matches[0]))
        @($first.Id) + @($rest.Id) | Should -Be (Get-ServerId $engine)
    }

    It 'names the engine in its advice so that PowerShell reads it as one word, whatever its id' {
        $null = Get-CseEngineJob (New-Engine jobs60-max20-pages0-failfrom3) -ErrorVariable problem -ErrorAction SilentlyContinue
        # The simulator has no such engine that breaks; the API would take the id.
        $engine = 'a;$b''c(d)'
        $maker = [CseJobs.CseSession].Assembly.GetType('CseJobs.Errors.ErrorRecords', $true).GetMethod('OfListing')
        $advice = $maker.Invoke($null, @($problem[0].Exception, $engine, [uint64]40, $null, $null)).ErrorDetails.RecommendedAction
        $text = $advice.Substring($advice.IndexOf('Get-CseEngineJob ')) -replace ', with the same filters\.$'
        $mistakes = $null
        $parsed = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$mistakes)
        $mistakes | Should -BeNullOrEmpty
        $commands = @($parsed.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true))
        $commands | Should -HaveCount 1
        $commands[0].CommandElements[1].SafeGetValue() | Should -BeExactly $engine
    }

    It 'advises what is left of -First, and the session that was given' {
        $named = Connect-Simulator -Name 'prod east'
        $engine = New-Engine jobs60-max20-pages0-failonce3
        $first = Get-CseEngineJob $engine -First 50 -Session $named -ErrorVariable problem -ErrorAction SilentlyContinue
        $null = Connect-Simulator
        $problem[0].ErrorDetails.RecommendedAction -match "Get-CseEngineJob .+ -Skip 40 -First 10 -Session 'prod east'" | Should -BeTrue
        $rest = & ([scriptblock]::Create($Matches[0]))
        Disconnect-Cse 'prod east'
        $null = Select-CseSession default
        @($first.Id) + @($rest.Id) | Should -Be (Get-ServerId $engine)[0..49]
    }

    It 'writes its numbers as English does, in every culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $null = Get-CseEngineJob (New-Engine jobs3000-pages0-failfrom3) -PageSize 1000 -ErrorVariable problem -ErrorAction SilentlyContinue
            $null = Get-CseEngineJob sim-liar-jobs1000 -WarningVariable warnings -WarningAction SilentlyContinue
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
        "$problem" | Should -BeLike '*after 2,000 jobs*'
        "$warnings" | Should -BeLike '*announced 1,507 *after 1,000.*'
    }

    It 'counts for -Skip what passed the filters' {
        $engine = New-Engine jobs60-max20-pages0-failonce3
        $all = (Get-SimulatorEngine $engine).jobs
        $status = ($all[0..39].status | Group-Object | Sort-Object Count -Descending)[0].Name
        $passed = @($all[0..39].Where{ $_.status -eq $status })
        $passed.Count | Should -BeGreaterThan 0
        $passed.Count | Should -BeLessThan 40
        $first = Get-CseEngineJob $engine -Status $status -ErrorVariable problem -ErrorAction SilentlyContinue
        $first.Id | Should -Be $passed.id
        $problem.Exception.Listing.Received | Should -Be 40
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike "*-Skip $($passed.Count),*filters*"
        "$($problem[0])" | Should -BeLike "*after $($passed.Count) jobs*"
        $rest = Get-CseEngineJob $engine -Status $status -Skip $passed.Count
        @($first.Id) + @($rest.Id) | Should -Be $all.Where{ $_.status -eq $status }.id
    }

    It 'counts for -Skip what an earlier -Skip left out' {
        $engine = New-Engine jobs60-max20-pages0-failonce3
        $first = Get-CseEngineJob $engine -Skip 25 -ErrorVariable problem -ErrorAction SilentlyContinue
        $first.Id | Should -Be (Get-ServerId $engine)[25..39]
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Skip 40,*'
    }

    It 'lets the other engines run: <How>' -ForEach @(
        @{ How = 'by position'; List = { Get-CseEngineJob sim-jobs5, $args[0], sim-jobs7 -ErrorAction Continue 2>&1 } }
        @{ How = 'from the pipeline'; List = { 'sim-jobs5', $args[0], 'sim-jobs7' | Get-CseEngineJob -ErrorAction Continue 2>&1 } }
    ) {
        $engine = New-Engine jobs60-max20-pages0-failfrom3
        $output = @(& $List $engine)
        $output | Should -HaveCount (5 + 40 + 1 + 7)
        @($output[0..44] + $output[46..52]).Id | Should -Be (@(Get-ServerId sim-jobs5) + (Get-ServerId $engine)[0..39] + (Get-ServerId sim-jobs7))
        $output[45].TargetObject | Should -BeExactly $engine
        # What the other engines gave is no part of it.
        $output[45].ErrorDetails.RecommendedAction | Should -BeLike '*-Skip 40,*'
    }

    It 'is not noticed by who had enough before: Select-Object -First <First>, failing from page <From>' -ForEach @(
        @{ First = 1; From = 2 }, @{ First = 20; From = 2 }
        # The third page is asked for in advance, and fails unseen.
        @{ First = 21; From = 3 }, @{ First = 40; From = 3 }
    ) {
        $engine = New-Engine "jobs60-max20-pages0-failfrom$From"
        $found = Get-CseEngineJob $engine -ErrorVariable problem -ErrorAction Continue | Select-Object -First $First
        $found.Id | Should -Be @(Get-ServerId $engine)[0..($First - 1)]
        $problem | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }
}
