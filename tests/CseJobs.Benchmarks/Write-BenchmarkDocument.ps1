# Writes docs/benchmarks.md and its chart from the results of a run.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [object[]] $Results,
    [Parameter(Mandatory)] [object[]] $Micro,
    [Parameter(Mandatory)] [string] $Machine,
    [Parameter(Mandatory)] [string] $Path
)

$ErrorActionPreference = 'Stop'
$null = New-Item $Path -ItemType Directory -Force

# What was asked is a line at 100 %; bars left of it are better. "At least" ratios are turned round.
$rows = foreach ($result in $Results) {
    $asked = [double]::Parse(($result.Asked -replace '[^\d.]'), [cultureinfo]::InvariantCulture)
    $measured = [double]::Parse(($result.Measured -replace '[^\d.]'), [cultureinfo]::InvariantCulture)
    [pscustomobject]@{ Label = $result.Id; Share = $result.Asked.StartsWith('>') ? $asked / $measured : $measured / $asked; Met = $result.Verdict -eq 'met'; Text = "$($result.Measured) ($($result.Asked))" }
}
$scale = 300
$height = 26 * $rows.Count + 46
$svg = @(
    "<svg xmlns=`"http://www.w3.org/2000/svg`" width=`"620`" height=`"$height`" font-family=`"sans-serif`" font-size=`"13`">"
    '<rect width="100%" height="100%" fill="#ffffff"/>'
    '<text x="10" y="20" fill="#222">Measured, as a share of what the target allows (shorter is better)</text>'
    for ($i = 0; $i -lt $rows.Count; $i++) {
        $y = 34 + 26 * $i
        $width = [int][math]::Min(460, $rows[$i].Share * $scale)
        "<text x=`"10`" y=`"$($y + 14)`" fill=`"#222`">$($rows[$i].Label)</text>"
        "<rect x=`"40`" y=`"$y`" width=`"$width`" height=`"18`" fill=`"$($rows[$i].Met ? '#2e8b57' : '#c0392b')`"/>"
        # Beyond the line at least, which would run through the figures.
        "<text x=`"$(46 + [math]::Max($width, $scale))`" y=`"$($y + 14)`" fill=`"#222`">$([System.Security.SecurityElement]::Escape($rows[$i].Text))</text>"
    }
    "<line x1=`"$(40 + $scale)`" y1=`"28`" x2=`"$(40 + $scale)`" y2=`"$($height - 12)`" stroke=`"#222`" stroke-dasharray=`"4 3`"/>"
    '</svg>'
)
$svg | Set-Content (Join-Path $Path benchmarks.svg)

$document = @(
    '# Benchmarks'
    ''
    'Written by `./build.sh bench`. Every run is a process of its own, ways alternate, medians of five runs are compared; the'
    'simulator is a process beside them on the same machine. Only the ratios mean anything elsewhere.'
    ''
    "$(Get-Date -Format 'yyyy-MM-dd'). $Machine"
    ''
    '![Measured against the targets](benchmarks.svg)'
    ''
    '| | Target | Asked | Measured | Verdict | Times and memory |'
    '|---|---|---|---|---|---|'
    $Results | ForEach-Object { "| $($_.Id) | $($_.Target.Replace('|', '\|')) | $($_.Asked) | $($_.Measured) | $($_.Verdict) | $($_.Context) |" }
    ''
    '## By themselves (BenchmarkDotNet)'
    ''
    '| | Microseconds | Allocated KB |'
    '|---|---:|---:|'
    $Micro | ForEach-Object { "| $($_.Benchmark) | $($_.Microseconds) | $($_.'Allocated KB') |" }
    ''
    'A page of the parser has 1,000 jobs.'
    ''
    Get-Content "$PSScriptRoot/notes.md"
)
$document | Set-Content (Join-Path $Path benchmarks.md)
