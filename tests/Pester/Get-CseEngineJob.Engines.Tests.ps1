BeforeAll {
    $null = Connect-Simulator
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Get-CseEngineJob, naming engines' {
    BeforeEach {
        Clear-SimulatorRequest
    }

    Context 'Several engines' {
        It 'lists them one after the other: <How>' -ForEach @(
            @{ How = 'by position'; List = { Get-CseEngineJob sim-jobs3, sim-jobs4 } }
            @{ How = 'from the pipeline'; List = { 'sim-jobs3', 'sim-jobs4' | Get-CseEngineJob } }
        ) {
            (& $List).Id | Should -Be ((Get-ServerId sim-jobs3) + (Get-ServerId sim-jobs4))
        }

        It 'counts -First and -Skip over all of them: <How>' -ForEach @(
            @{ How = 'by position'; List = { Get-CseEngineJob sim-jobs3, sim-jobs4, sim-jobs5 -Skip 2 -First 3 } }
            @{ How = 'from the pipeline'; List = { 'sim-jobs3', 'sim-jobs4', 'sim-jobs5' | Get-CseEngineJob -Skip 2 -First 3 } }
        ) {
            $found = (& $List).Id
            $requests = Get-SimulatorRequest
            $found | Should -Be (@(Get-ServerId sim-jobs3)[2], @(Get-ServerId sim-jobs4)[0], @(Get-ServerId sim-jobs4)[1])
            $requests | Should -HaveCount 2
        }

        It 'reports one that does not exist, and goes on: <How>' -ForEach @(
            @{ How = 'by position'; List = { Get-CseEngineJob sim-jobs3, nobody, sim-jobs4 -ErrorVariable script:problem -ErrorAction SilentlyContinue } }
            @{ How = 'from the pipeline'; List = { 'sim-jobs3', 'nobody', 'sim-jobs4' | Get-CseEngineJob -ErrorVariable script:problem -ErrorAction SilentlyContinue } }
        ) {
            & $List | Should -HaveCount 7
            $script:problem | Should -HaveCount 1
            $script:problem[0].FullyQualifiedErrorId | Should -BeExactly 'EngineNotFound,CseJobs.Commands.GetCseEngineJobCommand'
            $script:problem[0].CategoryInfo.Category | Should -Be ObjectNotFound
            $script:problem[0].TargetObject | Should -BeExactly 'nobody'
            $script:problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*engine id*project*region*'
            "$($script:problem[0])" | Should -BeLike "*'nobody'*$($Sim.ProjectId)*"
        }

        It 'stops at one that does not exist with -ErrorAction Stop' {
            $found = [System.Collections.Generic.List[object]]::new()
            { Get-CseEngineJob sim-jobs3, nobody, sim-jobs4 -ThrottleLimit 1 -ErrorAction Stop | ForEach-Object { $found.Add($_) } } | Should -Throw -ErrorId 'EngineNotFound,*'
            $found | Should -HaveCount 3
            (Get-SimulatorRequest).path | Should -Not -Match 'sim-jobs4'
        }

        It 'needs one: without, and without one in the session, it says where to name it' {
            try { Get-CseEngineJob -ErrorAction SilentlyContinue } catch { $problem = $_ }
            $problem.FullyQualifiedErrorId | Should -BeExactly 'EngineIdMissing,CseJobs.Commands.GetCseEngineJobCommand'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-EngineId*Connect-Cse*'
            Get-SimulatorRequest | Should -BeNullOrEmpty
        }
    }

    Context 'Engine ids that cannot be' {
        It 'refuses <What> before sending, and goes on with the others' -ForEach @(
            @{ What = 'a slash'; Id = 'a/b'; Says = "*'/'*" }
            @{ What = 'a way out'; Id = '../../v3/projects'; Says = "*'/'*" }
            @{ What = 'a backslash'; Id = 'a\b'; Says = "*'\'*" }
            @{ What = 'two dots'; Id = '..'; Says = '*relative path*' }
            @{ What = 'a line break'; Id = "sim-jobs3`n"; Says = '*line break*' }
            @{ What = 'an escape'; Id = "a`e[2Jb"; Says = '*control character*' }
            @{ What = 'a blank'; Id = 'a b'; Says = '*blank*' }
            @{ What = 'a page of text'; Id = 'x' * 300; Says = '*300 characters*' }
        ) {
            $found = Get-CseEngineJob $Id, sim-jobs3 -ErrorVariable problem -ErrorAction SilentlyContinue
            $found | Should -HaveCount 3
            $problem | Should -HaveCount 1
            $problem[0].FullyQualifiedErrorId | Should -BeExactly 'InvalidArgument,CseJobs.Commands.GetCseEngineJobCommand'
            $problem[0].CategoryInfo.Category | Should -Be InvalidArgument
            $problem[0].TargetObject | Should -BeExactly $Id
            "$($problem[0])" | Should -BeLike $Says
            "$($problem[0])" | Should -Not -Match '[\x00-\x08\x0b-\x1f\x7f-\x9f]'
            (Get-SimulatorRequest).path | Should -BeExactly "/v2/$($Sim.ProjectId)/enginemgr/engines/sim-jobs3/jobs"
        }

        It 'sends <Given> as the one segment <Sent>' -ForEach @(
            @{ Given = 'a%2Fb'; Sent = 'a%252Fb' }
            @{ Given = 'a#b'; Sent = 'a%23b' }
            @{ Given = 'a;b=c&d'; Sent = 'a%3Bb%3Dc%26d' }
            @{ Given = 'Überprüfung'; Sent = '%C3%9Cberpr%C3%BCfung' }
        ) {
            $null = Get-CseEngineJob $Given -ErrorAction SilentlyContinue
            @(Get-SimulatorRequest)[0].path | Should -BeExactly "/v2/$($Sim.ProjectId)/enginemgr/engines/$Sent/jobs"
        }
    }
}
