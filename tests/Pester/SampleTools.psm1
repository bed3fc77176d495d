# What the tests of samples/ share: a simulator of today, and runs of a script, in a runspace or in a process as a scheduler makes it.

$script:simulator = $null
$script:made = 0
$script:samples = Join-Path $PSScriptRoot .. .. samples
$script:strict = {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $PSDefaultParameterValues = @{
        '*-Cse*:Session' = 'of nobody'; '*-Cse*:First' = 1; '*-Cse*:PageSize' = 1; '*-CseEngineJob:EngineId' = 'other'; 'Wait-*:TimeoutSec' = 1
        'ConvertTo-*:Delimiter' = ';'; 'ConvertTo-Json:AsArray' = $true; 'Select-Object:First' = 0; 'Where-Object:Property' = 'None'; 'Invoke-RestMethod:Uri' = 'http://127.0.0.1:1'
    }
}.ToString()

<#
.SYNOPSIS
    Starts a simulator and a session to it, named samples, and gives its address. Of its own, and of today: the runbooks look at the
    last day, and at every engine that is listed.
#>
function Start-SampleSimulator {
    $script:simulator = Start-OwnSimulator --engines 0 --now ([datetime]::UtcNow.ToString('o'))
    $null = Connect-Cse -Name samples -Endpoint $script:simulator.Address -ProjectId $Sim.ProjectId -Token $Sim.Token -MaximumRetryCount 0
    $script:simulator.Address
}

function Stop-SampleSimulator {
    Disconnect-Cse samples
    $script:simulator.Process.StandardInput.Close()
}

<#
.SYNOPSIS
    Lists one more engine. It has some jobs of the simulator's choice, none unless asked for, and one of each given state, the last the newest.
#>
function New-SampleEngine([string] $Name = "engine$((++$script:made))", [string[]] $Status, [string] $Scenario, [int] $Jobs = 0) {
    $engines = "$($script:simulator.Address)_sim/engines"
    $body = @{ name = $Name; jobs = $Jobs }
    if ($Scenario) { $body.scenarios = $Scenario }
    $engine = Invoke-RestMethod $engines -Method Post -Body (ConvertTo-Json $body)
    foreach ($one in $Status) { $null = Invoke-RestMethod "$engines/$($engine.id)/jobs" -Method Post -Body (ConvertTo-Json @{ status = $one; type = 'Upgrade' }) }
    Invoke-RestMethod "$engines/$($engine.id)"
}

# The credentials in the environment, and no source of the person who runs the tests. A variable of $null is left out.
function Get-SampleEnvironment([hashtable] $Environment) {
    $nobody = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "csejobs-nobody-$PID") -Force).FullName
    $all = @{
        PSModulePath = Split-Path $Sim.ModulePath; HW_AUTH_TOKEN = $Sim.Token; HW_PROJECT_ID = $Sim.ProjectId; NO_COLOR = '1'
        HOME = $nobody; HUAWEICLOUD_SDK_CREDENTIALS_FILE = $null; HW_SHARED_CONFIG_FILE = $null; CSEJOBS_WEBHOOK_URI = $null
    }
    foreach ($name in $Environment.Keys) { $all[$name] = $Environment[$name] }
    $all
}

<#
.SYNOPSIS
    Runs a script of samples/ in a fresh runspace of this process, which takes a tenth of a process's time. Gives its exit code, the
    lines of its output, warnings and verbose messages, as a console shows them, and its errors as one text. The caller is a strict one,
    whose defaults of parameters fit nothing that a script does inside.
#>
function Invoke-Sample([string] $Name, [hashtable] $Parameter, [hashtable] $Environment = @{}) {
    $all = Get-SampleEnvironment $Environment
    # A process finds PowerShell's own modules by itself.
    $all.PSModulePath += [System.IO.Path]::PathSeparator + (Join-Path $PSHOME Modules)
    $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
    try {
        $null = $shell.AddScript($script:strict).Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript('param($file, $parameter) & $file @parameter *>&1; $LASTEXITCODE').AddArgument((Join-Path $script:samples "$Name.ps1")).AddArgument($Parameter)
        $records = @(Invoke-WithVariable $all { $shell.Invoke() })
    }
    finally {
        $shell.Dispose()
    }
    $errors, $others = @($records | Select-Object -SkipLast 1).Where({ $_ -is [System.Management.Automation.ErrorRecord] }, 'Split')
    [pscustomobject]@{
        Code = $records[-1]
        Out  = @($others | ForEach-Object { ($_ -is [System.Management.Automation.InformationalRecord] ? "$($_.GetType().Name -replace 'Record$'): ".ToUpperInvariant() : '') + $_ })
        Err  = $errors | Out-String -Width 4096
    }
}

<#
.SYNOPSIS
    Starts pwsh as a scheduler does. A variable of $null is left out.
#>
function Start-Sample([string[]] $Argument, [hashtable] $Environment = @{}) {
    $start = [System.Diagnostics.ProcessStartInfo]::new((Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')))
    foreach ($one in @('-NoLogo', '-NoProfile', '-NonInteractive') + $Argument) { $start.ArgumentList.Add($one) }
    foreach ($name in @($start.Environment.Keys) -match '^(HUAWEICLOUD_|HW_|OS_)') { $null = $start.Environment.Remove($name) }
    $all = Get-SampleEnvironment $Environment
    foreach ($name in $all.Keys) { if ($null -ne $all[$name]) { $start.Environment[$name] = $all[$name] } else { $null = $start.Environment.Remove($name) } }
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = $start.StandardErrorEncoding = [System.Text.UTF8Encoding]::new($false)
    $process = [System.Diagnostics.Process]::Start($start)
    @{ Process = $process; Out = $process.StandardOutput.ReadToEndAsync(); Err = $process.StandardError.ReadToEndAsync() }
}

<#
.SYNOPSIS
    Waits for what Start-Sample has started: its exit code, the lines of its output, and its errors as one text.
#>
function Receive-Sample([hashtable] $Started) {
    $Started.Process.WaitForExit()
    [pscustomobject]@{
        Code = $Started.Process.ExitCode
        Out  = @($Started.Out.Result -split '\r?\n' | Where-Object { $_ })
        # Up to 7.5 PowerShell colours errors in spite of NO_COLOR.
        Err  = $Started.Err.Result -replace '\e\[[\d;]*m'
    }
}

<#
.SYNOPSIS
    Arguments of pwsh that run a script of samples/ against the simulator.
#>
function Get-SampleArgument([string] $Name, [string] $Address = $script:simulator.Address) {
    '-File', (Join-Path $script:samples "$Name.ps1"), '-Endpoint', $Address
}

<#
.SYNOPSIS
    Runs a command in the folder samples/, in strict mode, with a default session that does not retry, so that what fails does so at once.
#>
function Invoke-SampleWithSession([string] $Command, [string] $Address = $script:simulator.Address) {
    $connect = "`$null = Connect-Cse -Endpoint '$Address' -MaximumRetryCount 0; cd '$script:samples'; Set-StrictMode -Version Latest"
    Receive-Sample (Start-Sample '-Command', "$connect; $Command; exit `$LASTEXITCODE")
}

Export-ModuleMember -Function *
