#requires -Version 7.4

<#
.SYNOPSIS
    Writes the jobs that failed (Error, Timeout), of all engines of a project, to a CSV file; made to be run every night.
.DESCRIPTION
    One line for each job that failed since -From, with the step that failed and the reason. A job counts by the time at which it ended, so
    that one that began before midnight and failed after it is in one report and not in none. -Verbose shows the progress. With -PagePath
    there is a page of the same jobs besides, with their timelines, for people to look at.

    Engines or jobs that cannot be read do not stop the others: each has an error, and its text in the column Problem. The file is
    written whole or not at all: it takes the place of an older one in one step, and when there is no report the older one stays.
    Without a failure it holds the heading alone: a new file every night proves that the report has run.

    The file is UTF-8 with a mark at its start, since Excel takes it for something else otherwise; times are ISO 8601 with their offset,
    in every culture. Texts are one line each. What a spreadsheet would take for a formula, because = + - or @ (also as full-width
    letters) begins the text or follows a separator in it (; , |), gets an apostrophe in front: anyone who may start a job writes its
    description, and where ; separates the cells of a file, quotes around a cell do not hold it together.

    Exit codes:
      0  no job failed
      1  jobs failed; the report is complete
      2  the report is incomplete: something could not be read (see Problem), whether or not jobs failed
      3  there is no report: no sign-in, no engine (a wrong region or name, as a rule), or a file cannot be written
    PowerShell itself ends with 1 for a parameter that it does not know; there is no summary then.

    Credentials are never arguments, which every user of the machine can read. They come from the environment, a profile file, or a
    session (-Session) that was made with a secret store: see Connect-Cse.
.PARAMETER Path
    The CSV file. Its folder must be there.
.PARAMETER PagePath
    A page of HTML, or with the ending .md Markdown, besides the CSV file: see Export-CseEngineJobReport.
.PARAMETER EngineName
    Names of engines, with wildcards, separated by commas; all if left out. A name that is not there makes the report incomplete.
.PARAMETER From
    Since when: all that Get-CseEngineJob -From takes, such as -1d, -12h, today or 2026-11-01.
.PARAMETER ThrottleLimit
    Requests under way at once.
.PARAMETER Region
    Region of the engines; HW_REGION_NAME if left out.
.PARAMETER Endpoint
    Address of the API instead of -Region, for other clouds.
.PARAMETER ProjectId
    Project of the engines; that of the environment or profile, else the region's own.
.PARAMETER Session
    A session of Connect-Cse, or its name, to use instead of signing in.
.OUTPUTS
    One line: how many jobs failed, of how many engines, since when, and how much could not be read.
.EXAMPLE
    0 2 * * *  . /etc/cse/env && pwsh -NoProfile -File /opt/cse/Export-FailedJobReport.ps1 -Path /srv/reports/failed-$(date +\%F).csv || mail-oncall

    A crontab: every night at two, with what /etc/cse/env (mode 600) exports: HW_ACCESS_KEY, HW_SECRET_KEY and HW_REGION_NAME.
.EXAMPLE
    schtasks /Create /TN CseFailedJobs /SC DAILY /ST 02:00 /RU cse-report /TR "pwsh -NoProfile -NonInteractive -File C:\Cse\Export-FailedJobReport.ps1 -Region cn-north-4 -Path C:\Reports\failed-jobs.csv"

    The Windows Task Scheduler: the keys are in the profile file of the user cse-report (~/.huaweicloud/credentials). The exit code is the
    task's Last Run Result.
.EXAMPLE
    Connect-Cse -Region cn-north-4 -Credential (Get-Secret cse-user) -DomainName my-account
    ./Export-FailedJobReport.ps1 -Session default -EngineName prod-* -From -7d -Path week.csv
    exit $LASTEXITCODE

    A step of a pipeline: the secret comes from SecretManagement, and the exit code makes the step fail.
