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
    # Importing and connecting belong to the module's time.
    $ways = [ordered]@{
        'Invoke-RestMethod'  = New-ScriptWay $byHand
        'C# loop'            = New-LoopWay parse
        'Where-Object'       = New-ScriptWay "$connect; $where"
        '-Status'            = New-ScriptWay "$connect; $status"
        'Where-Object alone' = New-ScriptWay '($all | Where-Object Status -EQ Error | Measure-Object).Count' -Setup "$connect; `$all = Get-CseEngineJob $engine -PageSize 1000"
    }
    $medians = Measure-Way $ways $server.Address
}
finally {
    Stop-BenchmarkServer $server
}

Assert-SameValue $medians 'Invoke-RestMethod', 'C# loop', 'Where-Object', '-Status', 'Where-Object alone'
$seconds = @{}
foreach ($name in $medians.Keys) { $seconds[$name] = $medians[$name].Seconds }
$many = '{0:N0} jobs' -f $jobs
New-TargetResult '1a' "$many, ``| Where-Object Status -eq Error`` / Where-Object alone over the same jobs in memory" ($seconds['Where-Object'] / $seconds['Where-Object alone']) -AtMost 1.25 -Context (
    Format-Way $medians 'Where-Object', 'Where-Object alone')
New-TargetResult '1b' "$many, ``-Status Error`` / a C# loop (source-generated System.Text.Json, no shell)" ($seconds['-Status'] / $seconds['C# loop']) -AtMost 0.8 -Context (
    Format-Way $medians '-Status', 'C# loop')
New-TargetResult '1c' "$many, a loop of Invoke-RestMethod / ``Where-Object``" ($seconds['Invoke-RestMethod'] / $seconds['Where-Object']) -AtLeast 6 -Context (
    Format-Way $medians 'Invoke-RestMethod')
New-TargetResult '1d' "$many, a loop of Invoke-RestMethod / ``-Status``" ($seconds['Invoke-RestMethod'] / $seconds['-Status']) -AtLeast 12
