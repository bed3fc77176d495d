# 100 pages at 30 ms: the network waits for nobody.
param([switch] $Quick)
$pages = $Quick ? 30 : 100
$engine = "sim-jobs$($pages * 1000)"
$work = "(Get-CseEngineJob {0} -PageSize 1000 | Where-Object Status -EQ Error | Measure-Object).Count"
$server = Start-BenchmarkServer
try {
    $ways = [ordered]@{
        'module at 30 ms'    = New-ScriptWay ($work -f "$engine-latency30") -Setup (Get-ConnectText)
        'module at 0 ms'     = New-ScriptWay ($work -f $engine) -Setup (Get-ConnectText)
        'bytes only at 30 ms' = New-LoopWay fetch "$engine-latency30"
    }
    $medians = Measure-Way $ways $server.Address
    $before = (Invoke-RestMethod "$($server.Address)_sim/stats").requests
    $first = Invoke-Way (New-ScriptWay "(Get-CseEngineJob $engine -PageSize 1000 | Select-Object -First 1 | Measure-Object).Count" -Setup (Get-ConnectText)) $server.Address
    $cost = (Invoke-RestMethod "$($server.Address)_sim/stats").requests - $before
}
finally {
    Stop-BenchmarkServer $server
}

$bound = [math]::Max($medians['bytes only at 30 ms'].Seconds, $medians['module at 0 ms'].Seconds)
New-TargetResult '3a' "$pages pages at 30 ms, module / the larger of network and CPU" ($medians['module at 30 ms'].Seconds / $bound) -AtMost 1.15 -Context (
    Format-Way $medians 'module at 30 ms', 'bytes only at 30 ms', 'module at 0 ms')
New-TargetResult '3b' 'requests for Select-Object -First 1' $cost -AtMost 1 -Context "$($first.Value) job"
