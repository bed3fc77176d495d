# 20,000 jobs as a table, against a view of the same columns that reads plain properties.
param([switch] $Quick)
$jobs = $Quick ? 5000 : 20000
$plain = Join-Path ([System.IO.Path]::GetTempPath()) "plain-$PID.format.ps1xml"
$columns = 'Id', 'TypeText', 'StatusText', 'StartTime', 'Duration', 'CreateUser', 'Description'
@"
<?xml version="1.0" encoding="utf-8"?>
<Configuration><ViewDefinitions><View>
  <Name>Plain</Name><ViewSelectedBy><TypeName>CseJobs.EngineJob</TypeName></ViewSelectedBy>
  <TableControl>
    <TableHeaders>$(('<TableColumnHeader><Width>12</Width></TableColumnHeader>' * ($columns.Count - 1)) + '<TableColumnHeader/>')</TableHeaders>
    <TableRowEntries><TableRowEntry><TableColumnItems>$($columns | ForEach-Object { "<TableColumnItem><PropertyName>$_</PropertyName></TableColumnItem>" })</TableColumnItems></TableRowEntry></TableRowEntries>
  </TableControl>
</View></ViewDefinitions></Configuration>
"@ | Set-Content $plain
$list = "$(Get-ConnectText); `$jobs = Get-CseEngineJob sim-jobs$jobs -PageSize 1000; `$few = `$jobs[0..99]"
$work = '($jobs | Out-String -Width 120).Split([Environment]::NewLine).Where({ $_ -match ''^\s*\d'' }).Count'
$server = Start-BenchmarkServer
try {
    $ways = [ordered]@{
        'plain properties' = New-ScriptWay $work -Setup "$list; Update-FormatData -PrependPath '$plain'; `$null = `$few | Out-String"
        'module view'      = New-ScriptWay $work -Setup "$list; `$null = `$few | Out-String"
    }
    $medians = Measure-Way $ways $server.Address
}
finally {
    Stop-BenchmarkServer $server
    Remove-Item $plain
}

Assert-SameValue $medians 'plain properties', 'module view'
New-TargetResult '7' "$('{0:N0}' -f $jobs) jobs to Out-String, module's table / the same columns as plain properties" ($medians['module view'].Seconds / $medians['plain properties'].Seconds) -AtMost 1.5 -Context (
    Format-Way $medians 'module view', 'plain properties')
