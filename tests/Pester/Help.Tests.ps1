BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot HelpTools.psm1) -Force
    $cases = foreach ($culture in Get-HelpCulture $Sim.ModulePath) {
        foreach ($name in (Get-Command -Module CseJobs).Name) { @{ Culture = $culture; Name = $name } }
    }
    $topics = Get-ChildItem "$($Sim.ModulePath)/*/about_*.help.txt" | ForEach-Object { @{ Culture = $_.Directory.Name; Name = $_.Name -replace '\.help\.txt$'; File = $_.FullName } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot HelpTools.psm1) -Force
    $root = Split-Path (Split-Path $PSScriptRoot)
    $chinese = '[\u4e00-\u9fff]'
    # One line, as a reader finds it.
    function Join-Text($Paragraphs) { ($Paragraphs.Text -join ' ').Trim() }
}

AfterAll {
    Clear-CultureHelp
}

Describe 'The help of <Name> in <Culture>' -ForEach $cases {
    BeforeAll {
        $command = Get-Command $Name
        $help = Get-CultureHelp $Culture $Name
        $maml = Get-MamlCommand $Sim.ModulePath $Culture $Name
    }

    It 'is written, not made up by PowerShell from the syntax' {
        $help.PSObject.TypeNames | Should -Not -Contain 'ExtendedCmdletHelpInfo' -Because 'that is what PowerShell makes up'
        $help.Synopsis | Should -Be $maml.details.description.para
        $help.Synopsis | Should -Not -Match '\[<CommonParameters>\]'
    }

    It 'has a <Part>' -ForEach @(
        @{ Part = 'synopsis'; Text = { Join-Text $help.details.description } }
        @{ Part = 'description'; Text = { Join-Text $help.description } }
        @{ Part = 'text for its notes'; Text = { Join-Text $help.alertSet.alert } }
        @{ Part = 'list of links'; Text = { $help.relatedLinks.navigationLink.linkText } }
    ) {
        $text = & $Text
        $text.Length | Should -BeGreaterThan 4
    }

    It 'shows no marks of Markdown' {
        $texts = @($help.description) + $help.parameters.parameter.description + $help.alertSet.alert + $help.examples.example.remarks +
            $help.inputTypes.inputType.description + $help.returnValues.returnValue.description
        $texts.Text | Where-Object { $_ -match '`|\*\*|\]\(' } | Should -BeNullOrEmpty
    }

    It 'names each type that goes in and comes out, with a word on it' {
        $types = @($help.inputTypes.inputType) + @($help.returnValues.returnValue)
        $types.Count | Should -BeGreaterOrEqual 2
        foreach ($type in $types) { (Join-Text $type.description).Length | Should -BeGreaterThan 4 }
        $promised = $command.OutputType.Type | Where-Object { $_ -ne [void] }
        @($help.returnValues.returnValue.type.name) | Should -Be @($promised ? $promised.FullName : 'None')
    }

    It 'links to what exists' {
        foreach ($link in $help.relatedLinks.navigationLink.linkText -split '\n') {
            $link | Should -Not -Be $Name
            $link -in (Get-Command -Module CseJobs).Name -or (Test-Path "$($Sim.ModulePath)/$Culture/$link.help.txt") | Should -BeTrue -Because $link
        }
    }

    It 'describes every parameter and none that is not there' {
        $own = (Get-OwnParameter $Name).Name | Sort-Object
        @($help.parameters.parameter.name) | Sort-Object | Should -Be $own
        @($maml.parameters.parameter.name) | Sort-Object | Should -Be $own
        foreach ($parameter in $help.parameters.parameter) { (Join-Text $parameter.description).Length | Should -BeGreaterThan 4 -Because "-$($parameter.name) needs a text" }
    }

    It 'has the syntax of Get-Command' {
        $shown = ($help.syntax | Out-String -Width 5000) -split '\r?\n' | Where-Object { $_ } | ForEach-Object Trim
        $shown | Should -Be @((Get-Command $Name -Syntax) -split '\r?\n' | Where-Object { $_ })
    }

    It 'says of parameters what their attributes say' {
        $every = Get-CultureHelp $Culture $Name *
        foreach ($parameter in Get-OwnParameter $Name) {
            $shown = $every | Where-Object name -EQ $parameter.Name
            $attributes = @($parameter.Attributes.Where{ $_ -is [Parameter] })
            $because = "of -$($parameter.Name)"
            $shown.required | Should -Be "$($attributes.Mandatory -notcontains $false)" -Because $because
            $shown.position | Should -Be ($attributes[0].Position -ge 0 ? "$($attributes[0].Position)" : 'named') -Because $because
            $shown.pipelineInput | Should -Be $(switch ("$($attributes.ValueFromPipelineByPropertyName -contains $true) $($attributes.ValueFromPipeline -contains $true)") {
                    'True True' { 'True (ByPropertyName, ByValue)' } 'True False' { 'True (ByPropertyName)' } 'False True' { 'True (ByValue)' } default { 'False' } }) -Because $because
            $shown.aliases | Should -Be ($parameter.Aliases.Count ? $parameter.Aliases -join ', ' : 'none') -Because $because
            $shown.globbing | Should -Be "$($parameter.Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute')" -Because $because
        }
    }

    It 'names the ends of every range and every fixed value' {
        foreach ($parameter in Get-OwnParameter $Name) {
            $text = (Join-Text ($help.parameters.parameter | Where-Object name -EQ $parameter.Name).description) -replace '(?<=\d),(?=\d{3})'
            $element = $parameter.ParameterType.IsArray ? $parameter.ParameterType.GetElementType() : $parameter.ParameterType
            $values = @(
                foreach ($range in $parameter.Attributes.Where{ $_ -is [ValidateRange] }) { $range.MinRange; $range.MaxRange }
                foreach ($set in $parameter.Attributes.Where{ $_ -is [ValidateSet] }) { $set.ValidValues }
                if ($element.IsEnum) { [enum]::GetNames($element) }
            )
            foreach ($value in $values) { $text | Should -MatchExactly "(?<![\w.])$([regex]::Escape("$value"))(?![\w])" -Because "-$($parameter.Name) takes it" }
        }
    }

    It 'has at least three examples, each with a task, code that fits a console, and words' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $examples) {
            $example.title | Should -Match '^-+ (Example \d+: |示例 \d+：).{4,} -+$'
            $example.code | Should -Match "^PS> "
            $example.code -split '\n' | Where-Object Length -GT 96 | Should -BeNullOrEmpty -Because 'indented by four it is to fit 100 columns'
            (Join-Text $example.remarks).Length | Should -BeGreaterThan 4
            $example.code | Should -Match $Name
        }
    }

    It 'has examples of commands and parameters that exist' {
        foreach ($example in $help.examples.example) { Find-ExampleFault (Get-ExampleCode $example.code) | Should -BeNullOrEmpty -Because $example.title }
    }

    It 'has the same examples in every language' {
        $other = (Get-CultureHelp en-US $Name).examples.example
        @($help.examples.example.code | ForEach-Object { Remove-Comment $_ }) | Should -Be @($other.code | ForEach-Object { Remove-Comment $_ })
    }

    It 'says the same in every language, as far as names and numbers tell' {
        $english = Get-HelpText (Get-CultureHelp en-US $Name)
        $own = Get-HelpText $help
        @($own.Name) | Should -Be @($english.Name)
        for ($i = 0; $i -lt $own.Count; $i++) {
            (Get-NeutralWord $own[$i].Text) -join ' ' | Should -BeExactly ((Get-NeutralWord $english[$i].Text) -join ' ') -Because $own[$i].Name
        }
    }

    It 'has a default value where the English help has one' {
        $others = (Get-CultureHelp en-US $Name).parameters.parameter
        foreach ($parameter in $help.parameters.parameter) {
            $english = ($others | Where-Object name -EQ $parameter.name).defaultValue
            ($parameter.defaultValue -eq 'None') | Should -Be ($english -eq 'None') -Because "-$($parameter.name) is '$english' without being given"
        }
    }

    It 'does not offer a page that does not exist' {
        Get-CultureHelp $Culture $Name | Out-String | Should -Not -Match '-Online'
    }
}

