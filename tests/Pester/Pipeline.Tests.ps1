BeforeAll {
    $null = Connect-Simulator
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'A consumer that has enough' {
    BeforeEach {
        Clear-SimulatorRequest
        $Error.Clear()
    }

    It 'costs at most one page in advance: Select-Object -First <First> needs <Pages> pages' -ForEach @(
        @{ First = 1; Pages = 1; Most = 1 }
        @{ First = 100; Pages = 1; Most = 1 }
        # The third request is the first that is made in advance.
        @{ First = 150; Pages = 2; Most = 3 }
        @{ First = 250; Pages = 3; Most = 4 }
    ) {
        $found = Get-CseEngineJob sim-jobs1000-pages0-latency20 -PageSize 100 -ErrorVariable problem | Select-Object -First $First
        $requests = @(Get-SimulatorRequest)
        $found.Id | Should -Be @(Get-ServerId sim-jobs1000-pages0-latency20)[0..($First - 1)]
        $requests.Count | Should -BeGreaterOrEqual $Pages
        $requests.Count | Should -BeLessOrEqual $Most
        $problem | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }

    It 'costs none in advance with -First <First>' -ForEach @{ First = 150; Pages = 2 }, @{ First = 250; Pages = 3 }, @{ First = 300; Pages = 3 } {
        Get-CseEngineJob sim-jobs1000-pages0-latency20 -PageSize 100 -First $First | Should -HaveCount $First
        (Get-SimulatorRequest).rawQuery | Should -Be (0..($Pages - 1) | ForEach-Object { "offset=$_&limit=100" })
    }

    It 'may break out of the pipeline' {
        $seen = 0
        foreach ($once in 1) { Get-CseEngineJob $Sim.Engine -PageSize 10 | ForEach-Object { if (++$seen -eq 35) { break } } }
        $seen | Should -Be 35
        $Error | Should -BeNullOrEmpty
        (Get-SimulatorRequest).Count | Should -BeLessOrEqual 6
    }

    It 'gets its own exception back' {
        { Get-CseEngineJob $Sim.Engine | ForEach-Object { throw [System.IO.InvalidDataException]::new('mine') } } |
            Should -Throw -ExceptionType ([System.IO.InvalidDataException]) -ExpectedMessage 'mine'
    }

    It 'may use the same session while it consumes' {
        $pairs = Get-CseEngineJob sim-jobs30 -PageSize 7 | ForEach-Object { "$($_.Id) $((Get-CseEngineJob sim-jobs30 -Id $_.Id).Id)" }
        $pairs | Should -Be (Get-ServerId sim-jobs30 | ForEach-Object { "$_ $_" })
    }
}

Describe 'Many at once' {
    It 'gives each of eight runspaces the jobs that it asked for, with <What>' -ForEach @(
        @{ What = 'the default session'; Given = @{} }
        @{ What = 'one session object'; Given = @{ Session = 'default' } }
    ) {
        if ($Given.Session) { $Given.Session = Get-CseSession default }
        $module = $Sim.ModulePath
        $found = 31..38 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:module
            $more = $using:Given
            $jobs = Get-CseEngineJob "sim-jobs$_-pages0-latency10" -PageSize 7 @more
            [pscustomobject]@{ Engine = "sim-jobs$_-pages0-latency10"; Ids = $jobs.Id; Read = ($jobs[0, 5] | Get-CseEngineJob @more).Id }
        }
        $found | Should -HaveCount 8
        foreach ($one in $found) {
            $ids = Get-ServerId $one.Engine
            $one.Ids | Should -Be $ids
            $one.Read | Should -Be $ids[0, 5]
        }
    }

    It 'counts the failed among 100,000 jobs' {
        $text = (Invoke-WebRequest "$(Get-SimulatorAddress)_sim/engines/sim-jobs100000").Content
        $expected = [regex]::Matches($text, '"status":"Error"').Count
        $expected | Should -BeGreaterThan 1000
        (Get-CseEngineJob sim-jobs100000 -PageSize 1000 | Where-Object Status -EQ Error | Measure-Object).Count | Should -Be $expected
    }
}

Describe 'Reading ahead' {
    It 'asks for no page behind the one that -First needs, however long the pipeline waits for that' {
        Clear-SimulatorRequest
        @(Get-CseEngineJob sim-jobs100-pages0-max10-latency30-idahead1 -First 25) | Should -HaveCount 25
        @(Get-SimulatorRequest) | Should -HaveCount 3
    }

    It 'asks for every page once where all are wanted' {
        Clear-SimulatorRequest
        @(Get-CseEngineJob sim-jobs100-pages0-max10-latency10-idahead2) | Should -HaveCount 100
        @(Get-SimulatorRequest).rawQuery | Should -Be (0..9 | ForEach-Object { "offset=$_&limit=100" })
    }
}
