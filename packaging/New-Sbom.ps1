#requires -Version 7.4

<#
.SYNOPSIS
    Writes the bill of materials of the package beside it (CycloneDX), and returns its path.
.DESCRIPTION
    The CycloneDX tool reads what the restore resolved. What would differ from run to run (number, time) comes from the package and the
    commit instead, so that it is reproducible, too.
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

$manifest = Import-PowerShellDataFile (Join-Path $Module CseJobs.psd1)
$file = [System.IO.Path]::ChangeExtension($Package, '.cdx.json')

# PowerShellStandard.Library is what the module is compiled against; the package does not hold it.
Push-Location (Split-Path $PSScriptRoot)
try {
    dotnet tool restore | Write-Verbose
    dotnet tool run dotnet-CycloneDX -- src/CseJobs/CseJobs.csproj --output (Split-Path $file) --filename (Split-Path $file -Leaf) --output-format Json `
        --spec-version 1.6 --no-serial-number --disable-package-restore --include-project-references --exclude-filter PowerShellStandard.Library `
        --set-name CseJobs --set-version $manifest.ModuleVersion --set-type Library | Write-Verbose
}
finally {
    Pop-Location
}
$bill = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable

$hash = (Get-FileHash $Package).Hash.ToLowerInvariant()
$bill.serialNumber = "urn:uuid:$([guid]::new($hash.Substring(0, 32)))"
$bill.metadata.timestamp = [DateTimeOffset]::FromUnixTimeSeconds((& (Join-Path $PSScriptRoot Get-CommitTime.ps1))).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")
$component = $bill.metadata.component
$component.description = $manifest.Description
$component.hashes = @([ordered]@{ alg = 'SHA-256'; content = $hash })
$component.licenses = @(@{ license = @{ id = 'MIT' } })
# The module is not on nuget.org: the qualifier says which repository the name is one of.
$component.purl = "pkg:nuget/CseJobs@$($manifest.ModuleVersion)?repository_url=https://www.powershellgallery.com/api/v2"
ConvertTo-Json $bill -Depth 10 | Set-Content $file
Get-Item $file
