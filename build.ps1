#requires -Version 7.4

<#
.SYNOPSIS
    The build of CseJobs.
.EXAMPLE
    ./build.ps1
    Builds bin/ and out/CseJobs, the module as users import it, with its help.
.EXAMPLE
    ./build.ps1 -Task Test
    Builds, packs, then runs xunit and Pester. Ends with one line: N passed, N failed, N skipped.
.EXAMPLE
    ./build.ps1 -Task Test -Filter Binding*
    While working: only the Pester files with such a name, and no xunit.
.EXAMPLE
    ./build.ps1 -Task Help
    Makes the help of the cmdlets again, from docs and the built module.
.EXAMPLE
    ./build.ps1 -Task Play
    A PowerShell with the module imported and a session to a simulator of the API.
.EXAMPLE
    ./build.ps1 -Task Package
    Makes out/CseJobs.<version>.nupkg and its bill of materials, then tests them: contents, reproducibility, installation.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Help', 'Test', 'Bench', 'Demo', 'Play', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Test: names of the Pester files to run, with wildcards.
    [string] $Filter,

    # Bench: smaller numbers, for use while working.
    [switch] $Quick,

    # Bench: only these targets, 1 to 4.
    [int[]] $Target,

    # Package: only makes it.
    [switch] $NoTest
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$PSNativeCommandUseErrorActionPreference = $true
$env:DOTNET_CLI_TELEMETRY_OPTOUT = 1
$env:DOTNET_NOLOGO = 1

$root = $PSScriptRoot
$staged = Join-Path $root out CseJobs
$results = Join-Path $root out TestResults
$simulator = Join-Path $root tests CseJobs.Simulator bin $Configuration net10.0 CseJobs.Simulator.dll
$pwsh = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')

# A process of its own: an assembly cannot be unloaded, and the next build could not replace it.
function Invoke-Fresh {
    & $pwsh -NoLogo -NoProfile -File @args
}

