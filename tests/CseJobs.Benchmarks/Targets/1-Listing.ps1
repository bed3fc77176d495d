# 100,000 jobs, the failed ones counted: by hand, in C#, with the module.
param([switch] $Quick)
$jobs = $Quick ? 20000 : 100000
$engine = '3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60'
$byHand = @"
`$page = 1
(& {
    do {
        `$answer = $(Get-RestText "$engine/jobs?offset=`$page&limit=1000")
        `$answer.data
        `$page++
    } while (`$answer.data.Count -gt 0)
} | Where-Object status -EQ Error | Measure-Object).Count
"@
$connect = Get-ConnectText
$where = "(Get-CseEngineJob $engine -PageSize 1000 | Where-Object Status -EQ Error | Measure-Object).Count"
$status = "(Get-CseEngineJob $engine -PageSize 1000 -Status Error | Measure-Object).Count"

$server = Start-BenchmarkServer -Jobs $jobs
try {
    # Importing and connecting belong to the module's time; what a second listing in the same process takes is told beside.
    $ways = [ordered]@{
        'Invoke-RestMethod'        = New-ScriptWay $byHand
        'C# loop'                  = New-LoopWay parse
        'bytes only'               = New-LoopWay fetch
        'Where-Object'             = New-ScriptWay "$connect; $where"
        '-Status'                  = New-ScriptWay "$connect; $status"
        'Where-Object, again'      = New-ScriptWay $where -Setup $connect -Again
        'Invoke-RestMethod, again' = New-ScriptWay $byHand -Again
        'Where-Object alone'       = New-ScriptWay '($all | Where-Object Status -EQ Error | Measure-Object).Count' -Setup "$connect; `$all = Get-CseEngineJob $engine -PageSize 1000"
    }
    $medians = Measure-Way $ways $server.Address
}
finally {
    Stop-BenchmarkServer $server
}

Assert-SameValue $medians 'Invoke-RestMethod', 'C# loop', 'Where-Object', '-Status', 'Where-Object alone'
$seconds = @{}
foreach ($name in $medians.Keys) { $seconds[$name] = $medians[$name].Seconds }
New-TargetResult '1a' "$('{0:N0}' -f $jobs) jobs, Invoke-RestMethod loop / module with Where-Object" ($seconds['Invoke-RestMethod'] / $seconds['Where-Object']) -AtLeast 10 -Context (
    "$(Format-Way $medians 'Invoke-RestMethod', 'Where-Object'); Where-Object alone, over jobs in memory: $('{0:0.00}' -f $seconds['Where-Object alone']) s; a second time in one process: $('{0:0.00}' -f $seconds['Invoke-RestMethod, again']) s / $('{0:0.00}' -f $seconds['Where-Object, again']) s = $('{0:0.0}' -f ($seconds['Invoke-RestMethod, again'] / $seconds['Where-Object, again']))x")
New-TargetResult '1b' 'the same, module with Where-Object / C# loop' ($seconds['Where-Object'] / $seconds['C# loop']) -AtMost 1 -Context (
    "$(Format-Way $medians 'C# loop', 'bytes only')")
New-TargetResult '1c' 'the same, module with -Status / C# loop' ($seconds['-Status'] / $seconds['C# loop']) -AtMost 0.8 -Context (
    "$(Format-Way $medians '-Status'); $('{0:0.0}' -f ($seconds['Invoke-RestMethod'] / $seconds['-Status'])) times Invoke-RestMethod")
