#requires -Version 7.4

<#
.SYNOPSIS
    Runs the Pester files against the built module, in a few fresh processes side by side, and gives the counts.
.DESCRIPTION
    Each process takes the next file from a queue until there is none left: a folder of empty files, one for each file of tests. Moving one is
    atomic, so that two processes never get the same. What ran is in Results: a JUnit file and a JSON file of counts for each file of tests.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Simulator,
    [Parameter(Mandatory)] [string] $Results,
    [string] $Filter = '*',
    # One more than processors: much of the time is waited, for processes to start and for what must not come.
    [int] $Workers = [Math]::Clamp([Environment]::ProcessorCount + 1, 2, 4)
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

# The longest first: one that begins last would be waited for alone.
$longest = 'Package', 'Leaks', 'Help', 'Fleet', 'Samples.Watch', 'Watch-CseEngineJob', 'Samples.Report', 'Objects', 'BadInput'
$files = Get-ChildItem $PSScriptRoot -Filter '*.Tests.ps1' | Where-Object Name -Like "$Filter*" | ForEach-Object { $_.Name -replace '\.Tests\.ps1$' }
$files = @($longest | Where-Object { $_ -in $files }) + @($files | Where-Object { $_ -notin $longest })
$queue, $null = New-Item (Join-Path $Results queue), (Join-Path $Results taken) -ItemType Directory
$files | ForEach-Object -Begin { $n = 0 } -Process { $null = New-Item ($queue.FullName + ('/{0:000} {1}' -f $n++, $_)) }

$pwsh = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
$arguments = '-NoLogo', '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot Invoke-Worker.ps1), '-Pester', $Pester, '-Module', $Module, '-Simulator', $Simulator, '-Results', $Results
1..[Math]::Min($Workers, $files.Count) | ForEach-Object -ThrottleLimit $Workers -Parallel { & $using:pwsh $using:arguments *>&1 } | Out-Host

$count = @{ Passed = 0; Failed = 0; Skipped = 0 }
foreach ($file in $files) {
    $report = Join-Path $Results "$file.json"
    if (Test-Path $report) {
        $counted = Get-Content $report -Raw | ConvertFrom-Json -AsHashtable
        foreach ($key in @($count.Keys)) { $count[$key] += $counted[$key] }
    }
    else {
        Write-Host "  FAILED: $file.Tests.ps1 did not run to its end." -ForegroundColor Red
        $count.Failed++
    }
}
$count
