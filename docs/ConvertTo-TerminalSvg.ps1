<#
.SYNOPSIS
    Turns captured terminal text with its colours into an SVG, for the README: tmux capture-pane -e -p | ./ConvertTo-TerminalSvg.ps1 > table.svg
#>
param([Parameter(ValueFromPipeline)] [AllowEmptyString()] [string] $Line)

begin {
    Set-StrictMode -Version Latest
    $lines = [System.Collections.Generic.List[string]]::new()
    # The usual sixteen on a dark ground.
    $colours = @{
        30 = '#484f58'; 31 = '#f85149'; 32 = '#3fb950'; 33 = '#d29922'; 34 = '#58a6ff'; 35 = '#bc8cff'; 36 = '#39c5cf'; 37 = '#b1bac4'
        90 = '#8b949e'; 91 = '#ff7b72'; 92 = '#56d364'; 93 = '#e3b341'; 94 = '#79c0ff'; 95 = '#d2a8ff'; 96 = '#56d4dd'; 97 = '#f0f6fc'
    }
    $cell = 8.43
    $row = 18
}

process { $lines.Add($Line) }

end {
    while ($lines.Count -and -not $lines[-1].Trim()) { $lines.RemoveAt($lines.Count - 1) }
    $plain = $lines | ForEach-Object { $_ -replace '\x1b\[[\d;]*m' }
    $width = [math]::Ceiling((($plain | Measure-Object Length -Maximum).Maximum + 2) * $cell + 16)
    $height = $lines.Count * $row + 24
    "<svg xmlns=`"http://www.w3.org/2000/svg`" width=`"$width`" height=`"$height`" font-family=`"Cascadia Mono, DejaVu Sans Mono, Menlo, Consolas, monospace`" font-size=`"14`">"
    '<rect width="100%" height="100%" rx="6" fill="#0d1117"/>'
    $y = 24
    $colour = '#c9d1d9'
    $bold = $false
    foreach ($text in $lines) {
        $column = 0
        # Pieces of text between colour changes; each is set at its own column, whatever font the reader has.
        foreach ($piece in [regex]::Matches($text, '\x1b\[([\d;]*)m|[^\x1b]+')) {
            if ($piece.Groups[1].Success) {
                foreach ($code in ($piece.Groups[1].Value ? [int[]]$piece.Groups[1].Value.Split(';') : @(0))) {
                    switch ($code) {
                        0 { $colour = '#c9d1d9'; $bold = $false }
                        1 { $bold = $true }
                        22 { $bold = $false }
                        39 { $colour = '#c9d1d9' }
                        { $colours.ContainsKey($_) } { $colour = $colours[$_] }
                    }
                }
                continue
            }
            if ($piece.Value.Trim()) {
                $x = (12 + $column * $cell).ToString('0.0', [cultureinfo]::InvariantCulture)
                $length = ($piece.Value.Length * $cell).ToString('0.0', [cultureinfo]::InvariantCulture)
                $weight = $bold ? ' font-weight="bold"' : ''
                "<text x=`"$x`" y=`"$y`" fill=`"$colour`"$weight xml:space=`"preserve`" textLength=`"$length`" lengthAdjust=`"spacingAndGlyphs`">$([System.Security.SecurityElement]::Escape($piece.Value))</text>"
            }
            $column += $piece.Value.Length
        }
        $y += $row
    }
    '</svg>'
}
