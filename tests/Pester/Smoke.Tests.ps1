# The script that shows on any engine and system whether the module works there; here it must pass, so that a failure elsewhere is the module's.
Describe 'Every cmdlet once' {
    It 'works in this PowerShell' {
        $simulator = Start-OwnSimulator --jobs 1000
        try {
            $lines = & (Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')) -NoProfile -NonInteractive -File (Join-Path (Split-Path $PSScriptRoot) Smoke Test-Module.ps1) -Module $Sim.ModulePath -Endpoint $simulator.Address 2>&1
            $LASTEXITCODE | Should -Be 0 -Because ($lines -join "`n")
            @($lines -like 'ok *').Count | Should -Be 22
        }
        finally {
            $simulator.Process.StandardInput.Close()
            $simulator.Process.WaitForExit()
        }
    }
}