Describe 'The Chinese help of <Name>' -ForEach ($cases | Where-Object Culture -EQ 'zh-CN') {
    It 'is Chinese' {
        foreach ($text in Get-HelpText (Get-CultureHelp $Culture $Name)) {
            $text.Text | Should -Match $chinese -Because $text.Name
        }
    }
}

Describe 'Default values' {
    It 'are told: -<Parameter> of <Name> is <Value>' -ForEach @(
        @{ Name = 'Connect-Cse'; Parameter = 'TimeoutSec'; Value = '100' }
        @{ Name = 'Connect-Cse'; Parameter = 'OperationTimeoutSec'; Value = '300' }
        @{ Name = 'Connect-Cse'; Parameter = 'MaximumRetryCount'; Value = '4' }
        @{ Name = 'Connect-Cse'; Parameter = 'Name'; Value = 'default' }
        @{ Name = 'Connect-Cse'; Parameter = 'Scope'; Value = 'Process' }
        @{ Name = 'Connect-Cse'; Parameter = 'EcsAgency'; Value = 'False' }
        @{ Name = 'Connect-Cse'; Parameter = 'Token'; Value = 'None' }
        @{ Name = 'Get-CseSession'; Parameter = 'Name'; Value = '*' }
        @{ Name = 'Get-CseEngineJob'; Parameter = 'PageSize'; Value = '100' }
        @{ Name = 'Get-CseEngineJob'; Parameter = 'ThrottleLimit'; Value = '4' }
        @{ Name = 'Get-CseEngineJob'; Parameter = 'Skip'; Value = '0' }
        @{ Name = 'Wait-CseEngineJob'; Parameter = 'TimeoutSec'; Value = 'as long as it takes' }
    ) {
        (Get-CultureHelp en-US $Name $Parameter).defaultValue | Should -Be $Value
    }
}

