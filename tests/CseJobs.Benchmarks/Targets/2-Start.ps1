# What importing costs, and the first jobs of a process.
param([switch] $Quick)
$settings = Get-BenchmarkSetting
$engine = 'sim-jobs5'
$runs = $Quick ? $settings.Runs : 2 * $settings.Runs + 1
$server = Start-BenchmarkServer
try {
    # Both are small: more runs. Import-Module itself has to be warm in both, or the first one pays for it.
    $warm = 'Import-Module Microsoft.PowerShell.Management'
    $ways = [ordered]@{
        'import, empty module'        = New-ScriptWay "Import-Module '$($settings.EmptyModule)'; 1" -Setup $warm
        'import, one view'            = New-ScriptWay "Import-Module '$($settings.EmptyModule.Replace('EmptyModule.psd1', 'OneView.psd1'))'; 1" -Setup $warm
        'import, CseJobs'             = New-ScriptWay "Import-Module '$($settings.Module)'; 1" -Setup $warm
        'first Invoke-RestMethod'     = New-ScriptWay "(($(Get-RestText "$engine/jobs?offset=0&limit=100")).data | ConvertTo-Csv).Count - 1"
        'first Get-CseEngineJob'      = New-ScriptWay "@(Get-CseEngineJob $engine).Count" -Setup (Get-ConnectText)
    }
    $medians = Measure-Way $ways $server.Address -Runs $runs
}
finally {
    Stop-BenchmarkServer $server
}

Assert-SameValue $medians 'first Invoke-RestMethod', 'first Get-CseEngineJob'
$ms = @{}
foreach ($name in $medians.Keys) { $ms[$name] = $medians[$name].Seconds * 1000 }
New-TargetResult '6a' 'Import-Module CseJobs / an empty binary module' ($ms['import, CseJobs'] / $ms['import, empty module']) -AtMost 1.3 -Context (
    '{0:0.0} ms / {1:0.0} ms; the empty module with one view of one column and one alias, {2:0.0} ms, is {3:0.0}x itself' -f $ms['import, CseJobs'], $ms['import, empty module'], $ms['import, one view'], ($ms['import, one view'] / $ms['import, empty module']))
New-TargetResult '6b' 'first Get-CseEngineJob of a process (5 jobs) / Invoke-RestMethod | ConvertTo-Csv' ($ms['first Get-CseEngineJob'] / $ms['first Invoke-RestMethod']) -AtMost 0.8 -Context (
    '{0:0} ms / {1:0} ms' -f $ms['first Get-CseEngineJob'], $ms['first Invoke-RestMethod'])
