# One script for both editions: in this PowerShell always, in Windows PowerShell where there is one.
BeforeDiscovery {
    $shells = @(
        @{ Name = 'this PowerShell'; Path = (Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')); IsThere = $true }
        @{ Name = 'Windows PowerShell 5.1'; Path = 'powershell.exe'; IsThere = $IsWindows }
    )
    if (-not $IsWindows) { Write-Host 'Skipped: Windows PowerShell 5.1. It runs on Windows only.' }
}

Describe 'Every cmdlet once' {
    It 'works in <Name>' -ForEach $shells {
        if (-not $IsThere) { Set-ItResult -Skipped -Because 'it runs on Windows only' }
        $simulator = Start-OwnSimulator --jobs 1000
        try {
            $lines = & $Path -NoProfile -NonInteractive -File (Join-Path (Split-Path $PSScriptRoot) WindowsPowerShell Test-Module.ps1) -Module $Sim.ModulePath -Endpoint $simulator.Address 2>&1
            $LASTEXITCODE | Should -Be 0 -Because ($lines -join "`n")
            @($lines -like 'ok *').Count | Should -Be 17
        }
        finally {
            $simulator.Process.StandardInput.Close()
            $simulator.Process.WaitForExit()
        }
    }
}
