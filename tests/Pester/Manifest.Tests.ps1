# The rules of the PowerShell Gallery for publishing, and that facts stand in one place.
BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $manifest = Import-PowerShellDataFile (Join-Path $Sim.ModulePath CseJobs.psd1)
    $gallery = $manifest.PrivateData.PSData
    $assemblies = 'CseJobs.dll', 'CseJobs.Client.dll' | ForEach-Object { Get-Item (Join-Path $Sim.ModulePath bin $_) }
}

Describe 'The manifest' {
    It 'tells <_>, which the Gallery asks for' -ForEach 'ModuleVersion', 'GUID', 'Author', 'CompanyName', 'Copyright', 'Description', 'PowerShellVersion' {
        $manifest[$_] | Should -Not -BeNullOrEmpty
    }

    It 'tells <_>, which the Gallery asks for, too' -ForEach 'Tags', 'LicenseUri', 'ProjectUri', 'ReleaseNotes' {
        $gallery[$_] | Should -Not -BeNullOrEmpty
    }

    It 'has addresses that a browser can open' {
        foreach ($address in $gallery.LicenseUri, $gallery.ProjectUri) {
            ([uri]$address).IsAbsoluteUri | Should -BeTrue
            ([uri]$address).Scheme | Should -Be 'https'
        }
    }

    It 'has tags of one word each, none twice' {
        $gallery.Tags | Where-Object { $_ -notmatch '^[A-Za-z0-9_.-]+$' } | Should -BeNullOrEmpty
        $gallery.Tags | Group-Object | Where-Object Count -GT 1 | Should -BeNullOrEmpty
    }

    It 'claims the same editions in CompatiblePSEditions and in its tags' {
        $gallery.Tags -like 'PSEdition_*' -replace '^PSEdition_' | Sort-Object | Should -Be ($manifest.CompatiblePSEditions | Sort-Object)
    }

    It 'lists its exports one by one' {
        foreach ($key in 'CmdletsToExport', 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
            $manifest.Keys | Should -Contain $key
            $manifest[$key] | Where-Object { [wildcardpattern]::ContainsWildcardCharacters($_) } | Should -BeNullOrEmpty
        }
    }

    It 'exports exactly the cmdlets that the assembly has' {
        $types = (Get-Command Get-CseEngineJob).ImplementingType.Assembly.GetTypes()
        $attributes = $types | ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) }
        $attributes | ForEach-Object { "$($_.VerbName)-$($_.NounName)" } | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'uses approved verbs' {
        $manifest.CmdletsToExport -replace '-.*' | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
    }
}

Describe 'The version' {
    It 'is the manifest''s in the assemblies, too' {
        foreach ($assembly in $assemblies) {
            [System.Reflection.AssemblyName]::GetAssemblyName($assembly.FullName).Version | Should -Be ([version]"$($manifest.ModuleVersion).0")
            $assembly.VersionInfo.ProductVersion | Should -BeLike "$($manifest.ModuleVersion)*"
        }
    }

    It 'heads the changelog, unless the changes are not released yet' {
        $first = (Select-String -Path (Join-Path $Sim.ModulePath CHANGELOG.md) -Pattern '^## \[(.+?)\]')[0].Matches.Groups[1].Value
        $first | Should -BeIn 'Unreleased', $manifest.ModuleVersion
    }

    It 'is written in no other file of the build' {
        $version = [regex]::Escape($manifest.ModuleVersion)
        $files = Get-ChildItem $root -File -Include *.csproj, *.props, *.targets, *.ps1, *.sh, *.psm1, *.yml, *.yaml, *.sln -Recurse -Force |
            Where-Object { $_.FullName -notmatch '[\\/](bin|obj|out)[\\/]' }
        $files | Should -Not -BeNullOrEmpty
        $files | Select-String -Pattern "(?<![\d.])$version(?![\d.])" | Should -BeNullOrEmpty
    }
}
