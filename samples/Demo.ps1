<#
.SYNOPSIS
    A tour of CseJobs against the simulator: connect, list, filter, read one job; find engines, retry what failed and wait for it. ./build.sh demo runs it.
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
# Colours are for people: none in a file or a build log.
if ([Console]::IsOutputRedirected) { $PSStyle.OutputRendering = 'PlainText' }
Import-Module $Module

function Show([string] $line, [scriptblock] $code) {
    Write-Host "`nPS> $line" -ForegroundColor Cyan
    . $code
}

# The simulator prints its address, and ends when its standard input is closed.
$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
foreach ($argument in $Simulator, '--jobs', '250', '--now', [datetime]::UtcNow.ToString('o')) { $start.ArgumentList.Add($argument) }
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$process = [System.Diagnostics.Process]::Start($start)
try {
    $endpoint = $process.StandardOutput.ReadLine()
    $engine = '3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60'

    Show 'Connect-Cse -Endpoint $endpoint -ProjectId $project -Token $token -EngineId $engine' {
        Connect-Cse -Endpoint $endpoint -ProjectId '0123456789abcdef0123456789abcdef' -Token 'sim-token' -EngineId $engine | Out-Default
    }
    Show 'Get-CseEngineJob -First 8' { Get-CseEngineJob -First 8 | Out-Default }
    Show 'Get-CseEngineJob -Failed -From 2026-11-01' { Get-CseEngineJob -Failed -From 2026-11-01 | Out-Default }
    Show 'Get-CseEngineJob | Group-Object Status -NoElement' { Get-CseEngineJob | Group-Object Status -NoElement | Out-Default }
    Show 'Get-CseEngineJob -Failed -First 1 | Get-CseEngineJob' { Get-CseEngineJob -Failed -First 1 | Get-CseEngineJob | Out-Default }
    Show 'Get-CseEngine' { Get-CseEngine | Out-Default }
    Show 'Get-CseEngineJob * -Latest -Failed | Format-Table -View Failure' { Get-CseEngineJob * -Latest -Failed | Format-Table -View Failure | Out-Default }
    Show 'Get-CseEngineJob * -From -14d | Measure-CseEngineJob -By Week, Status' { Get-CseEngineJob * -From -14d -WarningAction Ignore | Measure-CseEngineJob -By Week, Status | Out-Default }
    Show 'Get-CseEngineJob * -From -7d | Export-CseEngineJobReport week.html -PassThru' {
        $page = Join-Path ([System.IO.Path]::GetTempPath()) "$(New-Guid)-week.html"
        Get-CseEngineJob * -From -7d -WarningAction Ignore | Export-CseEngineJobReport $page -PassThru | Select-Object Length | Out-Default
        Remove-Item $page
    }
    Show 'Get-CseEngine prod-inventory | Get-CseEngineJob -Latest | Restart-CseEngineJob | Wait-CseEngineJob' {
        Get-CseEngine prod-inventory | Get-CseEngineJob -Latest | Restart-CseEngineJob | Wait-CseEngineJob -PollIntervalSec 0.2 | Out-Default
    }
    Disconnect-Cse
}
finally {
    $process.StandardInput.Close()
    $process.WaitForExit()
}
