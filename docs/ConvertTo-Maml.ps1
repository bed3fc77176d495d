<#
.SYNOPSIS
    Makes the help that Get-Help reads from docs/<culture>, <culture>/about_CseJobs_Errors.help.txt and the built module.
.DESCRIPTION
    The Markdown has the prose of the cmdlets' help (MAML). Types, sets, positions, pipeline input, aliases, wildcards and plain
    default values are read from the module. So is the list of errors in the topic about_CseJobs_Errors: its ids, categories
    and English texts are those of the module's catalogue, the other languages' texts those of docs/<culture>/errors.psd1.
    The same input gives the same bytes. ./build.ps1 -Task Help runs it.
.EXAMPLE
    docs/ConvertTo-Maml.ps1 -Module out/CseJobs -Destination .
    Writes en-US/CseJobs.dll-Help.xml and en-US/about_CseJobs_Errors.help.txt, and the same for every other culture of docs.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Destination
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
Import-Module (Join-Path (Convert-Path $Module) CseJobs.psd1)
Import-Module (Join-Path $PSScriptRoot HelpSource.psm1) -Force

$namespaces = @{
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}

# Title and Action: the words of the help that neither its source nor PowerShell has. Width: lines that fit 80 columns when they are
# indented, where PowerShell does not look for the ends of words (it does so in a few western languages only).
$languages = @{
    'en-US' = @{ Title = 'Example {0}: {1}'; Action = 'Do: {0}'; Width = 0 }
    'zh-CN' = @{ Title = '示例 {0}：{1}'; Action = '处理：{0}'; Width = 70 }
}

# The catalogue is internal: only error records show it to users.
$errorEntries = [CseJobs.CseSession].Assembly.GetType('CseJobs.Errors.ErrorCatalogue', $true).GetProperty('All').GetValue($null)

# An element: Write-Element dev:name 'text', or with attributes and a block that writes what is inside.
function Write-Element([string] $Tag, [object] $Inside, [System.Collections.IDictionary] $Attributes = @{}) {
    # The block sees the variables from here as well: none may have a name that a block uses.
    $prefix, $local = $Tag -split ':'
    $xml.WriteStartElement($prefix, $local, $namespaces[$prefix])
    foreach ($attribute in $Attributes.Keys) { $xml.WriteAttributeString($attribute, $Attributes[$attribute]) }
    if ($Inside -is [scriptblock]) { & $Inside } elseif ("$Inside") { $xml.WriteString("$Inside") }
    $xml.WriteEndElement()
}

function Write-Text([string] $Element, [string[]] $Paragraphs) {
    Write-Element $Element {
        foreach ($paragraph in $Paragraphs) { Write-Element maml:para ($language.Width ? (Split-Text $paragraph $language.Width) : $paragraph) }
    }
}

# The pieces of Get-Command -Syntax, in its order: [[-Optional] <type>], [-Mandatory] <type>, [-Optional <type>], -Mandatory <type>, [-Switch].
function Get-SyntaxPart([System.Management.Automation.CommandParameterSetInfo] $Set) {
    $type = '<(?<type>[^>]+)>'
    foreach ($match in [regex]::Matches($Set.ToString(), "(?<positional>\[?\[-(?<name>\w+)\] $type\]?)|\[?-(?<name>\w+)( $type)?\]?")) {
        [pscustomobject]@{
            Name       = $match.Groups['name'].Value
            Positional = $match.Groups['positional'].Success
            Mandatory  = -not $match.Value.EndsWith(']')
            Type       = $match.Groups['type'].Value
        }
    }
}

