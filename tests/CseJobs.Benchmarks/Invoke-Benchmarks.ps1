<#
.SYNOPSIS
    Measures the module against what people write without it, and prints one table: target, measured ratio, verdict.
.DESCRIPTION
    Every run is a process of its own; the ways to do a thing alternate, and medians are compared. Only the ratios mean
    anything: they are taken in one run on one machine. A full run also writes docs/benchmarks.md and its chart.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Simulator,
    [Parameter(Mandatory)] [string] $CSharpLoop,
    [Parameter(Mandatory)] [string] $EmptyModule,
    [Parameter(Mandatory)] [string] $Micro,
    [Parameter(Mandatory)] [string] $Documents,

    # Smaller numbers, for use while working. Writes no documents.
    [switch] $Quick,

    # Only these targets, 1 to 4.
    [int[]] $Target = 1..4
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
if ([Console]::IsOutputRedirected) { $PSStyle.OutputRendering = 'PlainText'; $ProgressPreference = 'SilentlyContinue' }
Import-Module "$PSScriptRoot/Benchmarks.psm1" -Force
Initialize-Benchmark @{ Module = $Module; Simulator = $Simulator; CSharpLoop = $CSharpLoop; EmptyModule = $EmptyModule; Runs = $Quick ? 2 : 5 }

$clock = [System.Diagnostics.Stopwatch]::StartNew()
$machine = Get-MachineDescription
Write-Host $machine
$results = foreach ($number in $Target) {
    $script = Get-ChildItem "$PSScriptRoot/Targets/$number-*.ps1"
    & $script -Quick:$Quick
}
$results | Format-Table Id, Target, Asked, Measured, Verdict, Context -Wrap | Out-String -Width 170 | Write-Host

$options = $Quick ? @('--quick') : @()
$alone = dotnet $Micro @options | ForEach-Object {
    $name, $microseconds, $kilobytes = $_ -split ';'
    [pscustomobject]@{
        Benchmark      = $name.Trim("'")
        'Microseconds' = [double]::Parse($microseconds, [cultureinfo]::InvariantCulture).ToString('N1', [cultureinfo]::InvariantCulture)
        'Allocated KB' = [double]::Parse($kilobytes, [cultureinfo]::InvariantCulture).ToString('N1', [cultureinfo]::InvariantCulture)
    }
}
$alone | Format-Table | Out-String -Width 120 | Write-Host
Write-Host ('{0:0} s in all' -f $clock.Elapsed.TotalSeconds)

if (-not $Quick -and $Target.Count -eq 4) {
    & "$PSScriptRoot/Write-BenchmarkDocument.ps1" -Results $results -Micro $alone -Machine $machine -Path $Documents
}
