# A million jobs in the memory of a hundred thousand.
param([switch] $Quick)
$few, $many = $Quick ? (20000, 100000) : (100000, 1000000)
$server = Start-BenchmarkServer
try {
    $ways = [ordered]@{}
    foreach ($jobs in $few, $many) {
        $ways["$jobs jobs"] = New-ScriptWay "(Get-CseEngineJob sim-jobs$jobs -PageSize 1000 | Where-Object Status -EQ Error | Measure-Object).Count" -Setup (Get-ConnectText)
    }
    $medians = Measure-Way $ways $server.Address
}
finally {
    Stop-BenchmarkServer $server
}

New-TargetResult '3' "peak working set, $('{0:N0}' -f $many) jobs / $('{0:N0}' -f $few) jobs, ``| Where-Object``" ($medians["$many jobs"].PeakMB / $medians["$few jobs"].PeakMB) -AtMost 1.15 -Context (
    '{0:0} MB / {1:0} MB; {2:0.0} s for all' -f $medians["$many jobs"].PeakMB, $medians["$few jobs"].PeakMB, $medians["$many jobs"].Seconds)
