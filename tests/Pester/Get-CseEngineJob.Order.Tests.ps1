BeforeAll {
    $null = Connect-Simulator
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob' {
    It 'gives each job before it takes the next from the pipeline with -ThrottleLimit 1' {
        $ids = Get-ServerId sim-jobs9
        $steps = [System.Collections.Generic.List[string]]::new()
        $ids[0..2] | ForEach-Object { $steps.Add("in $_"); $_ } | Get-CseEngineJob -EngineId sim-jobs9 -ThrottleLimit 1 | ForEach-Object { $steps.Add("out $($_.Id)") }
        $steps | Should -Be ($ids[0..2] | ForEach-Object { "in $_", "out $_" })
    }

    It 'takes -Type Update and Updated for the same' {
        $engine = New-Engine jobs3
        $made = foreach ($type in 'Update', 'Updated') {
            Invoke-RestMethod "$(Get-SimulatorAddress)_sim/engines/$engine/jobs" -Method Post -ContentType application/json -Body (@{ status = 'Finished'; type = $type } | ConvertTo-Json)
        }
        $made | Should -HaveCount 2
        foreach ($type in 'Update', 'Updated') {
            (Get-CseEngineJob $engine -Type $type).TypeText | Where-Object { $_ } | Sort-Object -Unique | Should -Be 'Update', 'Updated'
        }
    }
}

Describe 'Wait-CseEngineJob' {
    It 'says of a failed job that was retried that it may come back' {
        $engine = New-Engine jobs3-revive3
        $job = [pscustomobject]@{ EngineId = $engine; Id = Get-LiveId $engine; Status = 'Init' }
        $said = @($job | Wait-CseEngineJob -TimeoutSec 60 -PollIntervalSec 0.05 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message
        $said | Where-Object { $_ -like "Job $($job.Id) (*) of engine $engine reads Error, but it was retried or ran a moment ago: it may come back." } | Should -Not -BeNullOrEmpty
    }
}
