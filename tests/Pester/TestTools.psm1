# What the tests share: one simulator in its own process, the requests it recorded, and fresh PowerShell processes.
param([string] $ModulePath, [string] $SimulatorPath)

$script:process = $null
$script:address = $null

# The simulator's fixed data (tests/CseJobs.Simulator).
$Sim = [pscustomobject]@{
    ModulePath = $ModulePath
    ProjectId  = '0123456789abcdef0123456789abcdef'
    Token      = 'sim-token'
    Engine     = '3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60'
    SeedEngine = 'ad76972c-a743-4770-859c-c98a680f4d98'
}

<#
.SYNOPSIS
    Starts the simulator unless it runs, and gives its base address.
#>
function Get-SimulatorAddress {
    if (-not $script:process) {
        $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
        foreach ($argument in $SimulatorPath, '--jobs', '1000') { $start.ArgumentList.Add($argument) }
        # It ends when its standard input is closed, so it cannot outlive the tests.
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $script:process = [System.Diagnostics.Process]::Start($start)
        $script:address = $script:process.StandardOutput.ReadLine()
    }
    $script:address
}

function Stop-Simulator {
    if ($script:process) {
        $script:process.StandardInput.Close()
        $script:process.WaitForExit()
        $script:process = $null
    }
}

<#
.SYNOPSIS
    Connects to the simulator. Further parameters go to Connect-Cse.
#>
function Connect-Simulator {
    [CmdletBinding()]
    param([Parameter(ValueFromRemainingArguments)] [object[]] $Rest)
    $more = @{}
    for ($i = 0; $i -lt $Rest.Count; $i += 2) { $more[$Rest[$i].TrimStart('-').TrimEnd(':')] = $Rest[$i + 1] }
    $all = @{ Endpoint = Get-SimulatorAddress; ProjectId = $Sim.ProjectId; Token = $Sim.Token } + $more
    Connect-Cse @all
}

<#
.SYNOPSIS
    The requests that the simulator has recorded since Clear-SimulatorRequest.
#>
function Get-SimulatorRequest {
    Invoke-RestMethod "$(Get-SimulatorAddress)_sim/requests" | ForEach-Object { $_ }
}

function Clear-SimulatorRequest {
    $null = Invoke-RestMethod "$(Get-SimulatorAddress)_sim/requests" -Method Delete
}

<#
.SYNOPSIS
    What the simulator holds about an engine: the job ids in its order, with status and type.
#>
function Get-SimulatorEngine([string] $Id) {
    Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines/$Id"
}

<#
.SYNOPSIS
    Runs a script in a fresh PowerShell process with the module imported and a session to the simulator, and gives its output as lines.
#>
function Invoke-FreshShell {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Environment = @{}
    )
    $address = Get-SimulatorAddress
    $prelude = @"
`$ErrorActionPreference = 'Continue'
Import-Module '$($Sim.ModulePath)'
`$session = Connect-Cse -Endpoint '$address' -ProjectId '$($Sim.ProjectId)' -Token '$($Sim.Token)'
"@
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "csejobs-$([guid]::NewGuid().ToString('n')).ps1"
    Set-Content $file "$prelude`n$Script"
    $start = [System.Diagnostics.ProcessStartInfo]::new((Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')))
    foreach ($argument in '-NoLogo', '-NoProfile', '-NonInteractive', '-File', $file) { $start.ArgumentList.Add($argument) }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    try {
        $child = [System.Diagnostics.Process]::Start($start)
        $errors = $child.StandardError.ReadToEndAsync()
        $output = $child.StandardOutput.ReadToEnd()
        $child.WaitForExit()
        ($output + $errors.Result) -split '\r?\n'
    }
    finally {
        Remove-Item $file
    }
}

Export-ModuleMember -Function * -Variable Sim
