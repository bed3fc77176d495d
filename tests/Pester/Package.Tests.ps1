# What the PowerShell Gallery would be given: made by packaging/New-Package.ps1 before the tests run.
BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $hasRepository = (Test-Path (Join-Path $root .git)) -and (Get-Command git -ErrorAction Ignore) -and (git -C $root rev-parse HEAD 2>$null)
    $hasInstaller = [bool](Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)
    # Install-PSResource asks the system for the user's folder; only a Unix process can be given another one, by HOME.
    $hasOwnHome = -not $IsWindows
    if ($IsWindows) { Write-Host 'Skipped: installing the package. On Windows it would land among the user''s own modules.' }
    elseif (-not $hasInstaller) { Write-Host 'Skipped: installing the package. This PowerShell lacks Microsoft.PowerShell.PSResourceGet, which 7.4 and later bring.' }
    if (-not $hasRepository) { Write-Host 'Skipped: building it again in another folder. This is no git work tree.' }
}

BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $pwsh = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    $manifest = Import-PowerShellDataFile (Join-Path $Sim.ModulePath CseJobs.psd1)
    $package = Join-Path (Split-Path $Sim.ModulePath) "CseJobs.$($manifest.ModuleVersion).nupkg"
    $configuration = Split-Path (Split-Path (Split-Path $Sim.SimulatorPath)) -Leaf
    $opened = Join-Path $TestDrive opened
    [System.IO.Compression.ZipFile]::ExtractToDirectory($package, $opened)
    $nuspec = ([xml](Get-Content (Join-Path $opened CseJobs.nuspec) -Raw)).package.metadata

    function Get-RelativeFile([string] $Folder) {
        Get-ChildItem $Folder -Recurse -File -Force | ForEach-Object { [System.IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/') } | Sort-Object
    }

    # A process of a user who has no modules yet, and of a machine that has none but PowerShell's own.
    function Invoke-AsNewUser([string] $Script) {
        $null = New-Item $modules -ItemType Directory -Force
        $installer = (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable | Sort-Object Version -Descending | Select-Object -First 1).Path
        $before = $env:HOME
        $env:HOME = $newHome
        try {
            $all = "`$ErrorActionPreference = 'Stop'; `$env:PSModulePath = '$modules', '$(Join-Path $PSHOME Modules)' -join [System.IO.Path]::PathSeparator"
            if ($installer) { $all += "; Import-Module '$installer'" }
            & $pwsh -NoLogo -NoProfile -NonInteractive -Command "$all`n$Script" 2>&1 | ForEach-Object { "$_" }
        }
        finally {
            $env:HOME = $before
        }
    }

    function Show-Output([string] $Title, [string[]] $Line) {
        Write-Host "  $Title" -ForegroundColor Cyan
        $Line | ForEach-Object { Write-Host "    $_" }
    }
}

Describe 'The package' {
    It 'holds the files of the manifest''s FileList and no others, as they were built' {
        $files = Get-RelativeFile $opened | Where-Object { $_ -notmatch '^(_rels/|package/|CseJobs\.nuspec$)' -and $_ -ne '[Content_Types].xml' }
        $files | Should -Be ($manifest.FileList | Sort-Object)
        Get-RelativeFile $Sim.ModulePath | Should -Be $files
        foreach ($file in $files) {
            (Get-FileHash -LiteralPath (Join-Path $opened $file)).Hash | Should -Be (Get-FileHash (Join-Path $Sim.ModulePath $file)).Hash -Because $file
        }
    }

    It 'says of itself what the manifest says' {
        $gallery = $manifest.PrivateData.PSData
        $nuspec.id | Should -BeExactly 'CseJobs'
        $nuspec.version | Should -Be $manifest.ModuleVersion
        $nuspec.authors | Should -Be $manifest.Author
        $nuspec.owners | Should -Be $manifest.CompanyName
        $nuspec.description | Should -Be $manifest.Description
        $nuspec.copyright | Should -Be $manifest.Copyright
        $nuspec.licenseUrl | Should -Be $gallery.LicenseUri
        $nuspec.projectUrl | Should -Be $gallery.ProjectUri
        $nuspec.releaseNotes | Should -Be $gallery.ReleaseNotes
        $tags = $nuspec.tags -split ' '
        $gallery.Tags | Where-Object { $_ -notin $tags } | Should -BeNullOrEmpty
        $tags | Should -Contain 'PSModule'
        $manifest.CmdletsToExport | Where-Object { "PSCmdlet_$_" -notin $tags -or "PSCommand_$_" -notin $tags } | Should -BeNullOrEmpty
        # The Gallery's limit for all tags together.
        $nuspec.tags.Length | Should -BeLessThan 4000
    }

    It 'is the same byte for byte, with its bill of materials, when it is built in another folder' -Skip:(-not $hasRepository) {
        $clone = Join-Path $TestDrive the-second-in-a-longer-folder
        git clone --quiet $root $clone 2>&1 | Write-Debug
        # The address of origin may get into the symbols.
        $origin = git -C $root remote get-url origin 2>$null
        if ($origin) { git -C $clone remote set-url origin $origin } else { git -C $clone remote remove origin }
        # What was built for this run is the work tree as it is, changes included.
        foreach ($file in (git -C $root ls-files --modified --others --exclude-standard -z) -split "`0" | Where-Object { $_ }) {
            $from, $to = (Join-Path $root $file), (Join-Path $clone $file)
            $null = New-Item (Split-Path $to) -ItemType Directory -Force
            if (Test-Path -LiteralPath $from) { Copy-Item -LiteralPath $from $to } else { Remove-Item -LiteralPath $to }
        }

        $output = & $pwsh -NoLogo -NoProfile -NonInteractive -File (Join-Path $clone build.ps1) -Task Package -NoTest -Configuration $configuration 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        foreach ($made in $package, [System.IO.Path]::ChangeExtension($package, '.cdx.json')) {
            $hashes = (Get-FileHash $made).Hash, (Get-FileHash (Join-Path $clone out (Split-Path $made -Leaf))).Hash
            Show-Output "SHA-256 of two builds of $(Split-Path $made -Leaf)" $hashes
            $hashes[0] | Should -Be $hashes[1]
        }
    }
}

Describe 'The package in a repository of one folder' -Skip:(-not ($hasInstaller -and $hasOwnHome)) {
    BeforeAll {
        $newHome = Join-Path $TestDrive home
        $modules = Join-Path $newHome .local share powershell Modules
        $gallery = Join-Path $TestDrive gallery
        $null = New-Item $gallery -ItemType Directory
        Copy-Item $package $gallery
    }

    It 'is found, installed into an empty module path, imported by name, shown and uninstalled' {
        $installed = Invoke-AsNewUser @"
            "before: `$((Get-Module CseJobs -ListAvailable).Count) on the module path"
            Register-PSResourceRepository -Name Folder -Uri '$gallery' -Trusted
            `$found = Find-PSResource CseJobs -Repository Folder
            "found: `$(`$found.Name) `$(`$found.Version) by `$(`$found.Author)"
            Install-PSResource CseJobs -Repository Folder -Quiet
            `$module = Get-Module CseJobs -ListAvailable
            "installed: `$(`$module.Name) `$(`$module.Version)"
            "folder: `$(`$module.ModuleBase)"
"@
        Show-Output 'Install-PSResource CseJobs' $installed
        $installed | Should -Contain 'before: 0 on the module path'
        $installed | Should -Contain "found: CseJobs $($manifest.ModuleVersion) by $($manifest.Author)"
        $installed | Should -Contain "installed: CseJobs $($manifest.ModuleVersion)"
        $installed | Should -Contain "folder: $(Join-Path $modules CseJobs $manifest.ModuleVersion)"

        $demo = Invoke-AsNewUser "& '$(Join-Path $root samples Demo.ps1)' -Module CseJobs -Simulator '$($Sim.SimulatorPath)'; `"from: `$((Get-Module CseJobs).ModuleBase)`"; `"errors: `$(`$Error.Count)`""
        Show-Output 'samples/Demo.ps1 -Module CseJobs' $demo
        ($demo -join "`n") | Should -Match '(?s)PS> Get-CseEngineJob -First 8.*Finished.*PS> Get-CseEngine\b.*prod-inventory.*Restart-CseEngineJob.*Finished'
        $demo | Should -Contain "from: $(Join-Path $modules CseJobs $manifest.ModuleVersion)"
        $demo | Should -Contain 'errors: 0'

        $removed = Invoke-AsNewUser @'
            Uninstall-PSResource CseJobs
            "after: $((Get-Module CseJobs -ListAvailable).Count) on the module path"
'@
        Show-Output 'Uninstall-PSResource CseJobs' $removed
        $removed | Should -Contain 'after: 0 on the module path'
        Get-ChildItem $modules -Filter CseJobs | Should -BeNullOrEmpty
    }
}

Describe 'The bill of materials' {
    BeforeAll {
        $bill = Get-Content ([System.IO.Path]::ChangeExtension($package, '.cdx.json')) -Raw
        $content = $bill | ConvertFrom-Json
    }

    It 'describes this package, and says which repository its name is one of' {
        $content.metadata.component.version | Should -Be $manifest.ModuleVersion
        $content.metadata.component.hashes[0].content | Should -Be (Get-FileHash $package).Hash
        $content.metadata.component.purl | Should -Be "pkg:nuget/CseJobs@$($manifest.ModuleVersion)?repository_url=https://www.powershellgallery.com/api/v2"
    }

    It 'names each assembly of the package and nothing else' {
        $named = @($content.metadata.component.name) + $content.components.name
        $named | Sort-Object | Should -Be ($manifest.FileList -like '*.dll' | ForEach-Object { [System.IO.Path]::GetFileNameWithoutExtension($_) } | Sort-Object)
        ($content.dependencies | Where-Object ref -EQ $content.metadata.component.'bom-ref').dependsOn | Should -Be $content.components.'bom-ref'
    }
}
