#requires -Version 7.4

<#
.SYNOPSIS
    Waits until the newest job of engines, an upgrade for example, has ended, and raises an alert if that is not well.
.DESCRIPTION
    Start it after an upgrade was begun. It takes the newest job of each engine, waits until all have ended, writes a line for each, and
    sends one alert if any did not finish: a POST of JSON to -WebhookUri, a call of -OnFailure, or both. What is said of a job that
    failed is the step and the reason, the end of its log, and what to do.

    A newest job that has ended already counts as it ended: Finished is well, Error and Timeout are not. An engine without a job, or
    whose newest job is not of the type that -Type wants, has nothing to wait for: that is NoJob, and not well, because what was to
    be watched was never begun.

    The alert is sent when all is known; start one watch for each engine to hear of each at once. An alert that cannot be sent costs a
    warning and nothing else: the exit code is still that of the wait.

    Exit codes; the first that fits, if there are several engines:
      1  a job failed (Error, Timeout)
      3  it could not be found out: no sign-in, no such engine, no job, or a job that could not be read any more
      2  a job had not ended in time; it goes on
      0  all have finished
    PowerShell itself ends with 1 for a parameter that it does not know; there is no line of an engine then.

    Credentials are never arguments, which every user of the machine can read. They come from the environment, a profile file, or a
    session (-Session) that was made with a secret store. For a long wait use some that can be renewed: a token ends after a day.
.PARAMETER EngineName
    Names of engines, with wildcards, separated by commas.
.PARAMETER Type
    Only a job of these types will do, Upgrade for example; any if left out.
.PARAMETER TimeoutSec
    Seconds that the wait may take. Two hours.
.PARAMETER PollIntervalSec
    Seconds between two reads of a job; from 1 to 15 if left out, as Wait-CseEngineJob has it.
.PARAMETER WebhookUri
    Where to send the alert; CSEJOBS_WEBHOOK_URI if left out. Many hold a key: rather set the variable then. The address is never shown.
    The field text is what chats such as Slack and Mattermost print: whatever names and logs hold, it mentions nobody and links to
    nothing. The other fields are for programs, and hold all as it was read. For a service that wants other JSON use -OnFailure.
.PARAMETER WebhookRetrySec
    Seconds to wait before each further try.
.PARAMETER OnFailure
    Is called with the alert, an object with the fields of the JSON: text, result, exitCode, time, and engines. Here text is plain: what
    writes it as HTML or into a chat has to escape it.
.PARAMETER AlertAlways
    Sends the alert also when all is well.
.PARAMETER Region
    Region of the engines; HW_REGION_NAME if left out.
.PARAMETER Endpoint
    Address of the API instead of -Region, for other clouds.
.PARAMETER ProjectId
    Project of the engines; that of the environment or profile, else the region's own.
.PARAMETER Session
    A session of Connect-Cse, or its name, to use instead of signing in.
.OUTPUTS
    A line for each engine. A name that has more than letters, digits, dots, hyphens and underscores is in quotes.
.EXAMPLE
    . /etc/cse/env && pwsh -NoProfile -File Watch-EngineUpgrade.ps1 prod-orders -Type Upgrade -TimeoutSec 3600

    A step of a shell script: /etc/cse/env (mode 600) exports HW_ACCESS_KEY, HW_SECRET_KEY, HW_REGION_NAME and CSEJOBS_WEBHOOK_URI. A
    job that runs makes the step wait; the exit code tells how it ended.
.EXAMPLE
    Connect-Cse -Region cn-north-4 -Credential (Get-Secret cse-user) -DomainName my-account
    $mail = { param($alert) Send-OnCallMail -Subject "CSE: $($alert.result)" -Body $alert.text }
    ./Watch-EngineUpgrade.ps1 prod-* -Session default -OnFailure $mail
    exit $LASTEXITCODE

    With a secret from SecretManagement, and an alert of one's own.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Mandatory, Position = 0)]
    [SupportsWildcards()]
    [string[]] $EngineName,

    [ValidateSet('Create', 'Delete', 'Update', 'Upgrade', 'Configure', 'Modify')]
    [string[]] $Type,

    [ValidateRange(1, [int]::MaxValue)]
    [int] $TimeoutSec = 7200,

    [ValidateRange(0.001, 86400)]
    [double] $PollIntervalSec,

    [uri] $WebhookUri = $env:CSEJOBS_WEBHOOK_URI,

    [ValidateRange(0, 3600)]
    [int[]] $WebhookRetrySec = @(2, 10, 30),

    [scriptblock] $OnFailure,
    [switch] $AlertAlways,
    [string] $Region,
    [string] $Endpoint,
    [string] $ProjectId,
    [object] $Session
)

