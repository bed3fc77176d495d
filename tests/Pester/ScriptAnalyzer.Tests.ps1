# PSScriptAnalyzer over every script of this repository, with the settings in its root.
BeforeDiscovery {
    # Imported, not just found: one copy can be made for another PowerShell than this one.
    $hasAnalyzer = try { $null = Import-Module PSScriptAnalyzer -MinimumVersion 1.24 -ErrorAction Stop; $true } catch { $false }
    if (-not $hasAnalyzer) { Write-Host 'Skipped: the analysis of the scripts. There is no PSScriptAnalyzer 1.24 or later for this PowerShell.' }
}

BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $settings = Join-Path $root PSScriptAnalyzerSettings.psd1
    # Nothing that is made or fetched here: those folders are in .gitignore.
    $scripts = Get-ChildItem $root -Recurse -Include *.ps1, *.psm1, *.psd1 |
        Where-Object { [System.IO.Path]::GetRelativePath($root, $_.FullName) -notmatch '(^|[\\/])(bin|obj|out|TestResults|BenchmarkDotNet\.Artifacts)[\\/]' }

    function Get-Finding([System.IO.FileInfo[]] $File, [object] $Settings) {
        $File | Invoke-ScriptAnalyzer -Settings $Settings | ForEach-Object { '{0}:{1} {2}: {3}' -f $_.ScriptName, $_.Line, $_.RuleName, $_.Message }
    }
}

Describe 'The scripts of this repository' -Skip:(-not $hasAnalyzer) {
    It 'hold nothing that PSScriptAnalyzer finds' {
        $scripts.Name | Should -Contain 'build.ps1'
        $scripts.Name | Should -Contain 'TestTools.psm1'
        Get-Finding $scripts $settings | Should -BeNullOrEmpty
    }

    It 'set no variable that is not read, where no Pester blocks share them' {
        $others = $scripts | Where-Object DirectoryName -NE $PSScriptRoot
        Get-Finding $others @{ IncludeRules = @('PSUseDeclaredVarsMoreThanAssignments') } | Should -BeNullOrEmpty
    }

    It 'are searched with rules that find what is wrong' {
        $wrong = Join-Path $TestDrive Wrong.ps1
        Set-Content $wrong 'function Get-Things { gci $env:HOME; ConvertTo-SecureString secret -AsPlainText }'
        $found = Invoke-ScriptAnalyzer $wrong -Settings $settings
        $found.RuleName | Sort-Object | Should -Be 'PSAvoidUsingCmdletAliases', 'PSAvoidUsingConvertToSecureStringWithPlainText', 'PSUseSingularNouns'
    }
}