function Invoke-Build([string] $Project = "$root/CseJobs.sln") {
    dotnet build $Project -c $Configuration -v quiet -nologo

    $binary = Join-Path $root bin
    Remove-Item $binary, $staged -Recurse -Force -ErrorAction Ignore
    $null = New-Item $binary, $staged -ItemType Directory -Force
    Copy-Item "$root/src/CseJobs/bin/$Configuration/net8.0/CseJobs*.dll" $binary
    foreach ($part in 'CseJobs.psd1', 'bin', 'format', 'en-US', 'zh-CN', 'CHANGELOG.md', 'LICENSE') { Copy-Item "$root/$part" $staged -Recurse }
    # The runbooks; the other samples want the simulator or the sources.
    $null = New-Item "$staged/samples" -ItemType Directory
    Copy-Item "$root/samples/Export-FailedJobReport.ps1", "$root/samples/Watch-EngineUpgrade.ps1" "$staged/samples"
    Invoke-Help

    # One foreign assembly beside the module is enough to break it, or another module in the same session.
    $manifest = Import-PowerShellDataFile "$root/CseJobs.psd1"
    $found = Get-ChildItem $staged -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($staged, $_.FullName).Replace('\', '/') }
    $difference = Compare-Object $manifest.FileList @($found) | ForEach-Object { $_.InputObject + ($_.SideIndicator -eq '=>' ? ' should not be there' : ' is missing') }
    if ($difference) { throw "The module must hold the files of its manifest, no others: $($difference -join ', ')" }
    "Built $(Resolve-Path $staged -Relative), version $($manifest.ModuleVersion)."
}

function Invoke-Help {
    Invoke-Fresh "$root/docs/ConvertTo-Maml.ps1" -Module $staged -Destination $staged
}

function Invoke-Package {
    # What is left of an earlier build would describe another package.
    Remove-Item "$root/out/*.nupkg", "$root/out/*.cdx.json"
    $package = & "$root/packaging/New-Package.ps1" -Module $staged -Destination "$root/out"
    "Packed $(Resolve-Path $package -Relative), $('{0:N0}' -f $package.Length) bytes."
    $bill = & "$root/packaging/New-Sbom.ps1" -Module $staged -Package $package
    "Wrote $(Resolve-Path $bill -Relative)."
}

function Invoke-Bench {
    $benchmarks = Join-Path $root tests CseJobs.Benchmarks
    $built = "bin/$Configuration/net10.0"
    $only = $Target ? @{ Target = $Target } : @{}
    & "$benchmarks/Invoke-Benchmarks.ps1" -Module $staged -Simulator $simulator -Quick:$Quick -Documents "$root/docs" `
        -CSharpLoop "$benchmarks/CSharpLoop/$built/CseJobs.CSharpLoop.dll" -Micro "$benchmarks/Micro/$built/CseJobs.Benchmarks.dll" `
        -EmptyModule "$benchmarks/EmptyModule/bin/$Configuration/net8.0/EmptyModule.psd1" @only
}

function Invoke-Xunit {
    $PSNativeCommandUseErrorActionPreference = $false
    $report = Join-Path $results xunit.xml
    dotnet test "$root/CseJobs.sln" -c $Configuration --no-build --nologo --logger "junit;LogFilePath=$report" -v quiet | Out-Host
    $failed = $LASTEXITCODE
    $count = @{ Passed = 0; Failed = 0; Skipped = 0 }
    if (Test-Path $report) {
        foreach ($suite in ([xml](Get-Content $report -Raw)).testsuites.testsuite) {
            $count.Failed += [int]$suite.failures + [int]$suite.errors
            $count.Skipped += [int]$suite.skipped
            $count.Passed += [int]$suite.tests - [int]$suite.failures - [int]$suite.errors - [int]$suite.skipped
        }
    }
    # A run that broke before it counted anything has failed all the same.
    if (($failed -or -not $count.Passed) -and -not $count.Failed) { $count.Failed = 1 }
    $count
}

function Invoke-PesterSuite {
    $pester = dotnet msbuild "$root/tests/CseJobs.Client.Tests" -getProperty:PkgPester
    Write-Host "PowerShell $($PSVersionTable.PSVersion), $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription), Pester $(Split-Path $pester -Leaf)"
    # Never '*' as an argument: on Unix PowerShell expands it to the names of files.
    $only = $Filter ? @{ Filter = $Filter } : @{}
    & "$root/tests/Pester/Invoke-Suite.ps1" -Pester (Join-Path $pester tools Pester.psd1) -Module $staged -Simulator $simulator -Results $results @only
}

function Invoke-Test([switch] $PesterOnly) {
    Remove-Item $results -Recurse -Force -ErrorAction Ignore
    $null = New-Item $results -ItemType Directory
    # In UTC most faults of time zones stay unseen. This zone is off by three quarters of an hour.
    if (-not $env:TZ) { $env:TZ = 'Asia/Kathmandu'; [TimeZoneInfo]::ClearCachedData() }
    # Processes that live for seconds only: what the runtime prepares for long ones costs a tenth of the time.
    $env:DOTNET_TieredPGO = $env:DOTNET_gcConcurrent = 0
    $counts = @($PesterOnly ? $null : (Invoke-Xunit)) + @(Invoke-PesterSuite) | Where-Object { $_ }
    '{0} passed, {1} failed, {2} skipped' -f ('Passed', 'Failed', 'Skipped' | ForEach-Object { $key = $_; ($counts | ForEach-Object { $_[$key] } | Measure-Object -Sum).Sum })
    if ($counts | Where-Object { $_.Failed }) { exit 1 }
}

Push-Location $root
try {
    switch ($Task) {
        Clean {
            Remove-Item "$root/bin", "$root/out" -Recurse -Force -ErrorAction Ignore
            dotnet clean "$root/CseJobs.sln" -v quiet -nologo
        }
        Build { Invoke-Build }
        Help { Invoke-Help }
        Demo { Invoke-Build; Invoke-Fresh "$root/samples/Demo.ps1" -Module $staged -Simulator $simulator }
        Play { Invoke-Build; Invoke-Fresh "$root/samples/Play.ps1" -Module $staged -Simulator $simulator }
        Bench { Invoke-Build; Invoke-Bench }
        Package {
            # The demo that the tests run wants the simulator as well.
            if ($NoTest) { Invoke-Build "$root/src/CseJobs/CseJobs.csproj" } else { Invoke-Build }
            Invoke-Package
            if (-not $NoTest) { $Filter = 'Package'; Invoke-Test -PesterOnly }
        }
        Test { Invoke-Build; Invoke-Package; Invoke-Test -PesterOnly:([bool]$Filter) }
    }
}
finally {
    Pop-Location
}
