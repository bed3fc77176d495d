BeforeAll {
    $null = Connect-Simulator
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Ctrl+C' {
    BeforeAll {
        $patient = Connect-Simulator -Name patient -MaximumRetryCount 2
        $null = Connect-Simulator
    }

    BeforeEach {
        Clear-SimulatorRequest
        $shell = New-ModuleShell
    }

    AfterEach {
        Remove-ModuleShell $shell
    }

    It 'ends <What>, without an error, hangs up, and no further request follows' -ForEach @(
        @{ What = 'the wait for a retry'; Kind = 'jobs3-throttled-retryafter1'; Id = $null; Ready = { $shell.Streams.Progress.Count -gt 0 } }
        @{ What = 'the wait for headers'; Kind = 'jobs3-slowheaders'; Id = $null; Ready = { (Get-SimulatorCount).requestsUnderWay -gt 0 } }
        @{ What = 'the wait for headers of a job'; Kind = 'jobs3-slowheaders'; Id = 5; Ready = { (Get-SimulatorCount).requestsUnderWay -gt 0 } }
        @{ What = 'a body that stalls'; Kind = 'jobs3-stall'; Id = $null; Ready = { (Get-SimulatorCount).requestsUnderWay -gt 0 } }
    ) {
        $engine = New-Engine $Kind
        $given = @{ EngineId = $engine; Session = $patient }
        if ($Id) { $given.Id = $Id }
        $null = $shell.AddCommand('Get-CseEngineJob').AddParameters($given)
        $running = $shell.BeginInvoke($shell.In, $shell.Out)
        Wait-Until $Ready | Should -BeTrue
        $running.IsCompleted | Should -BeFalse

        Stop-Shell $shell | Should -Be Stopped
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Out | Should -BeNullOrEmpty
        Wait-Until { (Get-SimulatorCount).requestsUnderWay -eq 0 } | Should -BeTrue

        if ($Kind -like '*retryafter1') {
            # A wait of the same length, begun later and not stopped: when it is over, the stopped one would be as well.
            Get-CseEngineJob (New-Engine jobs3-throttled1-retryafter1) -Session $patient | Should -HaveCount 3
        }
        Get-CseEngineJob sim-jobs3 -Session $patient | Should -HaveCount 3
        @(Get-SimulatorRequest).Where{ $_.path -like "*/$engine/*" } | Should -HaveCount 1
    }

    It 'ends a listing that reads a page in advance while its consumer works' {
        $engine = New-Engine jobs60-max20-pages0-latency400
        $state = [hashtable]::Synchronized(@{ Working = $false })
        # Busy until it is stopped.
        $null = $shell.AddScript({
                param($Engine, $Session, $State)
                Get-CseEngineJob $Engine -Session $Session | ForEach-Object { if (++$seen -eq 21) { $State.Working = $true; while ($true) { } } }
            }).AddParameters(@{ Engine = $engine; Session = $patient; State = $state })
        $null = $shell.BeginInvoke($shell.In, $shell.Out)
        Wait-Until { $state.Working -and @(Get-SimulatorRequest).Count -eq 3 } | Should -BeTrue

        Stop-Shell $shell | Should -Be Stopped
        $shell.Streams.Error | Should -BeNullOrEmpty
        Wait-Until { (Get-SimulatorCount).requestsUnderWay -eq 0 } | Should -BeTrue
        Get-CseEngineJob sim-jobs3 -Session $patient | Should -HaveCount 3
        @(Get-SimulatorRequest).Where{ $_.path -like "*/$engine/*" } | Should -HaveCount 3
    }

    It 'ends a listing between pages, and keeps what had come' {
        $null = $shell.AddCommand('Get-CseEngineJob').AddParameters(@{ EngineId = 'sim-jobs1000-pages0-latency50'; PageSize = 10 })
        $null = $shell.BeginInvoke($shell.In, $shell.Out)
        Wait-Until { $shell.Out.Count -gt 20 } | Should -BeTrue

        Stop-Shell $shell | Should -Be Stopped
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Out.Count | Should -BeLessThan 1000
        $shell.Out.Id | Should -Be (Get-ServerId sim-jobs1000-pages0-latency50)[0..($shell.Out.Count - 1)]
        Wait-Until { (Get-SimulatorCount).requestsUnderWay -eq 0 } | Should -BeTrue
    }
}
