BeforeDiscovery {
    # The runtime of Windows PowerShell where there is one, else the closest thing to it, with its netstandard.dll (Debian: mono-devel).
    $mono = $IsWindows ? $null : (Get-Command mono -CommandType Application -TotalCount 1 -ErrorAction Ignore).Source
    if ($mono -and -not (Test-Path (Join-Path (Split-Path (Split-Path $mono)) lib mono 4.5 Facades netstandard.dll))) { $mono = $null }
    $runtime = $IsWindows ? '.NET Framework' : 'mono'
    if (-not $IsWindows -and -not $mono) { Write-Host 'Skipped: the assemblies for Windows PowerShell. There is no mono here (Debian: mono-devel).' }
}

BeforeAll {
    # The program lies where the simulator's own build lies.
    $configuration = Split-Path (Split-Path (Split-Path $Sim.SimulatorPath)) -Leaf
    $program = Join-Path (Split-Path $PSScriptRoot) CseJobs.Desktop.Tests bin $configuration net472 CseJobs.Desktop.Tests.exe
}

Describe 'The built assemblies without a PowerShell' {
    It 'import, list, read, sign, fail and cancel as they should on <Runtime>' -Skip:(-not $IsWindows -and -not $mono) -ForEach @{ Runtime = $runtime; Mono = $mono } {
        $simulator = Start-OwnSimulator
        $tls = Start-OwnSimulator --tls untrusted
        try {
            $checks = @($program, (Join-Path $Sim.ModulePath bin), $simulator.Address, $tls.Address)
            $lines = if ($Mono) { & $Mono @checks 2>&1 } else { & $checks[0] $checks[1] $checks[2] $checks[3] 2>&1 }
            $code = $LASTEXITCODE
        }
        finally {
            $simulator.Process.StandardInput.Close()
            $tls.Process.StandardInput.Close()
        }
        # A failed check is told with its reason.
        $lines -notlike 'ok *' | Select-Object -Skip 1 | Select-Object -SkipLast 1 | Should -BeNullOrEmpty
        $lines[-1] | Should -Match '^\d{2,} met, 0 failed$'
        $code | Should -Be 0
    }
}
