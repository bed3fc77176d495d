# What importing costs, and the first jobs of a process.
param([switch] $Quick)
$settings = Get-BenchmarkSetting
$engine = 'sim-jobs100'
$runs = $Quick ? $settings.Runs : 2 * $settings.Runs + 1
$server = Start-BenchmarkServer
try {
    # All are small: more runs. Import-Module itself has to be warm, or the first one pays for it.
    $warm = 'Import-Module Microsoft.PowerShell.Management'
    $ways = [ordered]@{
        'empty module'            = New-ScriptWay "Import-Module '$($settings.EmptyModule)'; 1" -Setup $warm
        'CseJobs'                 = New-ScriptWay "Import-Module '$($settings.Module)'; 1" -Setup $warm
        'first Invoke-RestMethod' = New-ScriptWay "(($(Get-RestText "$engine/jobs?offset=0&limit=100")).data | ConvertTo-Csv).Count - 1"
        'first Get-CseEngineJob'  = New-ScriptWay "@(Get-CseEngineJob $engine).Count" -Setup (Get-ConnectText)
    }
    $medians = Measure-Way $ways $server.Address -Runs $runs
}
finally {
    Stop-BenchmarkServer $server
}

Assert-SameValue $medians 'first Invoke-RestMethod', 'first Get-CseEngineJob'
$ms = @{}
foreach ($name in $medians.Keys) { $ms[$name] = $medians[$name].Seconds * 1000 }
New-TargetResult '2a' 'first Get-CseEngineJob of a process, 100 jobs / Invoke-RestMethod of the same page, ConvertTo-Csv' ($ms['first Get-CseEngineJob'] / $ms['first Invoke-RestMethod']) -AtMost 0.65 -Context (
    '{0:0} ms / {1:0} ms' -f $ms['first Get-CseEngineJob'], $ms['first Invoke-RestMethod'])
New-TargetResult '2b' 'Import-Module CseJobs / an empty binary module with one view and one alias' ($ms['CseJobs'] / $ms['empty module']) -AtMost 1.3 -Context (
    '{0:0.0} ms / {1:0.0} ms' -f $ms['CseJobs'], $ms['empty module'])
