# The same memory for a million jobs as for ten thousand.
param([switch] $Quick)
$many = $Quick ? 100000 : 1000000
$server = Start-BenchmarkServer
try {
    $ways = [ordered]@{}
    foreach ($jobs in 10000, $many) {
        foreach ($end in 'Where-Object Status -EQ Error', 'Measure-Object') {
            $ways["$jobs, $end"] = New-ScriptWay "(Get-CseEngineJob sim-jobs$jobs -PageSize 1000 | $end | Measure-Object).Count" -Setup (Get-ConnectText)
        }
    }
    $medians = Measure-Way $ways $server.Address
}
finally {
    Stop-BenchmarkServer $server
}

$id = 'a'
foreach ($end in 'Where-Object Status -EQ Error', 'Measure-Object') {
    $few = $medians["10000, $end"]
    $all = $medians["$many, $end"]
    New-TargetResult "2$id" "peak working set, $('{0:N0}' -f $many) jobs / 10,000 jobs, $($end.Split(' ')[0])" ($all.PeakMB / $few.PeakMB) -AtMost 1.15 -Context (
        '{0:0} MB / {1:0} MB; {2:0.0} s for all' -f $all.PeakMB, $few.PeakMB, $all.Seconds)
    $id = 'b'
}
