#requires -Version 7.4

<#
.SYNOPSIS
    Writes the bill of materials of the package beside it (CycloneDX), and returns its path.
.DESCRIPTION
    cdxgen reads what the restore resolved. Of that only what the package holds is kept, each with its file and licence. What would differ
    from run to run (number, time, folders of this machine) comes from the package and the commit instead, so that it is reproducible, too.
    It needs Node.js with npx; the caller has to find out whether they are there.
#>
[CmdletBinding()]
[OutputType([System.IO.FileInfo])]
param(
    # Folder of the staged module.
    [Parameter(Mandatory)] [string] $Module,

    # The package that it describes.
    [Parameter(Mandatory)] [string] $Package
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$PSNativeCommandUseErrorActionPreference = $true

$tool = '@cyclonedx/cdxgen@12.8.4'
$root = Split-Path $PSScriptRoot
$manifest = Import-PowerShellDataFile (Join-Path $Module CseJobs.psd1)
$file = [System.IO.Path]::ChangeExtension($Package, '.cdx.json')

# The licence that a NuGet package declares, as an expression or, before there were such, as an address.
function Get-License([string] $Name, [string] $Version) {
    $folder = (dotnet nuget locals global-packages --list) -replace '^global-packages: '
    $nuspec = ([xml](Get-Content (Join-Path $folder $Name.ToLowerInvariant() $Version "$($Name.ToLowerInvariant()).nuspec") -Raw)).package.metadata
    $declared = $nuspec.SelectSingleNode("*[local-name() = 'license' and @type = 'expression']")
    if ($declared) { @{ expression = $declared.InnerText } } else { @{ license = [ordered]@{ name = 'see the address'; url = $nuspec.licenseUrl } } }
}

Push-Location $root
try {
    # It reports to the console; what counts is the exit code and the file.
    npx --yes --package $tool cdxgen --type dotnet --no-install-deps --author $manifest.Author --spec-version 1.6 --output $file src/CseJobs.Client *>&1 | Write-Verbose
}
finally {
    Pop-Location
}
$bom = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable

$hash = (Get-FileHash $Package).Hash.ToLowerInvariant()
$commitTime = & (Join-Path $PSScriptRoot Get-CommitTime.ps1)
$purl = "pkg:nuget/CseJobs@$($manifest.ModuleVersion)"
$bom.serialNumber = "urn:uuid:$([guid]::new($hash.Substring(0, 32)))"
$bom.metadata.timestamp = [DateTimeOffset]::FromUnixTimeSeconds($commitTime).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")
$bom.metadata.lifecycles = @(@{ phase = 'build' })
$bom.metadata.Remove('properties')
$bom.metadata.component = [ordered]@{
    'type'        = 'library'
    'bom-ref'     = $purl
    'name'        = 'CseJobs'
    'version'     = $manifest.ModuleVersion
    'description' = $manifest.Description
    'hashes'      = @([ordered]@{ alg = 'SHA-256'; content = $hash })
    'licenses'    = @(@{ license = @{ id = 'MIT' } })
    'purl'        = $purl
}
$bom.Remove('annotations')

$kept = foreach ($component in $bom.components) {
    $assembly = "bin/desktop/$($component.name).dll"
    if ($assembly -notin $manifest.FileList) { continue }
    $component.Remove('evidence')
    $component.properties = @([ordered]@{ name = 'csejobs:file'; value = $assembly })
    $component.licenses = @(Get-License $component.name $component.version)
    $component
}
$bom.components = @($kept)
$references = @($kept.'bom-ref')
$bom.dependencies = @(
    [ordered]@{ ref = $purl; dependsOn = @($references | Where-Object { $_ -like 'pkg:nuget/System.Text.Json@*' }) }
    foreach ($dependency in $bom.dependencies | Where-Object { $_.ref -in $references }) {
        [ordered]@{ ref = $dependency.ref; dependsOn = @($dependency.dependsOn | Where-Object { $_ -in $references }) }
    }
)

ConvertTo-Json $bom -Depth 10 | Set-Content $file
npx --yes --package $tool cdx-validate --input $file --strict --fail-severity critical --report json *>&1 | Write-Verbose
Get-Item $file
