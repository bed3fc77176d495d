#requires -Version 7.4

<#
.SYNOPSIS
    The time of the commit that is built, in seconds since 1970; outside a git work tree (a source archive) 1980-01-01, the earliest that a zip file can hold.
#>
[CmdletBinding()]
[OutputType([long])]
param()

# What git has to say where it knows no commit is nobody's concern.
$PSNativeCommandUseErrorActionPreference = $false
$seconds = if (Get-Command git -ErrorAction Ignore) { git -C $PSScriptRoot log -1 --format=%ct 2>$null }
[long]($seconds ? $seconds : 315532800)
