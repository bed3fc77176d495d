BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $cmdlets = 'Connect-Cse', 'Disconnect-Cse', 'Export-CseEngineJobReport', 'Get-CseEngine', 'Get-CseEngineJob', 'Get-CseSession', 'Measure-CseEngineJob', 'Restart-CseEngineJob', 'Select-CseSession', 'Test-CseSession', 'Wait-CseEngineJob', 'Watch-CseEngineJob'
    $pwsh = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
}

Describe 'The module' {
    It 'has a valid manifest that exports the cmdlets and nothing else' {
        $manifest = Test-ModuleManifest (Join-Path $Sim.ModulePath CseJobs.psd1) -ErrorAction Stop -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $manifest.ExportedCmdlets.Keys | Sort-Object | Should -Be $cmdlets
        $manifest.ExportedFunctions.Count + $manifest.ExportedAliases.Count + $manifest.ExportedVariables.Count | Should -Be 0
        $manifest.PowerShellVersion | Should -Be ([version]'7.4')
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'imports from <Place>' -ForEach @(
        @{ Place = 'the built module, by a path relative to the current directory'; Directory = { Split-Path $Sim.ModulePath }; Path = { './CseJobs/CseJobs.psd1' } }
        @{ Place = 'the built module, in any current directory'; Directory = { [System.IO.Path]::GetTempPath() }; Path = { $Sim.ModulePath } }
        @{ Place = 'the root of the repository'; Directory = { $root }; Path = { './CseJobs.psd1' } }
    ) {
        $output = & $pwsh -NoLogo -NoProfile -NonInteractive -WorkingDirectory (& $Directory) -Command @"
            Import-Module '$(& $Path)' -ErrorAction Stop
            "commands: `$((Get-Command -Module CseJobs | Sort-Object Name).Name)"
            "views: `$((Get-FormatData CseJobs.EngineJob -PowerShellVersion `$PSVersionTable.PSVersion).FormatViewDefinition.Count)"
            "endpoint: `$((Connect-Cse -Region cn-north-4 -ProjectId p -Token t).Endpoint)"
            "errors: `$(`$Error.Count)"
"@
        $output | Should -Contain "commands: $cmdlets"
        $output | Should -Contain 'views: 5'
        $output | Should -Contain 'endpoint: https://cse.cn-north-4.myhuaweicloud.com/'
        $output | Should -Contain 'errors: 0'
    }

    It 'has its types at hand as soon as it is imported' {
        $output = & $pwsh -NoLogo -NoProfile -NonInteractive -Command @"
            Import-Module '$($Sim.ModulePath)'
            'CseJobs.CseSession', 'CseJobs.Engine', 'CseJobs.EngineJob', 'CseJobs.JobPhase', 'CseJobs.JobTask', 'CseJobs.JobStatus', 'CseJobs.JobType' | Where-Object { -not (`$_ -as [type]) }
"@
        $output | Should -BeNullOrEmpty
    }

    It 'can be imported again' {
        $output = Invoke-FreshShell "Import-Module '$($Sim.ModulePath)' -Force; `$null = Connect-Cse -Region cn-north-4 -ProjectId p -Token t; (Get-CseSession).Endpoint.Host"
        $output | Should -Be 'cse.cn-north-4.myhuaweicloud.com', ''
    }

    It 'is nothing but its own files' {
        $files = Get-ChildItem $Sim.ModulePath -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($Sim.ModulePath, $_.FullName).Replace('\', '/') } | Sort-Object
        $files.Where{ $_ -like 'bin/*' } | Should -Be 'bin/CseJobs.Client.dll', 'bin/CseJobs.dll'
        $files.Where{ $_ -like 'format/*' } | Sort-Object | Should -Be 'format/CseJobs.Format.ps1xml', 'format/CseJobs.Types.ps1xml'
        $files | Should -Be ((Import-PowerShellDataFile (Join-Path $Sim.ModulePath CseJobs.psd1)).FileList | Sort-Object)
    }
}
