# 1,000 jobs by id at 20 ms a call, 16 at once, against a loop by hand. Among them one id that does not exist.
param([switch] $Quick)
$jobs = $Quick ? 200 : 1000
$engine = "sim-jobs$jobs-latency20"
$ids = "`$ids = @((Get-CseEngineJob sim-jobs$jobs-latency20 -PageSize 1000).Id); `$ids = `$ids[0..9] + 1 + `$ids[10..(`$ids.Count - 1)]"
$server = Start-BenchmarkServer
try {
    $ways = [ordered]@{
        'one by one by hand' = New-ScriptWay "(`$ids | ForEach-Object { try { $(Get-RestText "$engine/jobs/`$_") } catch { } } | Measure-Object).Count" -Setup "$(Get-ConnectText); $ids"
        '-ThrottleLimit 16'  = New-ScriptWay "`$read = `$ids | Get-CseEngineJob $engine -ThrottleLimit 16 -ErrorAction SilentlyContinue -ErrorVariable failed; if ((`$read.Id -join ',') -ne ((`$ids -ne 1) -join ',')) { throw 'out of order' }; if (`$failed.Count -ne 1) { throw 'one id was to fail' }; `$read.Count" -Setup "$(Get-ConnectText); $ids"
    }
    $medians = Measure-Way $ways $server.Address
}
finally {
    Stop-BenchmarkServer $server
}

Assert-SameValue $medians 'one by one by hand', '-ThrottleLimit 16'
New-TargetResult '4' "$jobs jobs by id at 20 ms, Invoke-RestMethod one by one / -ThrottleLimit 16" ($medians['one by one by hand'].Seconds / $medians['-ThrottleLimit 16'].Seconds) -AtLeast 12 -Context (
    "$(Format-Way $medians 'one by one by hand', '-ThrottleLimit 16'); in order, one unknown id reported")
