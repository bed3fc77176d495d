# Reads the sources of the help: Markdown with fixed headings, the same in every culture.
Set-StrictMode -Version Latest

# Chinese has no blank between its words, nor beside its punctuation; a foreign word has one on each side.
$script:wide = '[\u2e80-\u9fff\uff00-\uffef]'
$script:wideMark = '[\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]'
$script:wideOpening = '[\u3008\u300a\u300c\u300e\u3010\uff08]'

<#
.SYNOPSIS
    A help source as an object: Synopsis, Description, Examples, Parameters, Inputs, Outputs, Notes, Links.
#>
function Read-HelpSource([string] $Path) {
    $sections = Split-Section (Get-Content $Path) '## '
    $missing = 'SYNOPSIS', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS' | Where-Object { -not $sections.Contains($_) }
    if ($missing) { throw "$Path lacks $($missing -join ', ')." }

    $parameters = [ordered]@{}
    $parts = Split-Section $sections['PARAMETERS'] '### '
    foreach ($name in $parts.Keys) { $parameters[$name.TrimStart('-')] = Read-Parameter $parts[$name] }
    $examples = Split-Section $sections['EXAMPLES'] '### '
    [pscustomobject]@{
        Synopsis    = ConvertTo-Paragraph $sections['SYNOPSIS']
        Description = ConvertTo-Paragraph $sections['DESCRIPTION']
        Examples    = @(foreach ($title in $examples.Keys) { Read-Example $title $examples[$title] })
        Parameters  = $parameters
        Inputs      = Read-Type $sections['INPUTS']
        Outputs     = Read-Type $sections['OUTPUTS']
        Notes       = ConvertTo-Paragraph $sections['NOTES']
        Links       = @($sections['RELATED LINKS'] | Where-Object { $_ } | ForEach-Object { ConvertTo-PlainText $_.TrimStart('- ') })
    }
}

<#
.SYNOPSIS
    Code as a console shows it: a prompt before each statement, another one before the lines that continue it.
#>
function ConvertTo-ConsoleText([string[]] $Code) {
    $statements = [System.Management.Automation.Language.Parser]::ParseInput($Code -join "`n", [ref] $null, [ref] $null).EndBlock.Statements
    $starts = @($statements | ForEach-Object { $_.Extent.StartLineNumber })
    $(for ($i = 0; $i -lt $Code.Count; $i++) { ($starts -contains ($i + 1) ? 'PS> ' : '>> ') + $Code[$i] }) -join "`n"
}

<#
.SYNOPSIS
    Text in lines of so many columns at most, for a language in which PowerShell does not wrap between words.
#>
function Split-Text([string] $Text, [int] $Width) {
    # What stays together: a word, or one wide letter, with the marks around it and the blank that follows.
    $piece = "$wideOpening*(?:(?!$wideMark)$wide|(?:(?!$wide)\S)+)?(?:(?!$wideOpening)$wideMark)*\s*"
    $lines = foreach ($line in $Text -split '\n') {
        # Code keeps its lines, and an item of a list hangs.
        if ($line.StartsWith(' ')) { $line; continue }
        $indent = $line -match '^(- |\d+\. )' ? ' ' * $Matches[0].Length : ''
        $current = ''
        foreach ($match in [regex]::Matches($line, $piece)) {
            $longer = $current + $match.Value
            $columns = $longer.TrimEnd().Length + [regex]::Matches($longer, $wide).Count
            if ($current.Trim() -and $columns -gt $Width) { $current.TrimEnd(); $longer = $indent + $match.Value }
            $current = $longer
        }
        $current.TrimEnd()
    }
    $lines -join "`n"
}

<#
.SYNOPSIS
    What a parameter is without being given, as far as the cmdlet itself tells: numbers, texts, enums, switches. Nothing where it is decided later.