Describe 'The examples' {
    BeforeAll {
        $simulator = Start-OwnSimulator --jobs 250 --region ap-southeast-1=project-of-ap-southeast-1 --now ([datetime]::UtcNow.ToString('o'))
    }

    AfterAll {
        $simulator.Process.StandardInput.Close()
        $simulator.Process.WaitForExit()
    }

    It 'of <Name> run without an error' -ForEach ($cases | Where-Object Culture -EQ 'en-US') {
        foreach ($example in (Get-CultureHelp en-US $Name).examples.example) {
            $run = Invoke-Example $Name (Get-ExampleCode $example.code) $simulator.Address
            $run.Errors | Should -BeNullOrEmpty -Because $example.title
            # Signing in and out may cost no request; all the others ask the server.
            if ($Name -like '*-CseEngine*') { $run.Requests.Count | Should -BeGreaterThan 0 -Because $example.title }
        }
    }
}

Describe 'The help files' {
    # That the same sources give the same bytes is seen in Package.Tests.ps1.
    It 'are there in every language that docs has' {
        $cultures = Get-ChildItem "$root/docs" -Directory | ForEach-Object Name
        $cultures | Should -Contain en-US
        Get-HelpCulture $Sim.ModulePath | Should -Be $cultures
    }

    It 'keep to the schema that PowerShell ships, in <_>' -ForEach (Get-HelpCulture $Sim.ModulePath) -Skip:(-not (Test-Path $PSHOME/Schemas/PSMaml/Maml.xsd)) {
        $document = [xml]::new()
        $document.Schemas.XmlResolver = [System.Xml.XmlUrlResolver]::new()
        $null = $document.Schemas.Add([NullString]::Value, "$PSHOME/Schemas/PSMaml/Maml.xsd")
        $document.Load((Convert-Path "$($Sim.ModulePath)/$_/CseJobs.dll-Help.xml"))
        $faults = [System.Collections.Generic.List[string]]::new()
        $document.Validate({ $faults.Add($args[1].Message) }.GetNewClosure())
        # Get-Help reads aliases, which the schema forgot; Length is explained where it is written.
        $faults | Sort-Object -Unique | Should -Be "The 'aliases' attribute is not declared.", "The 'Length' attribute is not declared."
    }
}

Describe 'The topics' {
    It 'are the same in every language' {
        $names = Get-ChildItem "$($Sim.ModulePath)/en-US/about_*.help.txt" | ForEach-Object Name
        $names | Should -HaveCount 3
        foreach ($culture in Get-HelpCulture $Sim.ModulePath) {
            Get-ChildItem "$($Sim.ModulePath)/$culture/about_*.help.txt" | ForEach-Object Name | Should -Be $names -Because $culture
        }
    }
}

