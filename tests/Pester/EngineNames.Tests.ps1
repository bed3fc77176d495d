BeforeAll {
    # A fleet of its own: two engines of one name, one without jobs, one whose newest job has failed.
    $simulator = Start-OwnSimulator --engines 0
    $address = $simulator.Address
    $api = "$($address)_sim"
    function Add-Engine([string] $Name, [string] $Id, [int] $Jobs = 3, [string] $Scenarios) {
        $body = @{ name = $Name; jobs = $Jobs }
        if ($Id) { $body.id = $Id }
        if ($Scenarios) { $body.scenarios = $Scenarios }
        (Invoke-RestMethod "$api/engines" -Method Post -Body ($body | ConvertTo-Json)).id
    }

    # The calls below the list of engines, with the names in place of the ids.
    function Get-NamedCall {
        foreach ($call in Get-Call $address) {
            foreach ($name in $id.Keys) { $call = $call.Replace($id[$name], "[$name]") }
            $call -replace '\?offset=0&limit=100$'
        }
    }

    $id = @{}
    foreach ($name in 'prod-orders', 'prod-payments', 'test-orders') { $id[$name] = Add-Engine $name }
    $id.empty = Add-Engine empty -Jobs 0
    $twins = (Add-Engine twin twin-one), (Add-Engine Twin twin-two)
    $null = Connect-Cse -Endpoint $address -ProjectId $Sim.ProjectId -Token $Sim.Token -MaximumRetryCount 0
    $jobs = (Invoke-RestMethod "$api/engines/$($id.'prod-orders')").jobs.id

    # The newest jobs have ended, so that waits for them end, too.
    foreach ($engine in $id.Values) {
        foreach ($job in (Invoke-RestMethod "$api/engines/$engine").jobs) { $null = Invoke-RestMethod "$api/engines/$engine/jobs/$($job.id)" -Method Put -Body '{"status":"Finished"}' }
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
    $simulator.Process.StandardInput.Close()
}

Describe 'An engine by its name' {
    BeforeEach {
        $null = Invoke-RestMethod "$api/requests" -Method Delete
    }

    It 'is found when no engine has the text as its id: <What>' -ForEach @(
        @{ What = 'typed'; Run = { Get-CseEngineJob prod-orders }; Calls = 'GET /prod-orders/jobs', 'GET ', 'GET /[prod-orders]/jobs' }
        @{ What = 'in any case'; Run = { Get-CseEngineJob Prod-ORDERS }; Calls = 'GET /Prod-ORDERS/jobs', 'GET ', 'GET /[prod-orders]/jobs' }
        @{ What = 'from the pipeline'; Run = { 'prod-orders' | Get-CseEngineJob }; Calls = 'GET /prod-orders/jobs', 'GET ', 'GET /[prod-orders]/jobs' }
        @{ What = 'by a script block'; Run = { [pscustomobject]@{ Engine = 'prod-orders' } | Get-CseEngineJob -EngineId { $_.Engine } }; Calls = 'GET /prod-orders/jobs', 'GET ', 'GET /[prod-orders]/jobs' }
        @{ What = 'for a job'; Run = { Get-CseEngineJob prod-orders -Id $jobs[0] }; Calls = 'GET /prod-orders/jobs/<0>', 'GET ', 'GET /[prod-orders]/jobs/<0>' }
        @{ What = 'for its newest job'; Run = { Get-CseEngineJob prod-orders -Latest }; Calls = 'GET /prod-orders', 'GET ', 'GET /[prod-orders]', 'GET /[prod-orders]/jobs/<0>' }
    ) {
        (& $Run).EngineId | Sort-Object -Unique | Should -Be $id.'prod-orders'
        Get-NamedCall | Should -Be $Calls.Replace('<0>', $jobs[0])
    }

    It 'costs nothing more where the text is an id' {
        Get-CseEngineJob $id.'prod-orders' | Should -HaveCount 3
        Get-CseEngineJob twin-one | Should -HaveCount 3
        Get-NamedCall | Should -Be 'GET /[prod-orders]/jobs', 'GET /twin-one/jobs'
    }

    It 'is the session''s own, too' {
        $own = Connect-Cse -Endpoint $address -ProjectId $Sim.ProjectId -Token $Sim.Token -Name own -Scope Runspace -EngineId prod-payments
        (Get-CseEngineJob -Session $own).EngineId | Sort-Object -Unique | Should -Be $id.'prod-payments'
        Disconnect-Cse -Session $own
        $null = Select-CseSession default
    }

    It 'costs one list of engines, however many names there are' {
        (Get-CseEngineJob prod-orders, test-orders, prod-payments).EngineId | Select-Object -Unique | Should -Be $id.'prod-orders', $id.'test-orders', $id.'prod-payments'
        @(Get-NamedCall).Where{ $_ -eq 'GET ' } | Should -HaveCount 1
    }

    It 'is not guessed where several have it: <Cmdlet>' -ForEach @{ Cmdlet = 'Get-CseEngineJob' }, @{ Cmdlet = 'Wait-CseEngineJob' }, @{ Cmdlet = 'Restart-CseEngineJob' } {
        & $Cmdlet twin -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'EngineAmbiguous,*'
        "$problem" | Should -BeExactly "'twin' names 2 engines, and one has to be meant: 'twin' (twin-one), 'Twin' (twin-two)."
        $problem.TargetObject | Should -Be twin
        @(Get-NamedCall) -match 'PUT' | Should -BeNullOrEmpty
    }

    It 'is EngineNotFound where neither an id nor a name fits, and says so' {
        Get-CseEngineJob nobody, nobody -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be (@('EngineNotFound,CseJobs.Commands.GetCseEngineJobCommand') * 2)
        "$($problem[0])" | Should -BeLike "Engine 'nobody' was not found*No engine is named so, either."
        @(Get-NamedCall).Where{ $_ -eq 'GET ' } | Should -HaveCount 1
    }

    It 'is not looked for where a UUID is no engine''s: names are shorter' {
        Get-CseEngineJob ([guid]::Empty) -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'EngineNotFound,*'
        Get-NamedCall | Should -Be "GET /$([guid]::Empty)/jobs"
    }

    It 'is not looked for where an object has it as its EngineId: objects say ids' {
        [pscustomobject]@{ EngineId = 'prod-orders' } | Get-CseEngineJob -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'EngineNotFound,*'
        Get-NamedCall | Should -Be 'GET /prod-orders/jobs'
    }

    It 'hints at the second place where digits are no engine: <_>' -ForEach 'Get-CseEngineJob', 'Wait-CseEngineJob', 'Restart-CseEngineJob' {
        & $_ 84308 -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeLike '*84308 looks like a job: pass it as the second argument or with -Id.'
    }

    It 'does not contradict an object that tells the same name' {
        (Get-CseEngine prod-orders | Get-CseEngineJob prod-orders).EngineId | Sort-Object -Unique | Should -Be $id.'prod-orders'
    }
}

Describe 'Engines by a pattern' {
    BeforeEach {
        $null = Invoke-RestMethod "$api/requests" -Method Delete
    }

    It 'are found by one list of engines: <What>' -ForEach @(
        @{ What = 'typed'; Run = { Get-CseEngineJob prod-* } }
        @{ What = 'several, each engine once'; Run = { Get-CseEngineJob prod-o*, prod-*, *rod-p* } }
        @{ What = 'from the pipeline'; Run = { 'prod-o*', 'prod-p*' | Get-CseEngineJob } }
    ) {
        (& $Run).EngineId | Select-Object -Unique | Should -Be $id.'prod-orders', $id.'prod-payments'
        $calls = @(Get-NamedCall)
        $calls[0] | Should -Be 'GET '
        $calls[1..9] | Sort-Object | Should -Be 'GET /[prod-orders]/jobs', 'GET /[prod-payments]/jobs'
    }

    It 'are all with *' {
        (Get-CseEngineJob * -WarningAction SilentlyContinue).EngineId | Select-Object -Unique | Should -HaveCount 7
    }

    It 'are none without an error, as with Get-CseEngine' {
        Get-CseEngineJob nobody-* -ErrorVariable problem | Should -BeNullOrEmpty
        $problem | Should -BeNullOrEmpty
        (Get-CseEngineJob nobody-* -Verbose 4>&1)[-1] | Should -BeExactly "No engine matches 'nobody-*'."
    }

    It 'tell their newest jobs by the list' {
        Get-CseEngineJob prod-* -Latest | Should -HaveCount 2
        @(Get-NamedCall) | Should -HaveCount 3
    }

    It 'may be one only with -Id' {
        (Get-CseEngineJob prod-o* $jobs[1]).Id | Should -Be $jobs[1]
        { Get-CseEngineJob nobody-* $jobs[1] -ErrorAction Stop } | Should -Throw -ErrorId 'EngineNotFound,*'
        { Get-CseEngineJob prod-* $jobs[1] } | Should -Throw '-Id names jobs of one engine, but -EngineId names several.*'
    }

    It 'may be one only for Restart-CseEngineJob, which sends nothing else either' {
        foreach ($engines in @('prod-*'), @($id.'prod-orders', 'prod-*'), @('nobody-*')) {
            Restart-CseEngineJob $engines -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problem.FullyQualifiedErrorId | Should -BeLike ($engines -contains 'nobody-*' ? 'EngineNotFound,*' : 'EngineAmbiguous,*')
        }
        Get-NamedCall | Should -Be 'GET ', 'GET ', 'GET '
        Restart-CseEngineJob prod-o* -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'RetryNotOffered,*'
        @(Get-NamedCall)[-1] | Should -Be 'GET /[prod-orders]'
    }

    It 'cost one request where the session is refused, and what stands beside them none' {
        $wrong = Connect-Cse -Endpoint $address -ProjectId $Sim.ProjectId -Token wrong -Name wrong -Scope Runspace
        Get-CseEngineJob prod-*, $id.'prod-orders', test-* -Session $wrong -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Disconnect-Cse -Session $wrong
        $null = Select-CseSession default
        $problem.FullyQualifiedErrorId | Should -Be (@('AuthenticationFailed,CseJobs.Commands.GetCseEngineJobCommand') * 3)
        @(Get-NamedCall) | Should -HaveCount 1
    }
}

Describe 'Restart-CseEngineJob and names' {
    It 'retries the newest job of the engine of that name' {
        $id.failed = Add-Engine failing
        $newest = (Invoke-RestMethod "$api/engines/$($id.failed)").jobs[0].id
        $null = Invoke-RestMethod "$api/engines/$($id.failed)/jobs/$newest" -Method Put -Body '{"status":"Error"}'
        $null = Invoke-RestMethod "$api/requests" -Method Delete
        (Restart-CseEngineJob failing).EngineId | Should -Be $id.failed
        (Get-NamedCall)[0..3] | Should -Be 'GET /failing', 'GET ', 'GET /[failed]', 'PUT /[failed]/actions'
    }
}

Describe 'Wait-CseEngineJob' {
    BeforeEach {
        $null = Invoke-RestMethod "$api/requests" -Method Delete
    }

    It 'waits for the newest job of <What>' -ForEach @(
        @{ What = 'a name'; Run = { Wait-CseEngineJob prod-orders }; Calls = 'GET /prod-orders', 'GET ', 'GET /[prod-orders]', 'GET /[prod-orders]/jobs/<0>' }
        @{ What = 'an id'; Run = { Wait-CseEngineJob $id.'prod-orders' }; Calls = 'GET /[prod-orders]', 'GET /[prod-orders]/jobs/<0>' }
        @{ What = 'a name in the pipeline'; Run = { 'prod-orders' | Wait-CseEngineJob }; Calls = 'GET /prod-orders', 'GET ', 'GET /[prod-orders]', 'GET /[prod-orders]/jobs/<0>' }
        @{ What = 'a pattern, told by the list'; Run = { Wait-CseEngineJob prod-o* }; Calls = 'GET ', 'GET /[prod-orders]/jobs/<0>' }
        @{ What = 'an engine in the pipeline, which tells it'; Run = { Get-CseEngine prod-orders | Wait-CseEngineJob }; Calls = 'GET ', 'GET /[prod-orders]/jobs/<0>' }
        @{ What = 'an engine that does not tell it'; Run = { [pscustomobject]@{ EngineId = $id.'prod-orders' } | Wait-CseEngineJob }; Calls = 'GET /[prod-orders]', 'GET /[prod-orders]/jobs/<0>' }
    ) {
        (& $Run).Id | Should -Be $jobs[0]
        Get-NamedCall | Should -Be $Calls.Replace('<0>', $jobs[0])
    }

    It 'waits for a job of an engine that is called by its name, and for several: <What>' -ForEach @(
        @{ What = 'second place'; Run = { Wait-CseEngineJob prod-orders $jobs[1] }; Count = 1 }
        @{ What = 'numbers in the pipeline'; Run = { $jobs[1, 2] | Wait-CseEngineJob prod-orders }; Count = 2 }
    ) {
        (& $Run).Id | Sort-Object | Should -Be ($jobs[1, 2][0..($Count - 1)] | Sort-Object)
        @(Get-NamedCall).Where{ $_ -eq 'GET ' } | Should -HaveCount 1
    }

    It 'waits side by side for the newest of several' {
        (Wait-CseEngineJob prod-* -TimeoutSec 30).EngineId | Sort-Object | Should -Be ($id.'prod-orders', $id.'prod-payments' | Sort-Object)
    }

    It 'says that an engine without jobs has none, and goes on' {
        (Wait-CseEngineJob empty, prod-orders -ErrorVariable problem -ErrorAction SilentlyContinue).Id | Should -Be $jobs[0]
        "$problem" | Should -BeExactly "Engine 'empty' has no job: there is nothing to wait for."
        $problem.FullyQualifiedErrorId | Should -BeLike 'JobNotFound,*'
    }

    It 'gives one error where neither an id nor a name fits' {
        Wait-CseEngineJob nobody 5 -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problem | Should -HaveCount 1
        "$problem" | Should -BeLike '*No engine is named so, either.'
    }

    It 'does not take -Id without a number for the newest: <_>' -ForEach '@()', '$null' {
        { & ([scriptblock]::Create("Wait-CseEngineJob prod-orders -Id $_")) } | Should -Throw -ErrorId 'InvalidArgument,*'
        Get-NamedCall | Should -BeNullOrEmpty
    }
}

Describe 'The second place' {
    It 'is the job: <_>' -ForEach 'Get-CseEngineJob', 'Wait-CseEngineJob' {
        (& $_ $id.'prod-orders' $jobs[1]).Id | Should -Be $jobs[1]
    }

    It 'is the job for Restart-CseEngineJob' {
        Restart-CseEngineJob prod-orders $jobs[1] -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problem" | Should -BeLike "Job $($jobs[1]) is not the newest of engine 'prod-orders'*"
    }

    It 'says what it takes where it is no number: <_>' -ForEach 'Get-CseEngineJob', 'Wait-CseEngineJob', 'Restart-CseEngineJob' {
        { & $_ prod-orders abc } | Should -Throw '*is no job id: that is a whole number, 12339 for example.'
    }
}

Describe 'Blanks and braces around an id' {
    It 'do not count: "<Text>"' -ForEach @(
        @{ Text = '{<id>}' }, @{ Text = ' <id> ' }, @{ Text = " {<id>}`t" }, @{ Text = '{ <id> }' }, @{ Text = "<id>$([char]0x3000)" }
    ) {
        $given = $Text.Replace('<id>', $id.'prod-orders')
        Get-CseEngineJob $given | Should -HaveCount 3
        $given | Get-CseEngineJob | Should -HaveCount 3
        (Get-CseEngine -Id $given).Name | Should -Be prod-orders
        (Get-CseEngineJob prod-orders " $($jobs[0]) ").Id | Should -Be $jobs[0]
        (" $($jobs[0]) " | Get-CseEngineJob prod-orders).Id | Should -Be $jobs[0]
    }
}

Describe 'A session that is refused' {
    It 'is asked once, although four would be asked at once' {
        $null = Invoke-RestMethod "$api/requests" -Method Delete
        $wrong = Connect-Cse -Endpoint $address -ProjectId $Sim.ProjectId -Token wrong -Name wrong -Scope Runspace
        Get-CseEngineJob a, b, c, d, e -Session $wrong -ErrorVariable problem -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Disconnect-Cse -Session $wrong
        $null = Select-CseSession default
        $problem.TargetObject | Should -Be a, b, c, d, e
        @(Get-NamedCall) | Should -HaveCount 1
    }
}

Describe 'Several engines' {
    BeforeAll {
        foreach ($i in 1..9) { $id["fleet-$i"] = Add-Engine "fleet-$i" -Jobs (2 + $i % 3) -Scenarios latency30 }
        $inOrder = 1..9 | ForEach-Object { $id["fleet-$_"] }
    }

    BeforeEach {
        $null = Invoke-RestMethod "$api/requests" -Method Delete
    }

    It 'are read four at once, in order: <What>' -ForEach @(
        @{ What = 'by a pattern'; Run = { Get-CseEngineJob fleet-* } }
        @{ What = 'by names'; Run = { Get-CseEngineJob (1..9 | ForEach-Object { "fleet-$_" }) } }
        @{ What = 'from the pipeline'; Run = { Get-CseEngine fleet-* | Get-CseEngineJob } }
        @{ What = 'the newest of each'; Run = { Get-CseEngineJob fleet-* -Latest } }
    ) {
        (& $Run).EngineId | Select-Object -Unique | Should -Be $inOrder
        (Invoke-RestMethod "$api/stats").peakConcurrency | Should -Be 4
    }

    It 'stay lazy as long as there is one: Select-Object -First 1 costs one request for <What>' -ForEach @(
        @{ What = 'an id'; Run = { Get-CseEngineJob $id.'fleet-1' }; Calls = 1 }
        @{ What = 'ids from the pipeline'; Run = { $inOrder | Get-CseEngineJob }; Calls = 1 }
        @{ What = 'engines from the pipeline, and their list'; Run = { Get-CseEngine fleet-* | Get-CseEngineJob }; Calls = 2 }
        @{ What = 'jobs from the pipeline, and their list'; Run = { Get-CseEngineJob $id.'fleet-1' | Get-CseEngineJob }; Calls = 2 }
    ) {
        & $Run | Select-Object -First 1 | Should -HaveCount 1
        @(Get-NamedCall) | Should -HaveCount $Calls
    }

    It 'are read one by one with -First, which stops the requests, unless -ThrottleLimit is given' {
        Get-CseEngineJob fleet-* -First 1 | Should -HaveCount 1
        @(Get-NamedCall) | Should -HaveCount 2
        Get-CseEngineJob fleet-* -First 25 -ThrottleLimit 4 | Should -HaveCount 25
        (Invoke-RestMethod "$api/stats").peakConcurrency | Should -Be 4
    }

    It 'are summed up with -Verbose where nothing matches, and only there' {
        $said = Get-CseEngineJob fleet-* -Type Unknown -Verbose 4>&1
        $said[-1] | Should -BeExactly '9 engines, 9 requests, 27 jobs read, 0 match'
        Get-CseEngineJob fleet-* -Verbose 4>&1 | Where-Object { "$_" -like '*match*' } | Should -BeNullOrEmpty
    }
}

Describe 'The bar over several engines' {
    It 'tells how many are done, after a second' {
        $slow = New-ModuleShell
        $null = $slow.AddScript("Connect-Cse -Endpoint '$(Get-SimulatorAddress)' -ProjectId $($Sim.ProjectId) -Token $($Sim.Token) -Name bar | Out-Null; Get-CseEngineJob (1..6 | ForEach-Object { ""sim-jobs1-latency1200-idbar`$_"" }) -ThrottleLimit 2 -Session bar").Invoke()
        $bar = $slow.Streams.Progress.Where{ $_.ActivityId -eq 1699000 }
        $bar[0].Activity | Should -Be 'Reading jobs of several engines'
        $bar.StatusDescription | Should -Contain '0 of 6 engines'
        @($bar.StatusDescription) -match '^[1-5] of 6 engines$' | Should -Not -BeNullOrEmpty
        $bar[-1].RecordType | Should -Be Completed
        Remove-ModuleShell $slow
    }
}