# The settings of whoever calls this reach into it: these are the script's own. -OnFailure gets the caller's back.
$callersDefaults = $PSDefaultParameterValues
$PSDefaultParameterValues = @{}
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$stopsAtErrors = $PSBoundParameters['ErrorAction'] -in 'Stop', 'Inquire'
# A warning that stops would end the script with the code of a failed job.
if ($WarningPreference -in 'Stop', 'Inquire') { $WarningPreference = 'Continue' }
$outcomes = [System.Collections.Generic.List[object]]::new()
$jobs = [System.Collections.Generic.List[object]]::new()

# A property that may not be there, of an object that may not be there.
function Get-Value([object] $Object, [string] $Name) {
    if ($null -ne $Object) { $Object.PSObject.Properties[$Name]?.Value }
}

# A name as part of a line: in one line, and in quotes if it might be taken for the words around it.
function Format-Name([string] $Name) {
    $line = ($Name -replace '[\s\p{C}]+', ' ').Trim()
    $line -match '^[\w.-]+$' ? $line : "'$($line -replace "'", "''")'"
}

# A text as Slack and its like take it: their rule for & < >, and a character of no width in what else would be a mention, a link or code.
function Format-ChatText([string] $Text) {
    $Text.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;').Replace('`', "'") -replace '@|\](?=[(\[])|:(?=//)|\bwww(?=\.)', "`$0`u{200B}"
}

# The record as it is, without the line of this script. The script goes on, also with -ErrorAction Stop: an exit code says more.
function Show-Problem([object] $Problem) {
    $ErrorActionPreference = 'Continue'
    if ($Problem -isnot [System.Management.Automation.ErrorRecord]) { return Write-Warning $Problem }
    if ($stopsAtErrors) { Write-Error -ErrorRecord $Problem -ErrorAction Continue } else { $PSCmdlet.WriteError($Problem) }
}

# Keeps what became of an engine, and writes its line.
function Add-Outcome([string] $Result, [string] $Name, [string] $Id, [object] $Job, [object] $Problem) {
    $outcomes.Add([pscustomobject]@{
            engineName        = $Name
            engineId          = $Id ? $Id : $null
            result            = $Result
            jobId             = Get-Value $Job Id
            type              = "$(Get-Value $Job Type)"
            startTime         = Get-Value $Job StartTime
            endTime           = Get-Value $Job EndTime
            step              = Get-Value $Job Step
            reason            = Get-Value $Job Reason
            message           = "$Problem"
            recommendedAction = Get-Value (Get-Value $Problem ErrorDetails) RecommendedAction
        })
    $ended = (Get-Value $Job EndTime)?.ToString("' at 'yyyy-MM-dd'T'HH:mm:sszzz", [cultureinfo]::InvariantCulture)
    "$(Format-Name $Name)$($Job ? " job $($Job.Id) ($($Job.Type))" : ''): $Result$ended"
    if ($Problem) { Show-Problem $Problem }
}

# Ids are told apart by their letters' case too.
function Add-JobOutcome([string] $Result, [object] $Job, [object] $Problem) {
    Add-Outcome -Result $Result -Name (Get-Value ($engines | Where-Object Id -CEQ $Job.EngineId) Name) -Id $Job.EngineId -Job $Job -Problem $Problem
}

# Which job an error of the wait speaks of. Jobs of two engines may have the same id: it is one that nothing was said of yet.
function Find-Job([object] $Problem) {
    $engine = Get-Value $Problem.Exception EngineId
    $id = (Get-Value $Problem.Exception JobId) ?? $Problem.TargetObject
    $untold = $jobs | Where-Object { $_.Id -eq $id -and ($engine ? $_.EngineId -ceq $engine : $_.EngineId -cnotin @($outcomes | ForEach-Object engineId)) }
    (Get-Value $Problem.Exception Job) ?? ($untold | Select-Object -First 1)
}

function Get-ExitCode {
    $results = @($outcomes | ForEach-Object result)
    if ('Failed' -in $results) { 1 } elseif (-not $results -or 'Unknown' -in $results -or 'NoJob' -in $results) { 3 } elseif ('TimedOut' -in $results) { 2 } else { 0 }
}

function Send-Webhook([uri] $Uri, [int[]] $RetrySec, [object] $Alert) {
    $Alert.text = Format-ChatText $Alert.text
    $post = @{
        Uri = $Uri; Method = 'Post'; ContentType = 'application/json; charset=utf-8'; Body = $Alert | ConvertTo-Json -Depth 4 -EscapeHandling EscapeHtml
        TimeoutSec = 30; MaximumRedirection = 0
        # They would show the address.
        Verbose = $false; Debug = $false
    }
    foreach ($wait in $RetrySec + -1) {
        try {
            $null = Invoke-RestMethod @post
            Write-Verbose 'The alert is sent.'
            return
        }
        catch {
            if ($wait -lt 0) { Write-Warning "The alert could not be sent: $($_.Exception.Message)" } else { Start-Sleep -Seconds $wait }
        }
    }
}

# One line for each engine at the margin; what messages and logs say is set in, so that no line of theirs poses as one of an engine.
function Get-Alert([int] $ExitCode) {
    $lines = foreach ($one in $outcomes) {
        "$(Format-Name $one.engineName): $($one.result)"
        $one.message, $one.recommendedAction -split '[\r\n\v\f\x85\u2028\u2029]+' | Where-Object { $_ } | ForEach-Object { "  $_" }
    }
    [pscustomobject]@{
        text     = $lines -join "`n"
        result   = @{ 0 = 'Finished'; 1 = 'Failed'; 2 = 'TimedOut'; 3 = 'Unknown' }[$ExitCode]
        exitCode = $ExitCode
        time     = Get-Date
        engines  = $outcomes.ToArray()
    }
}

