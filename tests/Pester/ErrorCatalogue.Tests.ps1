Describe 'The catalogue of errors' {
    BeforeAll {
        $assembly = [CseJobs.CseSession].Assembly
        $catalogue = $assembly.GetType('CseJobs.Errors.ErrorCatalogue', $true).GetProperty('All').GetValue($null) |
            ForEach-Object { [pscustomobject]@{ Id = $_.Id; Category = "$($_.Category)"; Action = $_.Action; Meaning = $_.Meaning } }

        # What it says, without the way it is wrapped.
        function Get-Word([string] $Text) {
            ($Text -replace '\s+', ' ').Trim()
        }

        # The file: Get-Help takes the one of the user's language.
        $topic = Get-Content (Join-Path $Sim.ModulePath en-US about_CseJobs_Errors.help.txt) -Raw
        $help = foreach ($entry in [regex]::Matches($topic, '(?ms)^    (?<id>\w+)  \((?<category>\w+)\)\s*$(?<means>.+?)^\s+Do: (?<do>.+?)(?=^\s*$|\z)')) {
            [pscustomobject]@{
                Id = $entry.Groups['id'].Value; Category = $entry.Groups['category'].Value
                Action = Get-Word $entry.Groups['do'].Value; Meaning = Get-Word $entry.Groups['means'].Value
            }
        }
    }

    It 'is whole in the topic about_CseJobs_Errors' {
        $catalogue.Count | Should -BeGreaterThan 15
        $help.Id | Should -Be $catalogue.Id
    }

    It 'says the same about each as the topic' {
        foreach ($entry in $catalogue) {
            $row = $help.Where{ $_.Id -ceq $entry.Id }
            $row.Category | Should -BeExactly $entry.Category -Because $entry.Id
            $row.Action | Should -BeExactly $entry.Action -Because $entry.Id
            $row.Meaning | Should -BeExactly $entry.Meaning -Because $entry.Id
        }
    }

    It 'has a category of PowerShell''s for each' {
        foreach ($entry in $catalogue) { $entry.Category | Should -BeIn ([System.Management.Automation.ErrorCategory].GetEnumNames()) }
    }

    It 'has every reason of the client' {
        [enum]::GetNames([CseJobs.Client.CseErrorReason]) | Where-Object { $_ -notin $catalogue.Id } | Should -BeNullOrEmpty
    }

    It 'has a text for each in Chinese, and shows it in the topic' {
        $chinese = Import-PowerShellDataFile (Join-Path $PSScriptRoot .. .. docs zh-CN errors.psd1)
        # Wherever a line is wrapped.
        $topic = (Get-Content (Join-Path $Sim.ModulePath zh-CN about_CseJobs_Errors.help.txt) -Raw) -replace '\s'
        $chinese.Keys | Sort-Object | Should -Be ($catalogue.Id | Sort-Object)
        foreach ($entry in $catalogue) {
            $texts = $chinese[$entry.Id]
            $texts.Meaning, $texts.Action | Should -Match '[\u4e00-\u9fff]' -Because $entry.Id
            $topic | Should -BeLike "*$([wildcardpattern]::Escape("$($entry.Id)($($entry.Category))$($texts.Meaning)处理：$($texts.Action)" -replace '\s'))*"
        }
    }

    It 'is found by Get-Help as a topic of the module' {
        Get-Help about_CseJobs_Errors | Out-String -Width 500 | Should -BeLike '*about_CseJobs_Errors*-OperationTimeoutSec*'
        Join-Path (Get-Module CseJobs).ModuleBase en-US about_CseJobs_Errors.help.txt | Should -Exist
    }
}
