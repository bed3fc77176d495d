<#
    What the targets share: the simulator as a process of its own, ways to do a piece of work, each run in a fresh process,
    and the figures made of them. Ways alternate, so that a machine that is busy for a while is busy for all of them.
#>
Set-StrictMode -Version Latest

$script:Pwsh = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
$script:Invariant = [cultureinfo]::InvariantCulture
$script:Project = '0123456789abcdef0123456789abcdef'
$script:Engine = '3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60'
$script:Settings = $null

function Initialize-Benchmark {
    # Module, Simulator, CSharpLoop, EmptyModule: paths. Runs: how often each way is run.
    param([Parameter(Mandatory)] [hashtable] $Settings)
    $script:Settings = $Settings
}

function Get-BenchmarkSetting { $script:Settings }

function Start-BenchmarkServer {
    param([int] $Jobs = 5)
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in $script:Settings.Simulator, '--jobs', $Jobs) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    [pscustomobject]@{ Process = $process; Address = $process.StandardOutput.ReadLine() }
}

function Stop-BenchmarkServer {
    param([Parameter(Mandatory)] $Server)
    $Server.Process.StandardInput.Close()
    $Server.Process.WaitForExit()
}

# A way in PowerShell. Setup is not timed; Work is, from a fresh process on. Work's last output is the value to compare.
function New-ScriptWay {
    param([Parameter(Mandatory)] [string] $Work, [string] $Setup = '', [switch] $Again)
    $repeat = $Again ? "`$null = & { $Work }; `$clock.Restart()" : ''
    $Script = @"
`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'
$Setup
`$clock = [Diagnostics.Stopwatch]::StartNew()
$repeat
`$value = @(& { $Work })[-1]
`$seconds = `$clock.Elapsed.TotalSeconds
`$self = [Diagnostics.Process]::GetCurrentProcess()
[string]::Format([cultureinfo]::InvariantCulture, '{0};{1};{2}', `$value, `$seconds, (`$self.PeakWorkingSet64 / 1MB))
"@
    @{ File = $script:Pwsh; Script = $Script }
}

# The C# loop: parse or fetch.
function New-LoopWay {
    param([ValidateSet('parse', 'fetch')] [string] $Mode, [string] $EngineId = $script:Engine)
    @{ File = 'dotnet'; Arguments = @($script:Settings.CSharpLoop, $Mode, 'ADDRESS', $script:Project, $EngineId) }
}

function Invoke-Way {
    param([hashtable] $Way, [string] $Address)
    if ($Way.ContainsKey('Script')) {
        $output = & $Way.File -NoProfile -NonInteractive -Command $Way.Script.Replace('ADDRESS', $Address)
    }
    else {
        $arguments = $Way.Arguments | ForEach-Object { $_ -eq 'ADDRESS' ? $Address : $_ }
        $output = & $Way.File @arguments
    }
    $line = "$(@($output)[-1])"
    $value, $seconds, $peak = $line -split ';'
    if ($null -eq $peak) { throw "A benchmark gave no figures: $output" }
    [pscustomobject]@{ Value = $value; Seconds = [double]::Parse($seconds, $script:Invariant); PeakMB = [double]::Parse($peak, $script:Invariant) }
}

# Runs each way so many times, in turn, and gives medians. The first round warms the server up and is not counted.
function Measure-Way {
    param([Parameter(Mandatory)] [System.Collections.Specialized.OrderedDictionary] $Ways, [string] $Address = '', [int] $Runs = $script:Settings.Runs)
    $results = @{}
    foreach ($round in 0..$Runs) {
        foreach ($name in $Ways.Keys) {
            Write-Progress -Activity 'Benchmarks' -Status "$name, run $round of $Runs"
            $result = Invoke-Way $Ways[$name] $Address
            if ($round -gt 0) { $results[$name] += @($result) }
        }
    }
    $medians = [ordered]@{}
    foreach ($name in $Ways.Keys) {
        $medians[$name] = [pscustomobject]@{
            Value   = $results[$name][0].Value
            Seconds = Get-Median $results[$name].Seconds
            PeakMB  = Get-Median $results[$name].PeakMB
        }
    }
    $medians
}

function Get-Median {
    param([double[]] $Values)
    $sorted = @($Values | Sort-Object)
    $middle = [int][math]::Floor($sorted.Count / 2)
    $sorted.Count % 2 ? $sorted[$middle] : ($sorted[$middle - 1] + $sorted[$middle]) / 2
}

# One line of the table. At least or at most: whichever is given is the target.
function New-TargetResult {
    param([string] $Id, [string] $Target, [double] $Ratio, [double] $AtLeast, [double] $AtMost, [string] $Context)
    $asked = $PSBoundParameters.ContainsKey('AtLeast')
    [pscustomobject]@{
        Id       = $Id
        Target   = $Target
        Asked    = $asked ? ([string]::Format($script:Invariant, '>= {0:0.##}x', $AtLeast)) : ([string]::Format($script:Invariant, '<= {0:0.##}x', $AtMost))
        Measured = [string]::Format($script:Invariant, '{0:0.00}x', $Ratio)
        Verdict  = ($asked ? $Ratio -ge $AtLeast : $Ratio -le $AtMost) ? 'met' : 'NOT MET'
        Context  = $Context
    }
}

function Format-Way {
    param($Medians, [string[]] $Name)
    ($Name | ForEach-Object { [string]::Format($script:Invariant, '{0} {1:0.00} s {2:0} MB', $_, $Medians[$_].Seconds, $Medians[$_].PeakMB) }) -join ', '
}

function Assert-SameValue {
    param($Medians, [string[]] $Name)
    $values = @($Name | ForEach-Object { $Medians[$_].Value } | Sort-Object -Unique)
    if ($values.Count -ne 1) { throw "The ways do not agree: $($Name | ForEach-Object { "$_ says $($Medians[$_].Value)" } | Join-String -Separator ', ')" }
}

# Text for -Setup: the module, signed in.
function Get-ConnectText { "Import-Module '$($script:Settings.Module)'; `$null = Connect-Cse -Endpoint ADDRESS -ProjectId $script:Project -Token sim-token" }

# Text of a page or job read by hand, as people do without a module.
function Get-RestText {
    param([string] $Path)
    "Invoke-RestMethod `"ADDRESSv2/$script:Project/enginemgr/engines/$Path`" -Headers @{ 'X-Auth-Token' = 'sim-token'; Accept = 'application/json' } -ContentType 'application/json;charset=UTF-8'"
}

function Get-MachineDescription {
    $processor = $IsLinux ? ((Get-Content /proc/cpuinfo | Select-String '^model name' | Select-Object -First 1) -replace '.*:\s*') : $env:PROCESSOR_IDENTIFIER
    $memory = [math]::Round([System.GC]::GetGCMemoryInfo().TotalAvailableMemoryBytes / 1GB)
    "$processor, $([Environment]::ProcessorCount) cores, $memory GB, $([System.Runtime.InteropServices.RuntimeInformation]::OSDescription.Trim()), PowerShell $($PSVersionTable.PSVersion), $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription)"
}

Export-ModuleMember -Function *-*
