Describe 'The catalogue of errors' {
    BeforeAll {
        $assembly = [CseJobs.CseSession].Assembly
        $catalogue = $assembly.GetType('CseJobs.Errors.ErrorCatalogue', $true).GetProperty('All').GetValue($null) |
            ForEach-Object { [pscustomobject]@{ Id = $_.Id; Category = "$($_.Category)"; Action = $_.Action; Meaning = $_.Meaning } }
        $root = Join-Path $PSScriptRoot .. ..

        # What it says, without the way it is wrapped or escaped.
        function Get-Word([string] $Text) {
            ([System.Net.WebUtility]::HtmlDecode($Text) -replace '\s+', ' ').Trim()
        }

        $readme = foreach ($line in Get-Content (Join-Path $root README.md)) {
            if ($line -match '^\| `(?<id>\w+)` \| (?<category>\w+) \| (?<means>[^|]+) \| (?<do>[^|]+) \|$') {
                [pscustomobject]@{ Id = $Matches.id; Category = $Matches.category; Action = Get-Word $Matches.do; Meaning = Get-Word $Matches.means }
            }
        }
        $topic = Get-Help about_CseJobs_Errors | Out-String -Width 500
        $help = foreach ($entry in [regex]::Matches($topic, '(?ms)^    (?<id>\w+)  \((?<category>\w+)\)\s*$(?<means>.+?)^\s+Do: (?<do>.+?)(?=^\s*$|\z)')) {
            [pscustomobject]@{
                Id = $entry.Groups['id'].Value; Category = $entry.Groups['category'].Value
                Action = Get-Word $entry.Groups['do'].Value; Meaning = Get-Word $entry.Groups['means'].Value
            }
        }
        $tables = @{ 'README.md' = @($readme); 'about_CseJobs_Errors' = @($help) }
    }

    It 'has every id of the code, and no other, in <_>' -ForEach 'README.md', 'about_CseJobs_Errors' {
        $catalogue.Count | Should -BeGreaterThan 15
        $tables[$_].Id | Should -Be $catalogue.Id
    }

    It 'says the same about each as the code does, in <_>' -ForEach 'README.md', 'about_CseJobs_Errors' {
        foreach ($entry in $catalogue) {
            $row = $tables[$_].Where{ $_.Id -ceq $entry.Id }
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

    It 'is where every id in the source comes from' {
        $source = Get-ChildItem (Join-Path $root src CseJobs) -Filter *.cs -Recurse | Where-Object FullName -NotMatch '[\\/](obj|bin)[\\/]'
        # One place makes records, and it takes the id from an entry.
        $makers = @($source | Select-String '\bnew ErrorRecord\(|\bErrorRecord \w+\(.*=> new\(')
        $makers.Filename | Should -Be 'ErrorRecords.cs'
        $makers.Line | Should -BeLike '*=> new(error, entry.Id, entry.Category, target)'
        foreach ($name in ($source | Select-String 'ErrorCatalogue\.([A-Z]\w+)' -AllMatches).Matches.ForEach{ $_.Groups[1].Value } | Select-Object -Unique) {
            $name | Should -BeIn (@($catalogue.Id) + 'For', 'All')
        }
    }

    It 'is found by Get-Help as a topic of the module' {
        $topic | Should -BeLike '*about_CseJobs_Errors*-OperationTimeoutSec*'
        Join-Path (Get-Module CseJobs).ModuleBase en-US about_CseJobs_Errors.help.txt | Should -Exist
    }
}
