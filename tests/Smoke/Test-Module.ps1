#requires -Version 7.4

<#
.SYNOPSIS
    Uses every cmdlet once against the simulator, in the PowerShell that runs it. One line a check; the exit code is the number that failed.
.DESCRIPTION
    It needs neither Pester nor the other tests: for any engine and system. Where those run it passes, so that a failure elsewhere is the
    module's and not the script's.
#>
[CmdletBinding()]
param(
    # Folder or manifest of the built module.
    [Parameter(Mandatory = $true)] [string] $Module,

    # Address of a running simulator.
    [Parameter(Mandatory = $true)] [uri] $Endpoint
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$script:failed = 0

function Test-That([string] $What, [scriptblock] $Check) {
    try {
        if (& $Check) { "ok      $What"; return }
        "FAILED  $What"
    }
    catch {
        "FAILED  $What`: $($_.Exception.Message)"
    }
    $script:failed++
}

$project = '0123456789abcdef0123456789abcdef'
$engine = '3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60'

"PowerShell $($PSVersionTable.PSVersion) $($PSVersionTable.PSEdition), $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription), $([System.Runtime.InteropServices.RuntimeInformation]::OSDescription)"
# Texts are compared without colours.
$PSStyle.OutputRendering = 'PlainText'
Import-Module $Module
Test-That 'the module has the cmdlets of its manifest' { "$((Get-Command -Module CseJobs).Name | Sort-Object)" -eq "$((Import-PowerShellDataFile "$((Get-Module CseJobs).ModuleBase)/CseJobs.psd1").CmdletsToExport | Sort-Object)" }

$session = Connect-Cse -Endpoint $Endpoint -ProjectId $project -Token 'sim-token' -EngineId $engine
Test-That 'a session with a token' { $session.Identity -eq 'Token' -and (Get-CseSession).Name -eq 'default' }
Test-That 'nothing in the way of a session' { @(Test-CseSession | Where-Object Result -In Fail, Warn).Count -eq 0 }
Test-That 'a list of several pages' { @(Get-CseEngineJob -First 250 -PageSize 100).Count -eq 250 }
Test-That 'a filter by status' { @(Get-CseEngineJob | Where-Object Status -EQ Error).Count -gt 0 }
Test-That 'a filter by time' { @(Get-CseEngineJob -From 2000-01-01 -First 1).Count -eq 1 }

$job = Get-CseEngineJob -Status Error -First 1
Test-That 'details through the pipeline' { ($job | Get-CseEngineJob).Phases.Count -gt 0 }
Test-That 'the table' { ($job | Out-String) -match "$($job.Id)\s+$($job.TypeText)\s+" }
Test-That 'no escape sequence in plain text' { ($job | Out-String) -notmatch [char]27 }
Test-That 'the timeline' { ($job | Get-CseEngineJob | Format-Custom | Out-String) -match "Job $($job.Id)" }
Test-That 'Export-Clixml and back' {
    $file = [System.IO.Path]::GetTempFileName()
    $job | Export-Clixml $file
    $copy = Import-Clixml $file
    Remove-Item $file
    $copy.Id -eq $job.Id -and $copy.Status -eq 'Error'
}
Test-That 'a report' {
    $page = Join-Path ([System.IO.Path]::GetTempPath()) "$(New-Guid).html"
    Get-CseEngineJob -First 50 | Export-CseEngineJobReport $page
    $text = Get-Content $page -Raw
    Remove-Item $page
    $text -like '<!DOCTYPE html>*' -and $text -like "*$($job.Id)*"
}
Test-That 'figures' { (Get-CseEngineJob -First 50 | Measure-CseEngineJob -By Month, Type | Measure-Object Count -Sum).Sum -eq 50 }
Test-That 'an error that names its id' {
    Get-CseEngineJob -Id 1 -ErrorAction SilentlyContinue -ErrorVariable problem
    $problem[0].FullyQualifiedErrorId -like 'JobNotFound,*'
}
Test-That 'engines' { (Get-CseEngine prod-inventory).Id -eq (Get-CseEngine | Where-Object Name -EQ prod-inventory).Id }
Test-That 'the newest job, retried and waited for' {
    $ended = Get-CseEngine prod-inventory | Get-CseEngineJob -Latest | Restart-CseEngineJob | Wait-CseEngineJob -PollIntervalSec 0.2
    $ended.Status -eq 'Finished'
}
Test-That 'a watch that ends with its engine at rest' {
    @(Get-CseEngine prod-inventory | Watch-CseEngineJob -Until Idle -TimeoutSec 60 -PollIntervalSec 0.2 | Where-Object Kind -EQ Began).Count -eq 0
}
Test-That 'signed requests' {
    $signed = Connect-Cse -Endpoint $Endpoint -ProjectId $project -AccessKey AKACCOUNTA0000000001 -SecretKey SKACCOUNTA00000000000000000000000000001A -Name signed
    @(Get-CseEngineJob $engine -First 3 -Session $signed).Count -eq 3
}
Test-That 'an IAM user' {
    $password = New-Object System.Security.SecureString
    'password-a-1f9c'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
    $user = New-Object System.Management.Automation.PSCredential 'user-a', $password
    $signedIn = Connect-Cse -Endpoint $Endpoint -IamEndpoint $Endpoint -ProjectId $project -Credential $user -DomainName account-a -Name user
    @(Get-CseEngineJob $engine -First 3 -Session $signedIn).Count -eq 3
}
Test-That 'a session that is selected' {
    (Select-CseSession signed).Name -eq 'signed' -and (Get-CseEngineJob $engine -First 1).Session.Name -eq 'signed'
}
Test-That 'a session that ends' {
    Get-CseSession | Disconnect-Cse
    @(Get-CseSession).Count -eq 0 -and $session.IsClosed
}
Test-That 'a module that goes' { Remove-Module CseJobs; @(Get-Command -Module CseJobs -ListImported).Count -eq 0 }

exit $script:failed