.EXAMPLE
    Import-Csv week.csv | Where-Object JobId | Get-CseEngineJob | Format-Custom

    Back from the file to the jobs: their timelines.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    [string] $PagePath,

    [SupportsWildcards()]
    [string[]] $EngineName = '*',

    [object] $From = '-1d',

    [ValidateRange(1, 64)]
    [int] $ThrottleLimit = 8,

    [string] $Region,
    [string] $Endpoint,
    [string] $ProjectId,
    [object] $Session
)

# The settings of whoever calls this reach into it: these are the script's own.
$PSDefaultParameterValues = @{}
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$stopsAtErrors = $PSBoundParameters['ErrorAction'] -in 'Stop', 'Inquire'
# They are counted. One that stops would leave the report undone.
if ($WarningPreference -in 'Stop', 'Inquire') { $WarningPreference = 'Continue' }
$columns = 'EngineName', 'EngineId', 'JobId', 'Type', 'Status', 'StartTime', 'EndTime', 'Duration', 'Step', 'Reason', 'User', 'Description', 'Problem'
# The API selects by start time. No job runs longer than this before it fails.
$longestJob = [timespan]::FromDays(1)

# A property that may not be there, of an object that may not be there.
function Get-Value([object] $Object, [string] $Name) {
    if ($null -ne $Object) { $Object.PSObject.Properties[$Name]?.Value }
}

# A time as -From of Get-CseEngineJob takes it, by that parameter's own rules.
function ConvertTo-Time([object] $Value) {
    $rule = (Get-Command Get-CseEngineJob).Parameters['From'].Attributes | Where-Object { $_ -is [System.Management.Automation.ArgumentTransformationAttribute] }
    $rule.Transform($ExecutionContext, $Value)
}

