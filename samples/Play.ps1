<#
.SYNOPSIS
    An interactive PowerShell with the module imported and a session to a simulator of the API. ./build.sh play runs it.
.DESCRIPTION
    The simulator's engines are busy: some have a job that moves on while one looks. It ends when the shell ends.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Simulator
)
