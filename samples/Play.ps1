<#
.SYNOPSIS
    An interactive PowerShell with the module imported and a session to a simulator of the API. ./build.sh play runs it.
.DESCRIPTION
    Some of the simulated engines have a job that moves on whenever it is read. The simulator ends when the shell ends.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Simulator
)

# Whatever the settings of whoever calls this.
$PSDefaultParameterValues = @{}
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The simulator prints its address, and ends when its standard input is closed.
$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
foreach ($argument in $Simulator, '--jobs', '250', '--engines', '20', '--now', [datetime]::UtcNow.ToString('o')) { $start.ArgumentList.Add($argument) }
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$process = [System.Diagnostics.Process]::Start($start)
try {
    $endpoint = $process.StandardOutput.ReadLine()
    # Three engines whose newest job goes on: one ends well, one fails, one takes too long.
    foreach ($engine in @{ name = 'prod-search'; scenarios = 'progress8' }, @{ name = 'prod-billing'; scenarios = 'fails8' }, @{ name = 'prod-reports'; scenarios = 'timesout8' }) {
        $null = Invoke-RestMethod "${endpoint}_sim/engines" -Method Post -Body ($engine | ConvertTo-Json)
    }

    # The shell's first commands. A quote in a path would end a literal.
    $begin = @"
Import-Module '$($Module.Replace("'", "''"))'
`$engine = '3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60'
Connect-Cse -Endpoint '$endpoint' -ProjectId 0123456789abcdef0123456789abcdef -Token sim-token
Write-Host @'

A fleet of simulated engines; `$engine is one with 250 jobs. Try:

  Get-CseEngine
  Get-CseEngineJob `$engine -First 12
  Get-CseEngineJob * -Failed -From -1d | Format-Table -View Failure
  Get-CseEngineJob `$engine -Failed -First 1 | Get-CseEngineJob
  Get-CseEngineJob * -From -14d | Measure-CseEngineJob Week, Type
  Get-CseEngineJob * -From -7d | Export-CseEngineJobReport week.html -PassThru
  Get-CseEngine prod-search, prod-billing | Get-CseEngineJob -Latest | Wait-CseEngineJob -PollIntervalSec 1

Get-Help about_CseJobs tells more; exit ends the shell and the simulator.

'@
"@
    & (Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')) -NoLogo -NoProfile -NoExit -Command $begin
}
finally {
    $process.StandardInput.Close()
    $process.WaitForExit()
}
