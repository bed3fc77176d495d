#requires -Version 7.4

<#
.SYNOPSIS
    Packs the staged module as the PowerShell Gallery takes it, and returns the package's path.
.DESCRIPTION
    Metadata come from the module manifest alone. NuGet packs deterministically; the time in the package is the commit's, so that two
    builds of one commit are the same byte for byte.
#>
[CmdletBinding()]
[OutputType([System.IO.FileInfo])]
param(
    # Folder of the staged module.
    [Parameter(Mandatory)] [string] $Module,

    # Folder that gets CseJobs.<version>.nupkg.
    [Parameter(Mandatory)] [string] $Destination
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$PSNativeCommandUseErrorActionPreference = $true

$manifest = Import-PowerShellDataFile (Join-Path $Module CseJobs.psd1)
$gallery = $manifest.PrivateData.PSData
# What Find-Module and Find-Command search by.
$tags = @('PSModule') + $gallery.Tags + 'PSIncludes_Cmdlet' + ($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })

$metadata = [ordered]@{
    id                       = 'CseJobs'
    version                  = $manifest.ModuleVersion
    authors                  = $manifest.Author
    owners                   = $manifest.CompanyName
    requireLicenseAcceptance = 'false'
    licenseUrl               = $gallery.LicenseUri
    projectUrl               = $gallery.ProjectUri
    description              = $manifest.Description
    releaseNotes             = $gallery.ReleaseNotes
    copyright                = $manifest.Copyright
    tags                     = $tags -join ' '
}

$work = Join-Path ([System.IO.Path]::GetTempPath()) "csejobs-pack-$([guid]::NewGuid().ToString('n'))"
$null = New-Item $work -ItemType Directory
try {
    $nuspec = Join-Path $work CseJobs.nuspec
    $writer = [System.Xml.XmlWriter]::Create($nuspec, [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n" })
    $writer.WriteStartElement('package', 'http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd')
    $writer.WriteStartElement('metadata')
    foreach ($element in $metadata.GetEnumerator()) { $writer.WriteElementString($element.Key, $element.Value) }
    $writer.WriteEndElement()
    $writer.WriteStartElement('files')
    foreach ($file in $manifest.FileList | Sort-Object -Culture ([cultureinfo]::InvariantCulture)) {
        $writer.WriteStartElement('file')
        $writer.WriteAttributeString('src', $file)
        $writer.WriteAttributeString('target', $file)
        $writer.WriteEndElement()
    }
    $writer.Close()

    $env:SOURCE_DATE_EPOCH = & (Join-Path $PSScriptRoot Get-CommitTime.ps1)
    dotnet pack (Join-Path $PSScriptRoot CseJobs.Package.csproj) --output $work --nologo -v quiet -p:Deterministic=true "-p:NuspecFile=$nuspec" "-p:NuspecBasePath=$((Resolve-Path $Module).Path)"

    $null = New-Item $Destination -ItemType Directory -Force
    Copy-Item (Join-Path $work "CseJobs.$($manifest.ModuleVersion).nupkg") $Destination -PassThru
}
finally {
    Remove-Item Env:SOURCE_DATE_EPOCH -ErrorAction Ignore
    Remove-Item $work -Recurse -Force
}
