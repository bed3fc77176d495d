#requires -Version 7.4

<#
.SYNOPSIS
    Runs files of Pester tests from the queue of Invoke-Suite.ps1 until there is none left. One module, one simulator, one process.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Simulator,
    [Parameter(Mandatory)] [string] $Results
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester
Import-Module $Module
Import-Module (Join-Path $PSScriptRoot TestTools.psm1) -ArgumentList $Module, $Simulator
Import-Module (Join-Path $PSScriptRoot TestShells.psm1)

# Texts are compared without colours; the tests of colours set it themselves.
$PSStyle.OutputRendering = 'PlainText'

# The name of a file that this process is to run; nothing when all are taken.
function Get-NextFile {
    foreach ($waiting in Get-ChildItem (Join-Path $Results queue) | Sort-Object Name) {
        try { [System.IO.File]::Move($waiting.FullName, (Join-Path $Results taken $waiting.Name)) } catch [System.IO.IOException] { continue }
        return $waiting.Name.Substring(4)
    }
}

# The lines at which the blocks of a file's tests begin.
function Get-TestLine([string] $Path) {
    $tree = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref]$null, [ref]$null)
    $tests = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -eq 'It' }, $true)
    $tests | ForEach-Object { $_.CommandElements.Where({ $_ -is [System.Management.Automation.Language.ScriptBlockExpressionAst] }, 'Last').Extent.StartLineNumber }
}

try {
    while ($name = Get-NextFile) {
        $path = Join-Path $PSScriptRoot "$name.Tests.ps1"
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = $path
        $configuration.Run.PassThru = $true
        $configuration.Output.Verbosity = 'None'
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputFormat = 'JUnitXml'
        $configuration.TestResult.OutputPath = Join-Path $Results "$name.xml"
        $run = Invoke-Pester -Configuration $configuration

        # Whatever stands in the file and has not run is a failure, too: a suite that shrinks must not stay green.
        $lines = @($run.Tests | Where-Object Result -In Passed, Failed, Skipped | ForEach-Object { $_.ScriptBlock.StartPosition.StartLine })
        $silent = @(Get-TestLine $path | Where-Object { $_ -notin $lines })
        $failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount + $run.NotRunCount + $silent.Count
        @{ Passed = $run.PassedCount; Failed = $failed; Skipped = $run.SkippedCount } | ConvertTo-Json | Set-Content (Join-Path $Results "$name.json")

        '  {0,-42} {1,4} tests {2,6:0.0} s' -f $name, $run.TotalCount, $run.Duration.TotalSeconds
        foreach ($test in $run.Tests | Where-Object Result -EQ Failed) { "    FAILED: $($test.ExpandedPath)"; $test.ErrorRecord | ForEach-Object { "      $($_.DisplayErrorMessage)"; $_.DisplayStackTrace -split '\r?\n' | Select-Object -First 3 | ForEach-Object { "      $_" } } }
        foreach ($block in @($run.FailedBlocks) + @($run.FailedContainers)) { "    FAILED: $($block.ExpandedPath ?? $block.Name)"; $block.ErrorRecord | ForEach-Object { "      $_" } }
        foreach ($line in $silent) { "    FAILED: the test in line $line did not run." }
    }
}
finally {
    Stop-Simulator
}