function Get-Attribute([System.Management.Automation.ParameterMetadata] $Parameter, [string] $Position, [bool] $Mandatory) {
    $sets = $Parameter.ParameterSets.Values
    $accepts = @(
        if ($sets.ValueFromPipelineByPropertyName -contains $true) { 'ByPropertyName' }
        if ($sets.ValueFromPipeline -contains $true) { 'ByValue' }
    )
    [ordered]@{
        required       = "$Mandatory".ToLowerInvariant()
        variableLength = "$($Parameter.ParameterType.IsArray)".ToLowerInvariant()
        globbing       = "$(@($Parameter.Attributes | Where-Object { $_ -is [SupportsWildcards] }).Count -gt 0)".ToLowerInvariant()
        pipelineInput  = $accepts ? "True ($($accepts -join ', '))" : 'False'
        position       = $Position
        aliases        = $Parameter.Aliases ? ($Parameter.Aliases -join ', ') : 'none'
    }
}

function Write-Value([string] $Type) {
    $required = $Type -eq 'SwitchParameter' ? 'false' : 'true'
    Write-Element command:parameterValue $Type -Attributes ([ordered]@{ required = $required; variableLength = $Type.EndsWith('[]') ? 'true' : 'false' })
}

function Write-Syntax([System.Management.Automation.CmdletInfo] $Command) {
    foreach ($set in $Command.ParameterSets) {
        Write-Element command:syntaxItem {
            Write-Element maml:name $Command.Name
            foreach ($part in Get-SyntaxPart $set) {
                $parameter = $Command.Parameters[$part.Name]
                $position = $part.Positional ? "$(($set.Parameters | Where-Object Name -EQ $part.Name).Position)" : 'named'
                Write-Element command:parameter -Attributes (Get-Attribute $parameter $position -Mandatory $part.Mandatory) {
                    Write-Element maml:name $part.Name
                    Write-Element maml:description
                    if ($part.Type) { Write-Value $part.Type }
                }
            }
        }
    }
}

function Write-Parameter([System.Management.Automation.CmdletInfo] $Command, [string] $Name, [object] $Text) {
    $parameter = $Command.Parameters[$Name] ?? $(throw "$($Command.Name) has no parameter -$Name.")
    $parts = @($Command.ParameterSets | ForEach-Object { Get-SyntaxPart $_ } | Where-Object Name -EQ $Name)
    $positions = @($parameter.ParameterSets.Values.Position | Sort-Object -Unique)
    $position = $positions.Count -eq 1 -and $positions[0] -ge 0 ? "$($positions[0])" : 'named'
    $type = $parts[0].Type ? $parts[0].Type : 'SwitchParameter'
    Write-Element command:parameter -Attributes (Get-Attribute $parameter $position -Mandatory ($parts.Mandatory -notcontains $false)) {
        Write-Element maml:name $Name
        Write-Text maml:description $Text.Paragraphs
        Write-Value $type
        Write-Element dev:type { Write-Element maml:name $type; Write-Element maml:uri }
        $plain = Get-PlainDefault $Command $parameter
        if ($plain -and $Text.Default) { throw "$($Command.Name) -${Name}: the default is the module's to tell, $plain." }
        Write-Element dev:defaultValue ($plain ? $plain : $Text.Default ? $Text.Default : 'None')
    }
}

function Write-Type([string] $Group, [string] $Item, [System.Collections.IDictionary] $Types) {
    Write-Element "command:$Group" {
        foreach ($name in $Types.Keys) {
            Write-Element "command:$Item" {
                Write-Element dev:type { Write-Element maml:name $name; Write-Element maml:uri }
                Write-Text maml:description $Types[$name]
            }
        }
    }
}

function Write-Example([object[]] $Examples) {
    for ($number = 1; $number -le $Examples.Count; $number++) {
        $example = $Examples[$number - 1]
        # An empty paragraph keeps the next title apart.
        $end = $number -lt $Examples.Count ? @('') : @()
        Write-Element command:example {
            Write-Element maml:title "--------- $($language.Title -f $number, $example.Title) ---------"
            Write-Element dev:code (ConvertTo-ConsoleText $example.Code)
            Write-Text dev:remarks ($example.Remarks + $end)
        }
    }
}

