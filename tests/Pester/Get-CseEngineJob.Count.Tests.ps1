Describe 'Get-CseEngineJob -IncludeTotalCount' {
    BeforeAll {
        $null = Connect-Simulator
        $one, $two = 'jobs3', 'jobs5' | ForEach-Object { New-Engine $_ }
    }

    AfterAll {
        Get-CseSession | Disconnect-Cse
    }

    It 'asks no further engine when -First has what it wants' {
        Clear-SimulatorRequest
        $output = @(Get-CseEngineJob $one, $two -First 2 -IncludeTotalCount)
        $output | Should -HaveCount 3
        $output[0] | Should -Be 3
        Get-Call | Should -Be "GET /$one/jobs?offset=0&limit=100"
    }

    It 'counts every engine with -First 0' {
        Get-CseEngineJob $one, $two -First 0 -IncludeTotalCount | Should -Be 3, 5
    }

    It 'reads no page in advance when -First has what it wants' {
        $engine = New-Engine jobs40-max10-pages0
        $null = Get-CseEngineJob $engine -PageSize 10 -First 20
        Get-Call | Where-Object { $_ -like "*/$engine/*" } | Should -HaveCount 2
    }
}
