#requires -Version 7.4

<#
.SYNOPSIS
    Makes docs/report-*.png anew: a week of the simulated fleet as Export-CseEngineJobReport shows it in a browser.
.DESCRIPTION
    Needs chromium on the PATH, and pdftoppm for what is printed. The simulator's fleet is made for the present, so no two pictures are the same.
.EXAMPLE
    ./build.ps1; ./docs/Save-ReportPicture.ps1
#>
[CmdletBinding()]
param(
    [string] $Module = "$PSScriptRoot/../out/CseJobs/CseJobs.psd1",
    [string] $Simulator = "$PSScriptRoot/../tests/CseJobs.Simulator/bin/Release/net10.0/CseJobs.Simulator.dll",
    [string] $Destination = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$work = New-Item (Join-Path ([System.IO.Path]::GetTempPath()) "csejobs-pictures-$PID") -ItemType Directory -Force
$start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
foreach ($argument in $Simulator, '--engines', '20', '--jobs', '250', '--now', [datetime]::UtcNow.ToString('o')) { $start.ArgumentList.Add($argument) }
$start.RedirectStandardInput = $start.RedirectStandardOutput = $true
$process = [System.Diagnostics.Process]::Start($start)

function Save-Picture([string] $Name, [string] $Page, [string] $Size, [string[]] $More) {
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "--user-data-dir=$work/profile" "--window-size=$Size" @More "--screenshot=$Destination/report-$Name.png" "file://$Page" 2>&1 | Out-Null
}

try {
    Import-Module $Module
    $null = Connect-Cse -Name pictures -Scope Runspace -Endpoint $process.StandardOutput.ReadLine() -ProjectId 0123456789abcdef0123456789abcdef -Token sim-token
    $page = "$work/week.html"
    Get-CseEngineJob [cdlpst]* -Session pictures -From -7d -WarningAction Ignore | Export-CseEngineJobReport $page -Culture en -Title 'Engine jobs, last week'
    Save-Picture light $page '900,1250'
    Save-Picture dark $page '900,1250' '--blink-settings=preferredColorScheme=0'
    # A phone shows a part at a time: this is the first failed job.
    (Get-Content $page -Raw) -replace '(?s)<header>.*?</header>' -replace '(?s)<section aria-labelledby="(chart|by-engine)">.*?</section>' | Set-Content "$work/phone.html"
    Save-Picture narrow "$work/phone.html" '360,1000'
    chromium --headless --no-sandbox --disable-gpu "--user-data-dir=$work/profile" --no-pdf-header-footer "--print-to-pdf=$work/week.pdf" "file://$page" 2>&1 | Out-Null
    pdftoppm -r 70 -f 2 -l 2 -singlefile -png "$work/week.pdf" "$Destination/report-print"
    Get-ChildItem $Destination -Filter report-*.png
}
finally {
    Get-CseSession pictures -ErrorAction Ignore | Disconnect-Cse
    $process.StandardInput.Close()
    Remove-Item $work -Recurse -Force
}
