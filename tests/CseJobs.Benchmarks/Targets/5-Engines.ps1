# 50 engines of 100 to 150 jobs at 20 ms a call, 8 at once, against one after the other.
param([switch] $Quick)
$count = $Quick ? 20 : 50
$engines = "`$engines = 1..$count | ForEach-Object { `"sim-jobs`$(100 + `$_)-latency20`" }"
$digest = "[Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes((`$all | ForEach-Object { `"`$(`$_.EngineId) `$(`$_.Id)`" }) -join ',')))"
$server = Start-BenchmarkServer
try {
    $ways = [ordered]@{
        'one after the other' = New-ScriptWay "`$all = `$engines | Get-CseEngineJob; $digest" -Setup "$(Get-ConnectText); $engines"
        '-ThrottleLimit 8'    = New-ScriptWay "`$all = `$engines | Get-CseEngineJob -ThrottleLimit 8; $digest" -Setup "$(Get-ConnectText); $engines"
    }
    $medians = Measure-Way $ways $server.Address
    $peak = (Invoke-RestMethod "$($server.Address)_sim/stats").peakConcurrency
}
finally {
    Stop-BenchmarkServer $server
}

# The same digest: every engine's jobs together and in order, however they were read.
Assert-SameValue $medians 'one after the other', '-ThrottleLimit 8'
New-TargetResult '5' "$count engines at 20 ms, one after the other / -ThrottleLimit 8" ($medians['one after the other'].Seconds / $medians['-ThrottleLimit 8'].Seconds) -AtLeast 5 -Context (
    "$(Format-Way $medians 'one after the other', '-ThrottleLimit 8'); at most $peak requests at once")
