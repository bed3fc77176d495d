BeforeAll {
    $null = Connect-Simulator

    function Add-Job([string] $Engine, [string] $Type) {
        (Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines/$Engine/jobs" -Method Post -Body (@{ type = $Type; status = 'Finished' } | ConvertTo-Json)).id
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob -Type, where the documents have two spellings of one type' {
    BeforeAll {
        $engine = New-Engine jobs0
        $other = Add-Job $engine Upgrade
        $old = Add-Job $engine Updated
        $new = Add-Job $engine Update
    }

    It 'finds both with -Type <Type>' -ForEach @{ Type = 'Update' }, @{ Type = 'Updated' }, @{ Type = 'Delete', 'Updated' }, @{ Type = 'Update', 'Updated' } {
        (Get-CseEngineJob $engine -Type $Type).Id | Should -Be $new, $old
    }

    It 'finds neither with another type' {
        (Get-CseEngineJob $engine -Type Upgrade, Delete).Id | Should -Be $other
    }
}