$own = $null
try {
    Import-Module CseJobs -Verbose:$false
    if (-not $Session) {
        $where = @{}
        if ($Region) { $where.Region = $Region }
        if ($Endpoint) { $where.Endpoint = $Endpoint }
        if ($ProjectId) { $where.ProjectId = $ProjectId }
        # Of this script alone: the default session of who runs it stays what it is.
        $Session = $own = Connect-Cse @where -Name "watch-$(New-Guid)" -Scope Runspace
    }

    # pwsh -File hands over a list as one text.
    $engines = @(Get-CseEngine ($EngineName -split ',').Trim() -Session $Session -ErrorAction SilentlyContinue -ErrorVariable missing)
    foreach ($problem in $missing) { Add-Outcome -Result Unknown -Name "$($problem.TargetObject)" -Problem $problem }
    if (-not $engines -and -not $missing) { throw "No engine is named $($EngineName -join ', ') in this project and region." }

    $newest = @{ Latest = $true }
    if ($Type) { $newest.Type = $Type }
    foreach ($engine in $engines) {
        $job = Get-CseEngineJob -EngineId $engine.Id @newest -Session $Session -ErrorAction SilentlyContinue -ErrorVariable unread
        if ($job) { $jobs.Add($job) }
        elseif ($unread) { Add-Outcome -Result Unknown -Name $engine.Name -Id $engine.Id -Problem $unread[0] }
        else { Add-Outcome -Result NoJob -Name $engine.Name -Id $engine.Id -Problem "The newest job of engine $(Format-Name $engine.Name) is none to wait for, or there is none." }
    }

    $patience = @{ TimeoutSec = $TimeoutSec }
    if ($PollIntervalSec) { $patience.PollIntervalSec = $PollIntervalSec }
    $jobs | Wait-CseEngineJob @patience -Session $Session -ErrorAction Continue 2>&1 | ForEach-Object {
        if ($_ -isnot [System.Management.Automation.ErrorRecord]) {
            # A failed one comes with an error, which says more. A deletion ends with its engine, its job as it was last seen.
            if ($_.Status -eq 'Finished' -or ($_.Type -eq 'Delete' -and $_.Status -notin 'Error', 'Timeout')) { Add-JobOutcome -Result Finished -Job $_ }
            return
        }
        $result = switch -Wildcard ($_.FullyQualifiedErrorId) { 'JobFailed,*' { 'Failed' } 'WaitTimedOut,*' { 'TimedOut' } default { 'Unknown' } }
        $job = Find-Job $_
        if ($job) { Add-JobOutcome -Result $result -Job $job -Problem $_ } else { Add-Outcome -Result $result -Name ($EngineName -join ',') -Problem $_ }
    }

    # What nothing was said of is not well.
    $jobs.Where({ $_.EngineId -cnotin @($outcomes | ForEach-Object engineId) }) | ForEach-Object { Add-JobOutcome -Result Unknown -Job $_ -Problem 'The wait ended without a word on this job.' }
}
catch {
    Add-Outcome -Result Unknown -Name ($EngineName -join ',') -Problem $_
}
finally {
    if ($own) { Disconnect-Cse -Session $own -ErrorAction Ignore }
}

$exitCode = Get-ExitCode
if ($exitCode -ne 0 -or $AlertAlways) {
    if ($WebhookUri) { Send-Webhook -Uri $WebhookUri -RetrySec $WebhookRetrySec -Alert (Get-Alert $exitCode) }
    if ($OnFailure) {
        try {
            $alert = Get-Alert $exitCode
            & {
                Set-StrictMode -Off
                $PSDefaultParameterValues = $callersDefaults
                & $OnFailure $alert | Out-Host
            }
        }
        catch { Write-Warning "-OnFailure has failed: $_" }
    }
}
exit $exitCode
