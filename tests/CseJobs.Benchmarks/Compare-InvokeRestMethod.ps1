<#
.SYNOPSIS
    Lists many jobs and counts the failed ones: with the module, and with the loop around Invoke-RestMethod that people write
    today. Each run is a process of its own, the two alternate, and medians are compared: only the ratio means anything.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Simulator,
    [int] $Jobs = 100000,
    [int] $Runs = 5,
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
if ([Console]::IsOutputRedirected) { $PSStyle.OutputRendering = 'PlainText' }
if ($Quick) { $Jobs = 20000; $Runs = 3 }

$engine = '3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60'
$project = '0123456789abcdef0123456789abcdef'

$measure = @'
$clock = [Diagnostics.Stopwatch]::StartNew()
$count = & { WORK }
$seconds = $clock.Elapsed.TotalSeconds
[Diagnostics.Process]::GetCurrentProcess().Refresh()
'{0};{1};{2}' -f $count, $seconds.ToString([cultureinfo]::InvariantCulture), ([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB).ToString([cultureinfo]::InvariantCulture)
'@

$work = [ordered]@{
    'Invoke-RestMethod' = @"
    `$page = 1
    (& {
        do {
            `$answer = Invoke-RestMethod "ADDRESSv2/$project/enginemgr/engines/$engine/jobs?offset=`$page&limit=1000" -Headers @{ 'X-Auth-Token' = 'sim-token'; Accept = 'application/json' } -ContentType 'application/json;charset=UTF-8'
            `$answer.data
            `$page++
        } while (`$answer.data.Count -gt 0)
    } | Where-Object status -EQ Error | Measure-Object).Count
"@
    'CseJobs, Where-Object' = @"
    Import-Module '$Module'
    `$null = Connect-Cse -Endpoint ADDRESS -ProjectId $project -Token sim-token
    (Get-CseEngineJob $engine -PageSize 1000 | Where-Object Status -EQ Error | Measure-Object).Count
"@
    'CseJobs, -Status' = @"
    Import-Module '$Module'
    `$null = Connect-Cse -Endpoint ADDRESS -ProjectId $project -Token sim-token
    (Get-CseEngineJob $engine -PageSize 1000 -Status Error | Measure-Object).Count
"@
    'PowerShell alone' = '0'
}

function Get-Median([double[]] $values) { ($values | Sort-Object)[[int][math]::Floor($values.Count / 2)] }

$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
foreach ($argument in $Simulator, '--jobs', $Jobs) { $start.ArgumentList.Add($argument) }
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$server = [System.Diagnostics.Process]::Start($start)
try {
    $address = $server.StandardOutput.ReadLine()
    $pwsh = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    $results = @{}
    # The first round warms the simulator up and is not counted.
    foreach ($round in 0..$Runs) {
        foreach ($name in $work.Keys) {
            $script = $measure.Replace('WORK', $work[$name]).Replace('ADDRESS', $address)
            $count, $seconds, $peak = (& $pwsh -NoProfile -NonInteractive -Command $script | Select-Object -Last 1) -split ';'
            if ($round -gt 0) {
                $results[$name] += @([pscustomobject]@{ Failed = [long]$count; Seconds = [double]::Parse($seconds, [cultureinfo]::InvariantCulture); PeakMB = [double]::Parse($peak, [cultureinfo]::InvariantCulture) })
            }
        }
    }
}
finally {
    $server.StandardInput.Close()
    $server.WaitForExit()
}

$counts = $work.Keys | Where-Object { $_ -ne 'PowerShell alone' } | ForEach-Object { $results[$_].Failed } | Sort-Object -Unique
if (@($counts).Count -ne 1) { throw "The ways disagree about the number of failed jobs: $($counts -join ', ')" }

$baseTime = Get-Median $results['Invoke-RestMethod'].Seconds
$idle = Get-Median $results['PowerShell alone'].PeakMB
"{0:N0} jobs, {1:N0} of them failed; medians of {2} runs, pages of 1000" -f $Jobs, @($counts)[0], $Runs | Out-Host
$work.Keys | Where-Object { $_ -ne 'PowerShell alone' } | ForEach-Object {
    $seconds = Get-Median $results[$_].Seconds
    $peak = Get-Median $results[$_].PeakMB
    [pscustomobject]@{
        Way               = $_
        Seconds           = '{0:N2}' -f $seconds
        'Times as fast'   = '{0:N1}' -f ($baseTime / $seconds)
        'Peak MB'         = '{0:N0}' -f $peak
        'MB over pwsh'    = '{0:N0}' -f ($peak - $idle)
    }
} | Format-Table | Out-Host
