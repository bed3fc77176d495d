# What the tests share: one simulator in its own process, the requests it recorded, and fresh PowerShell processes.
param([string] $ModulePath, [string] $SimulatorPath)

$script:process = $null
$script:address = $null
$script:made = 0

# The simulator's fixed data (tests/CseJobs.Simulator).
$Sim = [pscustomobject]@{
    ModulePath    = $ModulePath
    SimulatorPath = $SimulatorPath
    ProjectId     = '0123456789abcdef0123456789abcdef'
    Token         = 'sim-token'
    Engine        = '3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60'
    SeedEngine    = 'ad76972c-a743-4770-859c-c98a680f4d98'
    A             = [pscustomobject]@{
        DomainName = 'account-a'; UserName = 'user-a'; Password = 'password-a-1f9c'
        AccessKey = 'AKACCOUNTA0000000001'; SecretKey = 'SKACCOUNTA00000000000000000000000000001A'
        ProjectId = '0123456789abcdef0123456789abcdef'
    }
    B             = [pscustomobject]@{
        DomainName = 'account-b'; UserName = 'user-b'; Password = 'password-b-7e3d'
        AccessKey = 'AKACCOUNTB0000000002'; SecretKey = 'SKACCOUNTB00000000000000000000000000002B'
        ProjectId = 'fedcba9876543210fedcba9876543210'
    }
}

<#
.SYNOPSIS
    Starts the simulator unless it runs, and gives its base address.
#>
function Get-SimulatorAddress {
    if (-not $script:process) {
        $simulator = Start-OwnSimulator --jobs 1000
        $script:process = $simulator.Process
        $script:address = $simulator.Address
    }
    $script:address
}

<#
.SYNOPSIS
    Starts a simulator with arguments of its own. Close its Process.StandardInput to end it.
#>
function Start-OwnSimulator {
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in @($SimulatorPath) + $args) { $start.ArgumentList.Add($argument) }
    # It ends when its standard input is closed, so it cannot outlive the tests.
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    [pscustomobject]@{ Process = $process; Address = $process.StandardOutput.ReadLine() }
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
    Connects to the simulator. Further parameters, each with its value, go to Connect-Cse.
#>
function Connect-Simulator {
    [CmdletBinding()]
    param([Parameter(ValueFromRemainingArguments)] [object[]] $Rest)
    # Faults are to be seen at once: retries have tests of their own.
    $all = @{ Endpoint = Get-SimulatorAddress; ProjectId = $Sim.ProjectId; Token = $Sim.Token; MaximumRetryCount = 0 }
    for ($i = 0; $i -lt $Rest.Count; $i += 2) { $all[$Rest[$i].TrimStart('-').TrimEnd(':')] = $Rest[$i + 1] }
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
    The ids of an engine's jobs, in the simulator's order.
#>
function Get-ServerId([string] $Engine) {
    (Get-SimulatorEngine $Engine).jobs.id
}

<#
.SYNOPSIS
    Name of an engine of this kind that no other test has: jobs live, scenarios count and completion remembers for each engine apart.
#>
function New-Engine([string] $Kind) {
    "sim-$Kind-idtest$(($script:made++))"
}

<#
.SYNOPSIS
    The calls that were recorded, as "METHOD path?query" below the list of engines.
#>
function Get-Call([string] $Address = (Get-SimulatorAddress)) {
    Invoke-RestMethod "${Address}_sim/requests" | ForEach-Object { $_ } | ForEach-Object {
        "$($_.method) $($_.path -replace '^.*/enginemgr/engines')$($_.rawQuery ? "?$($_.rawQuery)" : '')"
    }
}

<#
.SYNOPSIS
    The error with which something ends.
#>
function Get-Refusal([scriptblock] $Attempt) {
    try { $null = & $Attempt } catch { return $_ }
    throw 'It was not refused.'
}

<#
.SYNOPSIS
    What the API answers, as text, without the module: below /v2/{project_id}/enginemgr/engines. It is recorded like any request.
#>
function Get-SimulatorAnswer([string] $PathAndQuery) {
    $client = [System.Net.Http.HttpClient]::new()
    $request = [System.Net.Http.HttpRequestMessage]::new('GET', "$(Get-SimulatorAddress)v2/$($Sim.ProjectId)/enginemgr/engines/$PathAndQuery")
    $request.Content = [System.Net.Http.ByteArrayContent]::new([byte[]]::new(0))
    $null = $request.Content.Headers.TryAddWithoutValidation('Content-Type', 'application/json;charset=UTF-8')
    $request.Headers.Add('X-Auth-Token', $Sim.Token)
    $request.Headers.Add('Accept', 'application/json')
    try {
        $client.Send($request).Content.ReadAsStringAsync().GetAwaiter().GetResult()
    }
    finally {
        $client.Dispose()
    }
}

<#
.SYNOPSIS
    Whether this PowerShell shows the recommended action beneath an error's message. In 7.4 it is in the record only.
#>
function Test-ShowsAdvice {
    $PSVersionTable.PSVersion -ge [version]'7.5'
}

<#
.SYNOPSIS
    Asks again until it is so. The limit is only there so that a broken build ends.
#>
function Wait-Until([scriptblock] $Condition) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($clock.Elapsed.TotalSeconds -lt 30) { if (& $Condition) { return $true } }
    $false
}

