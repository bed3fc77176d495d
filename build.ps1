#requires -Version 7.4

<#
.SYNOPSIS
    The build of CseJobs.
.EXAMPLE
    ./build.ps1
    Builds bin/ and out/CseJobs, the module as users import it.
.EXAMPLE
    ./build.ps1 -Task Test
    Builds, then runs xunit and Pester. Ends with one line: N passed, N failed, N skipped.
.EXAMPLE
    ./build.ps1 -Task Test -Filter Binding*
    While working: only the Pester files with such a name, and no xunit.
.EXAMPLE
    ./build.ps1 -Task Help
    Makes the help of the cmdlets again, from docs and the built module.
.EXAMPLE
    ./build.ps1 -Task Package
    Makes out/CseJobs.<version>.nupkg and its bill of materials, then tests it: contents, reproducibility, installation.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Help', 'Test', 'Bench', 'Demo', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Test: names of the Pester files to run, with wildcards.
    [string] $Filter,

    # Bench: smaller numbers, for use while working.
    [switch] $Quick,

    # Bench: only these targets, 1 to 7.
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
$simulator = Join-Path $root tests CseJobs.Simulator bin $Configuration net10.0 CseJobs.Simulator.dll
$pwsh = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')

function Invoke-Build([string] $Project = "$root/CseJobs.sln") {
    dotnet build $Project -c $Configuration -v quiet -nologo

    $binary = Join-Path $root bin
    Remove-Item $binary, $staged -Recurse -Force -ErrorAction Ignore
    $null = New-Item "$binary/desktop", $staged -ItemType Directory -Force
    Copy-Item "$root/src/CseJobs/bin/$Configuration/netstandard2.0/CseJobs*.dll" $binary
    Copy-Item "$root/src/CseJobs.Client/bin/$Configuration/netstandard2.0/desktop/*.dll" "$binary/desktop"
    foreach ($part in 'CseJobs.psd1', 'bin', 'format', 'en-US', 'zh-CN', 'CHANGELOG.md', 'LICENSE', 'THIRD-PARTY-NOTICES.txt') {
        if (Test-Path "$root/$part") { Copy-Item "$root/$part" $staged -Recurse }
    }

    # One foreign assembly beside the module is enough to break it, or another module in the same session. What only Windows
    # PowerShell needs lies apart, where PowerShell 7 never looks. The manifest names them all.
    $manifest = Import-PowerShellDataFile "$root/CseJobs.psd1"
    $found = Get-ChildItem $staged -Recurse -Filter *.dll | ForEach-Object { [System.IO.Path]::GetRelativePath($staged, $_.FullName).Replace('\', '/') }
    $difference = Compare-Object @($manifest.FileList -like '*.dll') @($found) | ForEach-Object { $_.InputObject + ($_.SideIndicator -eq '=>' ? ' should not be there' : ' is missing') }
    if ($difference) { throw "The module must ship the assemblies of its manifest, no others: $($difference -join ', ')" }
    "Built $(Resolve-Path $staged -Relative), version $($manifest.ModuleVersion)."
}

function Invoke-Help {
    # A fresh process: the help must describe the module as it was just built.
    & $pwsh -NoLogo -NoProfile -NonInteractive -File "$root/docs/ConvertTo-Maml.ps1" -Module $staged -Destination $root
    foreach ($file in Get-ChildItem $root/*/CseJobs.dll-Help.xml) {
        Copy-Item $file (Join-Path $staged $file.Directory.Name)
        "Wrote $(Resolve-Path $file -Relative)."
    }
}

function Invoke-Package([switch] $WithBillOfMaterials) {
    # What is left of an earlier build would describe another package.
    Remove-Item "$root/out/*.nupkg", "$root/out/*.cdx.json"
    $package = & "$root/packaging/New-Package.ps1" -Module $staged -Destination "$root/out"
    "Packed $(Resolve-Path $package -Relative), $('{0:N0}' -f $package.Length) bytes."
    if (-not $WithBillOfMaterials) { return }

    if (-not (Get-Command npx -ErrorAction Ignore)) {
        return 'Skipped: the bill of materials. cdxgen, which makes it, needs Node.js.'
    }
    $bill = & "$root/packaging/New-Sbom.ps1" -Module $staged -Package $package
    "Wrote $(Resolve-Path $bill -Relative)."
}

function Invoke-Bench([switch] $Quick, [int[]] $Target) {
    $benchmarks = Join-Path $root tests CseJobs.Benchmarks
    $built = "bin/$Configuration/net10.0"
    $only = $Target ? @{ Target = $Target } : @{}
    & "$benchmarks/Invoke-Benchmarks.ps1" -Module $staged -Simulator $simulator -Quick:$Quick -Documents "$root/docs" `
        -CSharpLoop "$benchmarks/CSharpLoop/$built/CseJobs.CSharpLoop.dll" -Micro "$benchmarks/Micro/$built/CseJobs.Benchmarks.dll" `
        -EmptyModule "$benchmarks/EmptyModule/bin/$Configuration/netstandard2.0/EmptyModule.psd1" @only
}

function Invoke-Demo {
    & $pwsh -NoLogo -NoProfile -NonInteractive -File "$root/samples/Demo.ps1" -Module $staged -Simulator $simulator
}

function Invoke-Xunit {
    $PSNativeCommandUseErrorActionPreference = $false
    $results = Join-Path $root out TestResults
    Remove-Item $results -Recurse -Force -ErrorAction Ignore
    dotnet test "$root/CseJobs.sln" -c $Configuration --no-build --nologo --logger trx --results-directory $results -v quiet | Out-Host
    $count = @{ Passed = 0; Failed = 0; Skipped = 0 }
    foreach ($file in Get-ChildItem $results -Filter *.trx -ErrorAction Ignore) {
        $counters = ([xml](Get-Content $file -Raw)).TestRun.ResultSummary.Counters
        $count.Passed += [int]$counters.passed
        $count.Failed += [int]$counters.failed + [int]$counters.error
        $count.Skipped += [int]$counters.notExecuted
    }
    # A run that broke before it counted anything has failed all the same.
    if ($LASTEXITCODE -ne 0 -and $count.Failed -eq 0) { $count.Failed = 1 }
    $count
}

function Get-PesterPath {
    $wanted = [version]'5.5.0'
    $installed = Get-Module Pester -ListAvailable | Where-Object { $_.Version -ge $wanted -and $_.Version.Major -eq 5 } | Sort-Object Version -Descending | Select-Object -First 1
    if ($installed) { return $installed.Path }

    # From the Gallery into out/, not into the user's modules.
    $tools = Join-Path $root out tools
    $saved = Get-ChildItem $tools -Filter Pester.psd1 -Recurse -Depth 2 -ErrorAction Ignore | Select-Object -First 1
    if (-not $saved -and (Get-Command Save-PSResource -ErrorAction Ignore)) {
        $null = New-Item $tools -ItemType Directory -Force
        Save-PSResource Pester -Version '[5.5.0,6.0.0)' -Path $tools -TrustRepository -ErrorAction Ignore
        $saved = Get-ChildItem $tools -Filter Pester.psd1 -Recurse -Depth 2 | Select-Object -First 1
    }
    $saved?.FullName
}

function Invoke-PesterSuite {
    $pester = Get-PesterPath
    if (-not $pester) {
        Write-Host 'Skipped: all Pester tests. Pester 5.5 or later is neither installed nor to be had from the PowerShell Gallery.'
        return @{ Passed = 0; Failed = 0; Skipped = 0 }
    }

    $PSNativeCommandUseErrorActionPreference = $false
    # A fresh process: the tests must see the module as it was just built, and an assembly cannot be unloaded.
    $report = Join-Path $root out pester.json
    Remove-Item $report -ErrorAction Ignore
    # Never '*' as an argument: on Unix PowerShell expands it to the names of files.
    $only = $Filter ? @('-Filter', $Filter) : @()
    & $pwsh -NoLogo -NoProfile -NonInteractive -File "$root/tests/Pester/Invoke-Suite.ps1" -Pester $pester -Module $staged -Simulator $simulator -Report $report @only | Out-Host
    if (Test-Path $report) { Get-Content $report -Raw | ConvertFrom-Json -AsHashtable } else { @{ Passed = 0; Failed = 1; Skipped = 0 } }
}

Push-Location $root
try {
    switch ($Task) {
        Clean {
            Remove-Item "$root/bin", "$root/out" -Recurse -Force -ErrorAction Ignore
            dotnet clean "$root/CseJobs.sln" -v quiet -nologo
        }
        Build { Invoke-Build }
        Help { Invoke-Build; Invoke-Help }
        Demo { Invoke-Build; Invoke-Demo }
        Bench { Invoke-Build; Invoke-Bench -Quick:$Quick -Target $Target }
        Package {
            # The demo that the tests run wants the simulator as well.
            if ($NoTest) { Invoke-Build "$root/src/CseJobs/CseJobs.csproj" } else { Invoke-Build }
            Invoke-Package -WithBillOfMaterials:(-not $NoTest)
            if (-not $NoTest) {
                $Filter = 'Package'
                $suite = Invoke-PesterSuite
                if ($suite.Failed) { exit 1 }
            }
        }
        Test {
            Invoke-Build
            Invoke-Package
            $xunit = $Filter ? @{ Passed = 0; Failed = 0; Skipped = 0 } : (Invoke-Xunit)
            $suite = Invoke-PesterSuite
            '{0} passed, {1} failed, {2} skipped' -f ($xunit.Passed + $suite.Passed), ($xunit.Failed + $suite.Failed), ($xunit.Skipped + $suite.Skipped)
            if ($xunit.Failed + $suite.Failed) { exit 1 }
        }
    }
}
finally {
    Pop-Location
}