Describe 'The topic <Name> in <Culture>' -ForEach $topics {
    It 'has its synopsis where Get-Help looks for it' {
        $lines = Get-Content $File
        $lines[4] | Should -Match '^ {4}\S'
        $lines[5] | Should -BeNullOrEmpty -Because 'Get-Help shows one line'
        (Get-CultureHelp $Culture $Name).Synopsis | Should -Be $lines[4].Trim()
    }

    It 'says the same as the English one, as far as names and numbers tell' {
        $english = Get-Content "$($Sim.ModulePath)/en-US/$Name.help.txt" -Raw
        (Get-NeutralWord (Get-Content $File -Raw)) -join ' ' | Should -BeExactly ((Get-NeutralWord $english) -join ' ')
    }

    It 'shows the code of the English one' {
        $code = '^ {8,}((\$|[{}]|''\w+,\*|(try|catch|finally|switch) )|(\w+-\w+)( [-|${]|$)).*(?<!\.)$'
        $english = Get-Content "$($Sim.ModulePath)/en-US/$Name.help.txt" | Where-Object { $_ -cmatch $code } | ForEach-Object { Remove-Comment $_ }
        $own = Get-Content $File | ForEach-Object { Remove-Comment $_ }
        foreach ($line in $english) { $own | Should -Contain $line }
    }

    It 'is found by Get-Help' {
        $shown = Get-CultureHelp $Culture $Name | Out-String
        $shown.Trim() -replace '\r' | Should -Be ((Get-Content $File -Raw).Trim() -replace '\r')
    }

    It 'fits a console' {
        Get-Content $File | Where-Object { ($_ -replace '[\u2e80-\u9fff\uff00-\uffef\u2026]', '__').Length -gt 100 } | Should -BeNullOrEmpty
    }

    It 'names only commands and topics that exist' {
        $words = [regex]::Matches((Get-Content $File -Raw), '\b[A-Z][a-z]+-Cse[A-Za-z]*|about_Cse\w+').Value | Select-Object -Unique
        foreach ($word in $words) {
            $word -in (Get-Command -Module CseJobs).Name -or (Test-Path (Join-Path (Split-Path $File) "$word.help.txt")) | Should -BeTrue -Because $word
        }
    }
}

Describe 'The Chinese topic <Name>' -ForEach ($topics | Where-Object Culture -EQ 'zh-CN') {
    It 'is Chinese' {
        foreach ($paragraph in (Get-Content $File -Raw) -split '(?:\r?\n){2,}') {
            # All but code.
            if ($paragraph -notmatch '^ {8}') { $paragraph | Should -Match $chinese }
        }
    }
}

Describe 'The errors in about_CseJobs_Errors' {
    It 'are the same in every language, with their categories' {
        $lists = foreach ($culture in Get-HelpCulture $Sim.ModulePath) {
            $text = Get-Content "$($Sim.ModulePath)/$culture/about_CseJobs_Errors.help.txt" -Raw
            [regex]::Matches($text, '(?m)^    \w+  \(\w+\)\r?$').Value -join "`n"
        }
        ($lists[0] -split '\n').Count | Should -BeGreaterThan 20
        $lists | Select-Object -Unique | Should -HaveCount 1
    }
}

Describe 'The language of the help' {
    It 'is <_> in a process of that culture' -ForEach (Get-HelpCulture $Sim.ModulePath) {
        $wanted = (Get-MamlCommand $Sim.ModulePath $_ Get-CseEngineJob).details.description.para
        # Windows does not take the language from the environment.
        $set = $IsWindows ? "[cultureinfo]::CurrentUICulture = '$_'" : ''
        $output = Invoke-FreshShell "$set; ConvertTo-Json (Get-Help Get-CseEngineJob).Synopsis -EscapeHandling EscapeNonAscii" -NotConnected -Environment @{ LANG = "$($_ -replace '-', '_').UTF-8"; LC_ALL = $null }
        $output | Should -Contain (ConvertTo-Json $wanted -EscapeHandling EscapeNonAscii)
    }

    It 'is English where there is no other' {
        $wanted = (Get-MamlCommand $Sim.ModulePath en-US Get-CseEngineJob).details.description.para
        foreach ($language in 'de-DE', '') {
            $set = $IsWindows ? "[cultureinfo]::CurrentUICulture = '$language'" : ''
            $variables = @{ LANG = ($language ? $language.Replace('-', '_') : 'C') + '.UTF-8'; LC_ALL = $null }
            Invoke-FreshShell "$set; (Get-Help Get-CseEngineJob).Synopsis; (Get-Help about_CseJobs_Errors).Length" -NotConnected -Environment $variables |
                Should -Contain $wanted -Because $language
        }
    }
}
