BeforeAll {
    $null = Connect-Simulator
    if (-not ('CseJobs.PesterTools.AnsweringHost' -as [type])) {
        Add-Type -Path (Join-Path $PSScriptRoot AnsweringHost.cs) -WarningAction Ignore
    }
    $command = 'CseJobs.Commands.GetCseEngineJobCommand'
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Errors as PowerShell handles them' {
    BeforeEach {
        $Error.Clear()
        $engine = New-Engine jobs60-max20-pages0-failfrom3
    }

    It 'ends at the error with -ErrorAction Stop, after the jobs before it' {
        $found = [System.Collections.Generic.List[long]]::new()
        Clear-SimulatorRequest
        try { Get-CseEngineJob $engine, sim-jobs7 -ThrottleLimit 1 -ErrorAction Stop | ForEach-Object { $found.Add($_.Id) } }
        catch [CseJobs.Client.CseApiException] { $caught = $_ }
        $found | Should -Be (Get-ServerId $engine)[0..39]
        $caught.FullyQualifiedErrorId | Should -BeExactly "ListingInterrupted,$command"
        $caught.Exception.Listing.Received | Should -Be 40
        (Get-SimulatorRequest).path | Should -Not -Match 'sim-jobs7'
    }

    It 'ends at the error with $ErrorActionPreference = ''Stop''' {
        $caught = & {
            $ErrorActionPreference = 'Stop'
            try { $null = Get-CseEngineJob $engine } catch { $_ }
        }
        $caught.FullyQualifiedErrorId | Should -BeExactly "ListingInterrupted,$command"
    }

    It 'goes on with -ErrorAction SilentlyContinue: the error is in $Error and -ErrorVariable, and $? is false' {
        $found = Get-CseEngineJob $engine, sim-jobs7 -ErrorAction SilentlyContinue -ErrorVariable problem
        $worked = $?
        $worked | Should -BeFalse
        $found | Should -HaveCount 47
        $problem | Should -HaveCount 1
        $Error | Should -HaveCount 1
        $Error[0].FullyQualifiedErrorId | Should -BeExactly "ListingInterrupted,$command"
    }

    It 'leaves $Error alone with -ErrorAction Ignore' {
        Get-CseEngineJob $engine, sim-jobs7 -ErrorAction Ignore | Should -HaveCount 47
        $Error | Should -BeNullOrEmpty
    }

    It 'leaves $? true when nothing failed' {
        $null = Get-CseEngineJob sim-jobs7
        $? | Should -BeTrue
    }

    It 'adds to -ErrorVariable +name' {
        $null = Get-CseEngineJob $engine -ErrorAction SilentlyContinue -ErrorVariable problems
        $null = Get-CseEngineJob nobody -ErrorAction SilentlyContinue -ErrorVariable +problems
        $problems.FullyQualifiedErrorId | Should -Be "ListingInterrupted,$command", "EngineNotFound,$command"
    }

    It 'reaches a trap' {
        $output = & {
            trap { "trapped $($_.FullyQualifiedErrorId)"; continue }
            $null = Get-CseEngineJob $engine -ErrorAction Stop
            'after'
        }
        $output | Should -Be "trapped ListingInterrupted,$command", 'after'
    }

    It 'can be sent elsewhere with 2>, and says whose it is' {
        $null = Get-CseEngineJob $engine -ErrorAction Continue 2> (Join-Path $TestDrive errors.txt)
        Get-Content (Join-Path $TestDrive errors.txt) -Raw | Should -BeLike '*Get-CseEngineJob:*stopped at page 3*'
        $Error[0].InvocationInfo.MyCommand.Name | Should -BeExactly 'Get-CseEngineJob'
    }

    It 'asks with -ErrorAction Inquire, and <Does> on <Answer>' -ForEach @(
        @{ Answer = 'Yes'; Does = 'goes on'; Jobs = 47; State = 'Completed' }
        @{ Answer = 'Halt Command'; Does = 'ends'; Jobs = 40; State = 'Failed' }
    ) {
        $psHost = [CseJobs.PesterTools.AnsweringHost]::new($Answer)
        $shell = New-ModuleShell $psHost
        try {
            $null = $shell.AddCommand('Get-CseEngineJob').AddParameters(@{ EngineId = @($engine, 'sim-jobs7'); Session = (Get-CseSession default); ErrorAction = 'Inquire' })
            try { $shell.Invoke($null, $shell.Out) } catch { $halted = $_ }
            $psHost.Questions | Should -HaveCount 1
            $psHost.Questions[0] | Should -BeLike "*'$engine'*40 jobs*"
            $shell.Out | Should -HaveCount $Jobs
            $shell.InvocationStateInfo.State | Should -Be $State
            [bool]$halted | Should -Be ($State -eq 'Failed')
        }
        finally {
            Remove-ModuleShell $shell
        }
    }
}