<#
.SYNOPSIS
    The job of an engine that moves on with every read (its newest, in the live scenarios).
#>
function Get-LiveId([string] $Engine) {
    (Get-SimulatorEngine $Engine).jobs[0].id
}

<#
.SYNOPSIS
    The reads of single jobs of an engine that the simulator has recorded.
#>
function Get-Read([string] $Engine) {
    @(Get-SimulatorRequest | Where-Object path -Like "*/engines/$Engine/jobs/*")
}

function Set-JobStatus([string] $Engine, [long] $Id, [string] $Status) {
    $null = Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines/$Engine/jobs/$Id" -Method Put -Body (@{ status = $Status } | ConvertTo-Json)
}

<#
.SYNOPSIS
    What the simulator counts: tokensIssued, failedSignatures, agencyKeysIssued, requests, peakConcurrency.
#>
function Get-SimulatorCount {
    Invoke-RestMethod "$(Get-SimulatorAddress)_sim/stats"
}

<#
.SYNOPSIS
    A text of the tests' own as a SecureString.
#>
function ConvertTo-Secret {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = 'What the tests keep secret stands in them.')]
    param([string] $Text)
    ConvertTo-SecureString $Text -AsPlainText
}

<#
.SYNOPSIS
    The name and password of an account of the simulator ($Sim.A, $Sim.B), or with a text in the password's place.
#>
function Get-AccountCredential($Account, [string] $Text = $Account.Password) {
    [pscredential]::new($Account.UserName, (ConvertTo-Secret $Text))
}

<#
.SYNOPSIS
    Runs a script with environment variables of its own. Those in which credentials are looked for are set by nobody else.
#>
function Invoke-WithVariable([hashtable] $Variable, [scriptblock] $Script) {
    $names = @(Get-ChildItem Env: | Where-Object Name -Match '^(HUAWEICLOUD_|HW_|OS_)' | ForEach-Object Name) + $Variable.Keys | Select-Object -Unique
    $before = @{}
    foreach ($name in $names) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $Variable[$name])
    }
    try {
        & $Script
    }
    finally {
        foreach ($name in $names) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }
}

<#
.SYNOPSIS
    The lines of a view, without the blank ones.
#>
function Get-Line([object] $Formatted, [int] $Width = 120) {
    ($Formatted | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() } | ForEach-Object TrimEnd
}

<#
.SYNOPSIS
    Sets the module's clock: it stands at a time, or is ahead of the machine's, both of its times; without either it is the machine's again.
#>
function Set-ModuleClock([Nullable[datetime]] $Utc, [timespan] $Ahead = 0) {
    if (-not ('CseJobs.PesterTools.TestClock' -as [type])) { Add-Type -Path (Join-Path $PSScriptRoot TestClock.cs) -WarningAction Ignore }
    $clock = if ($null -eq $Utc -and -not $Ahead) { [System.TimeProvider]::System } else { [CseJobs.PesterTools.TestClock]::new($Utc, $Ahead) }
    [CseJobs.Formatting.ViewProperties].Assembly.GetType('CseJobs.ModuleClock', $true).GetProperty('Current').SetValue($null, $clock)
}

<#
.SYNOPSIS
    Sets the time that ages and live durations are told by; without one it is the machine's again.
#>
function Set-ViewTime([Nullable[datetime]] $Utc) {
    Set-ModuleClock -Utc $Utc
}

<#
.SYNOPSIS
    The objects as another process gets them from Start-Job.
#>
function Copy-ThroughProcess([object[]] $Object) {
    [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Object))
}

function Import-TestType {
    if (-not ('CseJobs.PesterTools.ScriptedServer' -as [type])) {
        Add-Type -Path (Join-Path $PSScriptRoot ScriptedServer.cs), (Join-Path $PSScriptRoot SecretSearch.cs) -WarningAction Ignore
    }
}

<#
.SYNOPSIS
    Starts a server that misbehaves as told (ScriptedServer.cs has the modes). Dispose it.
#>
function Start-ScriptedServer([string] $Mode, [string] $Target) {
    Import-TestType
    [CseJobs.PesterTools.ScriptedServer]::new($Mode, $Target)
}

<#
.SYNOPSIS
    Looks for secrets, given by name: whole or in part, wrapped, or encoded. Its method Find gives what a text holds.
#>
function New-SecretSearch([hashtable] $Secret) {
    Import-TestType
    [CseJobs.PesterTools.SecretSearch]::new($Secret)
}

Export-ModuleMember -Function * -Variable Sim
