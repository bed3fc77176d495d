#requires -Version 7.4

<#
.SYNOPSIS
    Runs the commands of README.md against the simulator, and puts what they print in the place of what stands there.
.DESCRIPTION
    A block whose first line begins with "PS> " is run: each line that begins so is a command, what follows it is what it printed. A comment
    <!-- run: command --> is run without a trace, for what a reader has done before. All share one session of PowerShell, so that a variable of one
    block is there in the next. Build first: ./build.sh build.
#>
[CmdletBinding()]
param([string] $Path = (Join-Path (Split-Path $PSScriptRoot) README.md))

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
if ($env:TZ -ne 'Asia/Shanghai') {
    # The zone is read once, when a process begins.
    $env:TZ = 'Asia/Shanghai'
    & (Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')) -NoLogo -NoProfile -File $PSCommandPath -Path $Path
    exit $LASTEXITCODE
}

function Start-Simulator([string[]] $Argument) {
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($one in @(Join-Path $root tests/CseJobs.Simulator/bin/Release/net10.0/CseJobs.Simulator.dll) + $Argument + '--now', [datetime]::UtcNow.ToString('o')) { $start.ArgumentList.Add($one) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    [pscustomobject]@{ Process = $process; Address = $process.StandardOutput.ReadLine() }
}

# Adds an engine to a simulated fleet: scenarios as in its --help.
function Add-Engine([string] $Name, [string] $Scenarios, [string] $Address = $first.Address) {
    $null = Invoke-RestMethod "${Address}_sim/engines" -Method Post -Body (@{ name = $Name; jobs = 12; scenarios = $Scenarios } | ConvertTo-Json)
}

$width = 100
$first = Start-Simulator --jobs, 250, --engines, 20
$second = Start-Simulator --jobs, 40, --engines, 3, --seed, 7
try {
    Import-Module (Join-Path $root out/CseJobs/CseJobs.psd1)
    $PSStyle.OutputRendering = 'PlainText'
    $ErrorView = 'ConciseView'
    $project = '0123456789abcdef0123456789abcdef'
    $token = 'sim-token'
    Set-Location ([System.IO.Directory]::CreateTempSubdirectory('csejobs-'))

    # What a person would see: output, warnings and errors in their order.
    function Get-Shown([string] $Command) {
        $ErrorActionPreference = 'Continue'
        $ProgressPreference = 'SilentlyContinue'
        $script = [scriptblock]::Create($Command)
        (. $script *>&1 | Out-String -Width $width).Replace("`r", '').Trim("`n") -replace '(?m)[ \t]+$'
    }

    $lines = [System.Collections.Generic.List[string]]::new()
    $isRun = $isOutput = $false
    foreach ($line in Get-Content $Path) {
        if ($line -match '^<!-- run: (.*) -->$') { $null = . ([scriptblock]::Create($Matches[1])) }
        if ($line.StartsWith('```')) { $isRun = $isOutput = $false }
        elseif ($line.StartsWith('PS> ')) { $isRun = $true }

        if ($isRun -and $line.StartsWith('PS> ')) {
            if ($isOutput) { $lines.Add('') }
            $lines.Add($line)
            $shown = Get-Shown $line.Substring(4)
            if ($shown) { $lines.AddRange([string[]]($shown -split "`n")) }
            $isOutput = $true
        }
        elseif (-not $isRun) { $lines.Add($line) }
    }

    Set-Content $Path $lines -Encoding utf8NoBOM
}
finally {
    $first, $second | ForEach-Object { $_.Process.StandardInput.Close() }
    Get-CseSession | Disconnect-Cse
}