#>
function Get-PlainDefault([System.Management.Automation.CmdletInfo] $Command, [System.Management.Automation.ParameterMetadata] $Parameter) {
    if ($Parameter.SwitchParameter) { return 'False' }
    $property = $Command.ImplementingType.GetProperty($Parameter.Name)
    # PowerShell's own: -WhatIf, -First and their kin.
    if (-not $property) { return }
    $cmdlet = [Activator]::CreateInstance($Command.ImplementingType)
    try {
        $value = $property.GetValue($cmdlet)
        # A 0 that could not be given stands for: not given.
        $range = $Parameter.Attributes | Where-Object { $_ -is [ValidateRange] }
        if ($value -is [enum] -or $value -is [string] -or ($value -is [System.Array] -and $value)) { return "$value" }
        if ($range -and $value -ge $range.MinRange) { return $value.ToString([cultureinfo]::InvariantCulture) }
    }
    finally {
        $cmdlet.Dispose()
    }
}

# The lines below each heading of one level. Headings within code are code.
function Split-Section([string[]] $Lines, [string] $Mark) {
    $sections = [ordered]@{}
    $name = $null
    $inCode = $false
    foreach ($line in $Lines) {
        if ($line.StartsWith('```')) { $inCode = -not $inCode }
        if (-not $inCode -and $line.StartsWith($Mark)) {
            $name = $line.Substring($Mark.Length).Trim()
            $sections[$name] = [System.Collections.Generic.List[string]]::new()
        }
        elseif ($name) {
            $sections[$name].Add($line)
        }
    }
    $sections
}

# Paragraphs as Get-Help prints them. Lists keep their lines, code keeps its lines and blanks, all else is one line that the console wraps.
function ConvertTo-Paragraph([string[]] $Lines) {
    $paragraph = ''
    $inCode = $false
    $out = foreach ($line in @($Lines) + '') {
        if ($line.StartsWith('```')) { $inCode = -not $inCode }
        elseif ($inCode) { $paragraph += $paragraph ? "`n    $line" : "    $line" }
        elseif (-not $line.Trim()) { if ($paragraph) { $paragraph.StartsWith(' ') ? $paragraph : (ConvertTo-PlainText $paragraph); $paragraph = '' } }
        elseif (-not $paragraph) { $paragraph = $line.Trim() }
        elseif ($line -match '^(-|\d+\.) ') { $paragraph += "`n$line" }
        else { $paragraph = Join-Line $paragraph $line.Trim() }
    }
    @($out)
}

function Join-Line([string] $Before, [string] $After) {
    $glued = $Before -match "$wideMark$" -or $After -match "^$wideMark" -or ($Before -match "$wide$" -and $After -match "^$wide")
    $Before + ($glued ? '' : ' ') + $After
}

# Marks of Markdown that a console would show as they are.
function ConvertTo-PlainText([string] $Text) {
    $Text -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '`([^`]+)`', '$1' -replace '\*\*([^*]+)\*\*', '$1'
}

function Read-Parameter([string[]] $Lines) {
    $paragraphs = ConvertTo-Paragraph $Lines
    $default = $paragraphs | Where-Object { $_ -match '^Default: ' }
    [pscustomobject]@{
        Paragraphs = @($paragraphs | Where-Object { $_ -ne $default })
        Default    = "$default" -replace '^Default: ' -replace '[.\u3002]$'
    }
}

function Read-Type([string[]] $Lines) {
    $types = [ordered]@{}
    $parts = Split-Section $Lines '### '
    foreach ($name in $parts.Keys) { $types[$name] = ConvertTo-Paragraph $parts[$name] }
    $types
}

function Read-Example([string] $Title, [string[]] $Lines) {
    $start = $Lines.IndexOf('```powershell')
    $end = $start -lt 0 ? -1 : [array]::IndexOf($Lines, '```', $start + 1)
    if ($end -lt 0) { throw "The example '$Title' has no block of powershell." }
    [pscustomobject]@{
        Title   = ConvertTo-PlainText $Title
        Code    = @($Lines[($start + 1)..($end - 1)])
        Remarks = @(ConvertTo-Paragraph (@($Lines | Select-Object -First $start) + @($Lines | Select-Object -Skip ($end + 1))))
    }
}

Export-ModuleMember -Function Read-HelpSource, ConvertTo-ConsoleText, Split-Text, Get-PlainDefault