function Format-Time([Nullable[datetime]] $Time) {
    if ($Time) { $Time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", [cultureinfo]::InvariantCulture) }
}

function Format-Text([string] $Text) {
    $line = ($Text -replace '\s+', ' ').Trim()
    # Blanks, quotes, and characters of no width do not hide a formula.
    $line -replace '(?<=^|[;,|])(?=[\s\p{C}\p{M}"]*[=+\-@\uFE62\uFE63\uFE66\uFE6B\uFF1D\uFF0B\uFF0D\uFF20])', "'"
}

function ConvertTo-Row([string] $Engine, [string] $EngineId, [object] $Job, [object] $Problem) {
    $duration = Get-Value $Job Duration
    [pscustomobject]@{
        EngineName  = Format-Text $Engine
        EngineId    = Format-Text $EngineId
        JobId       = Get-Value $Job Id
        Type        = Get-Value $Job Type
        Status      = Get-Value $Job Status
        StartTime   = Format-Time (Get-Value $Job StartTime)
        EndTime     = Format-Time (Get-Value $Job EndTime)
        Duration    = if ($duration) { [timespan]::FromSeconds([math]::Floor($duration.TotalSeconds)).ToString('c') }
        Step        = Format-Text (Get-Value $Job Step)
        Reason      = Format-Text (Get-Value $Job Reason)
        User        = Format-Text (Get-Value $Job CreateUser)
        Description = Format-Text (Get-Value $Job Description)
        Problem     = Format-Text $Problem
    }
}

# The record as it is, without the line of this script. The script goes on, also with -ErrorAction Stop: an exit code says more.
function Show-Problem([object] $Record, [string] $Engine) {
    $ErrorActionPreference = 'Continue'
    if ($Engine) {
        # Not every message says of which engine it speaks.
        $named = [System.Management.Automation.ErrorDetails]::new("Engine '$($Engine -replace '[\s\p{C}]+', ' ')': $Record")
        $named.RecommendedAction = Get-Value $Record.ErrorDetails RecommendedAction
        $Record.ErrorDetails = $named
    }
    if ($stopsAtErrors) { Write-Error -ErrorRecord $Record -ErrorAction Continue } else { $PSCmdlet.WriteError($Record) }
}

# A rename: nobody ever sees half a file. Move-Item deletes the old file first. The file is new and its name not to be guessed, so that nothing
# planted in its place is written through.
function Save-Report([string] $File, [object[]] $Row) {
    $lines = @($columns -join ','; $Row | Select-Object $columns | ConvertTo-Csv -UseQuotes AsNeeded -NoHeader)
    $part = "$File.$(New-Guid).part"
    $stream = [System.IO.FileStream]::new($part, [System.IO.FileMode]::CreateNew)
    try {
        try {
            $stream.Write([System.Text.Encoding]::UTF8.GetPreamble())
            $stream.Write([System.Text.Encoding]::UTF8.GetBytes(($lines -join [Environment]::NewLine) + [Environment]::NewLine))
            $stream.Flush($true)
        }
        finally {
            $stream.Dispose()
        }
        [System.IO.File]::Move($part, $File, $true)
    }
    finally {
        [System.IO.File]::Delete($part)
    }
}

$exitCode = 3
$own = $null
try {
    Import-Module CseJobs -Verbose:$false
    $file = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
    $since = (ConvertTo-Time $From).LocalDateTime

    if (-not $Session) {
        $where = @{}
        if ($Region) { $where.Region = $Region }
        if ($Endpoint) { $where.Endpoint = $Endpoint }
        if ($ProjectId) { $where.ProjectId = $ProjectId }
        # Of this script alone: the default session of who runs it stays what it is.
        $Session = $own = Connect-Cse @where -Name "report-$(New-Guid)" -Scope Runspace
    }

    $problems = $warnings = @()
    $asked = @{ Session = $Session; ErrorAction = 'SilentlyContinue'; ErrorVariable = '+problems'; WarningVariable = '+warnings' }

    # pwsh -File hands over a list as one text.
    $engines = @(Get-CseEngine ($EngineName -split ',').Trim() @asked)
    if (-not $engines) { throw $problems ? $problems[0] : "No engine is named $($EngineName -join ', ') in this project and region." }
    # Ids are told apart by their letters' case too.
    $names = [hashtable]::new([System.StringComparer]::Ordinal)
    foreach ($engine in $engines) { $names[$engine.Id] = $engine.Name }

    Write-Verbose "Looking at $($engines.Count) engines for jobs that failed since $(Format-Time $since)."
    # Not -EndedAfter, which leaves out what has failed and tells no end.
    $failed = @($engines | Get-CseEngineJob -Failed -From ($since - $longestJob) -ThrottleLimit $ThrottleLimit @asked |
        Where-Object { -not $_.EndTime -or $_.EndTime -ge $since })

    if ($PagePath) {
        Write-Verbose "Writing a page of $($failed.Count) failed jobs."
        $failed | Export-CseEngineJobReport $PagePath -Title "Failed jobs since $(Format-Time $since)" -Force -WarningVariable +warnings -WarningAction SilentlyContinue
    }

    $rows = @(
        foreach ($job in $failed) { ConvertTo-Row -Engine $names[$job.EngineId] -EngineId $job.EngineId -Job $job }
        foreach ($problem in $problems) {
            $target = "$($problem.TargetObject)"
            ConvertTo-Row -Engine ($names[$target] ?? $target) -EngineId ($names[$target] ? $target : '') -Problem $problem
        }
        foreach ($warning in $warnings) { ConvertTo-Row -Problem $warning }
    )

    Save-Report $file $rows
    $missing = $problems.Count + $warnings.Count
    $exitCode = if ($missing) { 2 } elseif ($failed) { 1 } else { 0 }
    foreach ($problem in $problems) { Show-Problem $problem $names["$($problem.TargetObject)"] }
    "Failed jobs: $($failed.Count), engines: $($engines.Count), problems: $missing, since $(Format-Time $since): $file"
}
catch {
    Show-Problem $_
}
finally {
    if ($own) { Disconnect-Cse -Session $own -ErrorAction Ignore }
}

exit $exitCode