function Write-Command([System.Management.Automation.CmdletInfo] $Command, [object] $Source) {
    Write-Element command:command {
        Write-Element command:details {
            Write-Element command:name $Command.Name
            # One line in lists of commands.
            Write-Element maml:description { Write-Element maml:para $Source.Synopsis }
            Write-Text maml:copyright ''
            Write-Element command:verb $Command.Verb
            Write-Element command:noun $Command.Noun
            Write-Element dev:version
        }
        Write-Text maml:description $Source.Description
        Write-Element command:syntax { Write-Syntax $Command }
        Write-Element command:parameters {
            foreach ($name in $Source.Parameters.Keys) { Write-Parameter $Command $name -Text $Source.Parameters[$name] }
        }
        Write-Type inputTypes inputType -Types $Source.Inputs
        Write-Type returnValues returnValue -Types $Source.Outputs
        Write-Element command:terminatingErrors
        Write-Element command:nonTerminatingErrors
        Write-Element maml:alertSet { Write-Text maml:alert $Source.Notes }
        Write-Element command:examples { Write-Example $Source.Examples }
        # One link of several lines that claims no length: PowerShell would else advertise Get-Help -Online, and there is no such page.
        Write-Element maml:relatedLinks {
            Write-Element maml:navigationLink -Attributes @{ Length = '0' } {
                Write-Element maml:linkText ($Source.Links -join "`n")
                Write-Element maml:uri
            }
        }
    }
}

# The lines of the list of errors in the topic about_CseJobs_Errors.
function Get-ErrorLine([string] $Translation) {
    $translated = (Test-Path $Translation) ? (Import-PowerShellDataFile $Translation) : $null
    if ($translated) {
        $difference = Compare-Object @($errorEntries.Id) @($translated.Keys) | ForEach-Object { $_.InputObject + ($_.SideIndicator -eq '=>' ? ' is no error of the module' : ' is missing') }
        if ($difference) { throw "${Translation}: $($difference -join ', ')." }
    }
    foreach ($entry in $errorEntries) {
        $texts = $translated ? $translated[$entry.Id] : @{ Meaning = $entry.Meaning; Action = $entry.Action }
        "    $($entry.Id)  ($($entry.Category))"
        # Indented they fit 100 columns.
        foreach ($text in $texts.Meaning, ($language.Action -f $texts.Action)) { (Split-Text $text 88) -split '\n' | ForEach-Object { "        $_" } }
        if ($entry -ne $errorEntries[-1]) { '' }
    }
}

foreach ($culture in Get-ChildItem $PSScriptRoot -Directory | Where-Object { Test-Path "$_/*.md" } | Sort-Object Name) {
    $language = $languages[$culture.Name] ?? $(throw "Nothing is known of the language $($culture.Name).")
    $folder = New-Item (Join-Path $Destination $culture.Name) -ItemType Directory -Force
    $settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [System.Text.UTF8Encoding]::new($false) }
    $xml = [System.Xml.XmlWriter]::Create((Join-Path $folder CseJobs.dll-Help.xml), $settings)
    try {
        $xml.WriteComment(' Made from docs by ./build.ps1 -Task Help: edit there. ')
        $xml.WriteStartElement('helpItems', 'http://msh')
        $xml.WriteAttributeString('schema', 'maml')
        foreach ($prefix in 'maml', 'command', 'dev') { $xml.WriteAttributeString('xmlns', $prefix, $null, $namespaces[$prefix]) }
        foreach ($command in Get-Command -Module CseJobs | Sort-Object Name) {
            Write-Command $command (Read-HelpSource (Join-Path $culture "$($command.Name).md"))
        }
        $xml.WriteEndElement()
        # Git wants it, and XmlWriter does not write it.
        $xml.WriteRaw("`n")
    }
    finally {
        $xml.Dispose()
    }

    $topic = Get-Content (Join-Path $PSScriptRoot .. $culture.Name about_CseJobs_Errors.help.txt) |
        ForEach-Object { $_ -ceq '    {errors}' ? (Get-ErrorLine (Join-Path $culture errors.psd1)) : $_ }
    Set-Content (Join-Path $folder about_CseJobs_Errors.help.txt) "$($topic -join "`n")`n" -NoNewline
}
