# Other PowerShells for the tests: runspaces of this process, and fresh processes. Beside TestTools.psm1.

<#
.SYNOPSIS
    A PowerShell object with a runspace of its own, in this process, where the module is imported. For BeginInvoke it carries In, which
    is empty, and Out. Remove-ModuleShell ends it.
#>
function New-ModuleShell([System.Management.Automation.Host.PSHost] $PSHost) {
    $state = [initialsessionstate]::CreateDefault2()
    $runspace = $PSHost ? [runspacefactory]::CreateRunspace($PSHost, $state) : [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    $null = $shell.AddCommand('Import-Module').AddParameter('Name', $Sim.ModulePath).Invoke()
    $shell.Commands.Clear()
    $in = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $in.Complete()
    $shell | Add-Member -NotePropertyMembers @{ In = $in; Out = [System.Management.Automation.PSDataCollection[psobject]]::new() } -PassThru
}

function Remove-ModuleShell([powershell] $Shell) {
    $Shell.Runspace.Dispose()
    $Shell.Dispose()
}

<#
.SYNOPSIS
    Stops what a shell does, as Ctrl+C would, and gives the state it is in then. The limit is only there so that a broken build ends.
#>
function Stop-Shell([powershell] $Shell) {
    $stopping = $Shell.BeginStop($null, $null)
    if (-not $stopping.AsyncWaitHandle.WaitOne(30000)) { throw 'It does not stop.' }
    $Shell.EndStop($stopping)
    $Shell.InvocationStateInfo.State
}

<#
.SYNOPSIS
    Runs a script in a fresh PowerShell process with the module imported and a session to the simulator, and gives its output as lines.
    An environment variable of $null is left out.
#>
function Invoke-FreshShell {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Environment = @{},
        # Without a session.
        [switch] $NotConnected
    )
    $address = Get-SimulatorAddress
    $prelude = @"
`$ErrorActionPreference = 'Continue'
Import-Module '$($Sim.ModulePath)'
"@
    if (-not $NotConnected) {
        $prelude += "`n`$session = Connect-Cse -Endpoint '$address' -ProjectId '$($Sim.ProjectId)' -Token '$($Sim.Token)'"
    }
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "csejobs-$([guid]::NewGuid().ToString('n')).ps1"
    Set-Content $file "$prelude`n$Script"
    $start = [System.Diagnostics.ProcessStartInfo]::new((Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')))
    foreach ($argument in '-NoLogo', '-NoProfile', '-NonInteractive', '-File', $file) { $start.ArgumentList.Add($argument) }
    foreach ($name in $Environment.Keys) {
        if ($null -eq $Environment[$name]) { $null = $start.Environment.Remove($name) } else { $start.Environment[$name] = $Environment[$name] }
    }
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
