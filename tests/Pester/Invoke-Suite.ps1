<#
.SYNOPSIS
    Runs the Pester tests against the built module. build.ps1 starts it in a fresh process.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Simulator,
    [Parameter(Mandatory)] [string] $Report,
    [string] $Filter = '*'
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester
Import-Module $Module
Import-Module (Join-Path $PSScriptRoot TestTools.psm1) -ArgumentList $Module, $Simulator
Import-Module (Join-Path $PSScriptRoot TestShells.psm1)

# Texts are compared without colours; the tests of colours set it themselves.
$PSStyle.OutputRendering = 'PlainText'

$configuration = New-PesterConfiguration
$configuration.Run.Path = @(Get-ChildItem $PSScriptRoot -Filter '*.Tests.ps1' | Where-Object Name -Like "$Filter*" | ForEach-Object FullName)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = [Console]::IsOutputRedirected ? 'Plaintext' : 'Auto'

try {
    $run = Invoke-Pester -Configuration $configuration
}
finally {
    Stop-Simulator
}

$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
@{ Passed = $run.PassedCount; Failed = $failed; Skipped = $run.SkippedCount + $run.NotRunCount } | ConvertTo-Json | Set-Content $Report
exit [int]($failed -gt 0)
