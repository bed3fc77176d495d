# What the tests of the help share: the help as files and as Get-Help gives it in a culture, and examples that run.

<#
.SYNOPSIS
    The cultures that the built module has help in.
#>
function Get-HelpCulture([string] $Module) {
    Get-ChildItem $Module/*/CseJobs.dll-Help.xml | ForEach-Object { $_.Directory.Name }
}

<#
.SYNOPSIS
    The elements of the help file of a culture that describe one cmdlet.
#>
function Get-MamlCommand([string] $Module, [string] $Culture, [string] $Name) {
    $xml = [xml]::new()
    $xml.Load((Convert-Path "$Module/$Culture/CseJobs.dll-Help.xml"))
    $xml.helpItems.command | Where-Object { $_.details.name -eq $Name }
}

# Get-Help remembers what it has read, whatever the language: each gets a runspace of its own.
$script:shells = @{}

$script:read = @{}

<#
.SYNOPSIS
    What Get-Help gives in a culture, of a cmdlet, of parameters of it, or of a topic. It is asked once.
#>
function Get-CultureHelp([string] $Culture, [string] $Name, [string] $Parameter) {
    $script:read["$Culture $Name $Parameter"] ??= & {
        $shell = $script:shells[$Culture] ??= New-ModuleShell
        $shell.Commands.Clear()
        $asked = @{ Name = $Name }
        if ($Parameter) { $asked.Parameter = $Parameter }
        $shell.AddScript('param($culture, $asked) [System.Threading.Thread]::CurrentThread.CurrentUICulture = $culture; Get-Help @asked').
            AddArgument($Culture).AddArgument($asked).Invoke()
    }
    $script:read["$Culture $Name $Parameter"]
}

<#
.SYNOPSIS
    Ends the shells in which help was read.
#>
function Clear-CultureHelp {
    foreach ($shell in $script:shells.Values) { $shell.Runspace.Dispose(); $shell.Dispose() }
    $script:shells = @{}
    $script:read = @{}
}

<#
.SYNOPSIS
    The parameters of a cmdlet that its help has to describe: all but the common ones.
#>
function Get-OwnParameter([string] $Name) {
    (Get-Command $Name).Parameters.Values | Where-Object Name -NotIn ([System.Management.Automation.PSCmdlet]::CommonParameters)
}

<#
.SYNOPSIS
    The code of an example, without the prompts.
#>
function Get-ExampleCode([string] $Code) {
    $Code -replace '(?m)^(PS>|>>) ?'
}

<#
.SYNOPSIS
    Code without its comments, which are in the language of the help.
#>
function Remove-Comment([string] $Code) {
    $tokens = $null
    $null = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $tokens, [ref] $null)
    $comments = @($tokens | Where-Object Kind -EQ Comment)
    [array]::Reverse($comments)
    foreach ($comment in $comments) { $Code = $Code.Remove($comment.Extent.StartOffset, $comment.Text.Length) }
    $Code -replace '(?m)[ \t]+$'
}

<#
.SYNOPSIS
    The texts of a help object that a person has written, each with a name for it.
#>
function Get-HelpText([object] $Help) {
    $texts = [ordered]@{
        synopsis    = $Help.details.description
        description = $Help.description
        notes       = $Help.alertSet.alert
    }
    foreach ($parameter in $Help.parameters.parameter) { $texts["-$($parameter.name)"] = $parameter.description }
    foreach ($type in $Help.inputTypes.inputType) { $texts["$($type.type.name) in"] = $type.description }
    foreach ($type in $Help.returnValues.returnValue) { $texts["$($type.type.name) out"] = $type.description }
    $number = 0
    foreach ($example in $Help.examples.example) {
        $number++
        $texts["title $number"] = $example.title
        $texts["remarks $number"] = $example.remarks
    }
    foreach ($name in $texts.Keys) {
        $text = $texts[$name] -is [string] ? $texts[$name] : $texts[$name].Text -join ' '
        [pscustomobject]@{ Name = $name; Text = $text.Trim() }
    }
}

<#
.SYNOPSIS
    What a text says in no language: commands, parameters, variables, fields and errors, numbers.
#>
function Get-NeutralWord([string] $Text) {
    [regex]::Matches($Text, '(?<![\w-])-([A-Z]\w+|\d+[a-z]\b)|\$\w+|\b[A-Z][a-z]+-[A-Z]\w+|\b[A-Z]+_[A-Z_]+|\b[A-Z][a-z]+[A-Z]\w*|(?<![\w.-])\d[\d.,]*(?<![.,])').Value | Sort-Object -Unique -CaseSensitive
}

<#
.SYNOPSIS
    What keeps an example from running anywhere: text that does not parse, commands and parameters that do not exist, by their whole names.
#>
function Find-ExampleFault([string] $Code) {
    $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $errors)
    $errors.Message
    foreach ($command in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
        $known = Get-Command $command.GetCommandName() -ErrorAction Ignore
        if (-not $known) { "There is no command $($command.GetCommandName())."; continue }
        foreach ($parameter in $command.CommandElements.Where{ $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
            if (-not $known.Parameters.ContainsKey($parameter.ParameterName)) { "$known has no parameter -$($parameter.ParameterName)." }
        }
    }
}

<#
.SYNOPSIS
    Runs an example as a reader would, in a runspace and a folder of its own, against a simulator at an address. Gives its errors, and the requests that were made.
.DESCRIPTION
    The reader's regions are the simulator, and what an example takes for given is there: $token, $engine and so on, an environment
    with an access key, a profile file. Polls follow at once, and Get-Credential does not ask.
#>
function Invoke-Example([string] $Name, [string] $Code, [string] $Address) {
    $null = Invoke-RestMethod "${Address}_sim/requests" -Method Delete
    $folder = New-Item (Join-Path ([System.IO.Path]::GetTempPath()) "csejobs-$([guid]::NewGuid().ToString('n'))") -ItemType Directory
    Set-Content "$folder/ci-credentials" "[basic]`nak = $($Sim.A.AccessKey)`nsk = $($Sim.A.SecretKey)"
    $shell = New-ModuleShell
    try {
        $variables = @{ HUAWEICLOUD_SDK_AK = $Sim.A.AccessKey; HUAWEICLOUD_SDK_SK = $Sim.A.SecretKey }
        foreach ($region in 'CN_NORTH_4', 'AP_SOUTHEAST_1') { $variables["HUAWEICLOUD_SDK_REGION_CSE_$region"] = $Address }
        Invoke-WithVariable $variables {
            $null = $shell.AddScript(${function:Initialize-Example}).AddParameters(@{ Name = $Name; Code = $Code; Address = $Address; Folder = $folder; Sim = $Sim }).Invoke()
            $shell.Commands.Clear()
            # A watch has no end of its own.
            $limited = $Name -eq 'Watch-CseEngineJob' ? $Code -replace '-Until \w+( -TimeoutSec \d+)?' : $Code
            $output = $shell.AddScript($limited).Invoke()
            $shell.Commands.Clear()
        }
        [pscustomobject]@{
            Errors   = @($shell.AddScript('$Error').Invoke() | ForEach-Object { "$_" })
            Output   = $output
            Requests = @(Invoke-RestMethod "${Address}_sim/requests" | ForEach-Object { $_ })
        }
    }
    finally {
        $shell.Runspace.Dispose()
        $shell.Dispose()
        Remove-Item $folder -Recurse
    }
}

# Runs in the example's runspace, in its global scope.
function Initialize-Example {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidGlobalVars', '', Justification = 'Examples see nothing else.')]
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidGlobalFunctions', '', Justification = 'Examples see nothing else.')]
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = 'The secrets are the simulator''s.')]
    param($Name, $Code, $Address, $Folder, $Sim)
    Set-Location $Folder
    function global:Get-Credential { $global:credential }
    $secret = { ConvertTo-SecureString $args[0] -AsPlainText }
    $given = @{
        projectId = $Sim.ProjectId; token = $Sim.Token
        credential = [pscredential]::new($Sim.A.UserName, (& $secret $Sim.A.Password)); accountName = $Sim.A.DomainName
        accessKey = $Sim.A.AccessKey; secretKey = & $secret $Sim.A.SecretKey
        engine = $Sim.Engine; failedEngine = "sim-jobs3-fails2-id$($Folder.Name.Substring(8, 8))"; id = 0
    }
    if ($Name -eq 'Wait-CseEngineJob') { $given.engine = "sim-jobs3-progress4-id$($Folder.Name.Substring(8, 8))" }
    foreach ($key in $given.Keys) { Set-Variable $key $given[$key] -Scope Global }
    $global:PSDefaultParameterValues = @{
        'Connect-Cse:Endpoint' = $Address; 'Connect-Cse:IamEndpoint' = $Address
        'Wait-CseEngineJob:PollIntervalSec' = 0.01; 'Watch-CseEngineJob:TimeoutSec' = 1
    }

    # Several regions have an address each, which the environment tells.
    if ($Code -match '-Region \S+, ') { $global:PSDefaultParameterValues.Remove('Connect-Cse:Endpoint') }

    # It would choose its parameter set in every example.
    if ($Code -match '-EcsAgency') { $global:PSDefaultParameterValues['Connect-Cse:MetadataEndpoint'] = $Address }

    # A reader of these has signed in before.
    if ($Name -ne 'Connect-Cse') { $null = Connect-Cse -ProjectId $Sim.ProjectId -Token $Sim.Token -Scope Runspace }
    switch -Wildcard ($Name) {
        'Wait-*' { $global:id = (Get-CseEngineJob $global:engine -First 1).Id }
        # The job of this engine fails while it is read.
        'Restart-*' { while ((Get-CseEngineJob $global:failedEngine -Latest).Status -ne 'Error') { } }
    }
    $Error.Clear()
}

Export-ModuleMember -Function Get-HelpCulture, Get-MamlCommand, Get-CultureHelp, Clear-CultureHelp, Get-OwnParameter, Get-ExampleCode, Remove-Comment, Get-HelpText, Get-NeutralWord, Find-ExampleFault, Invoke-Example
