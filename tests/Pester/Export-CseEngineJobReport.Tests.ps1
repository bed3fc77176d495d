BeforeDiscovery {
    $hasBrowser = [bool](Get-Command chromium, google-chrome, chromium-browser -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    $null = Connect-Simulator -Name report
    $engine = New-Engine jobs40
    $jobs = @(Get-CseEngineJob $engine)
    $failed = $jobs.Where{ $_.Failed }
    $failed.Count | Should -BeGreaterThan 2

    # What whoever may start a job can put into its texts.
    $hostile = @(
        '<script>document.title=1</script>', '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", '</title></style></pre></svg><b>bold</b>', '&lt;b&gt; &amp; &#60;i&#62;',
        '`code` ``two`` ```', '| a \| b \\| c |', '[link](http://evil.example) <http://evil.example> www.evil.example http://evil.example', '@everyone @team #12 :fire: !important',
        "`u{202E}desrever`u{2066} `u{0007}`e[31m", "two`nlines`r`n## heading`n- item", "</details>`n`n``````````nend", '=HYPERLINK("http://evil.example")', '*a* _b_ ~~c~~ $x$ \'
    )
    function New-HostileJob([string] $Text, [long] $Id = 7) {
        [pscustomobject]@{
            Id = $Id; EngineId = $Text; EngineName = $Text; Session = $null; Status = 'Error'; StatusText = $Text; TypeText = $Text; CreateUser = $Text; Description = $Text; Step = $Text; Reason = $Text
            StartTime = [datetime]'2026-11-25 10:00'; EndTime = [datetime]'2026-11-25 10:10'
            Phases = @([pscustomobject]@{
                    TaskName = $Text; Status = 'Error'; StatusText = $Text; StartTime = [datetime]'2026-11-25 10:01'; EndTime = [datetime]'2026-11-25 10:02'
                    TaskExecutorBrief = [pscustomobject]@{ Description = $Text }
                    Tasks = @([pscustomobject]@{ TaskName = $Text; Status = 'Error'; StatusText = $Text; StartTime = [datetime]'2026-11-25 10:01'; EndTime = [datetime]'2026-11-25 10:02'; Log = "first`n$Text" })
                })
        }
    }

    # What may stand in a page: the names of its elements and attributes.
    $elements = 'html head meta title style body header h1 h2 dl div dt dd time main section figure figcaption svg g rect text span details summary p table thead tbody tr th td a pre footer' -split ' '
    $attributes = 'lang charset http-equiv content name class id aria-labelledby aria-label aria-hidden role tabindex width height x y open colspan scope title href datetime' -split ' '
    function Find-Stranger([string] $Page) {
        foreach ($tag in [regex]::Matches($Page, '<(/?)([a-zA-Z][^\s>]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*>')) {
            if ($tag.Groups[2].Value -cnotin $elements) { $tag.Value }
            foreach ($attribute in [regex]::Matches($tag.Groups[3].Value, '([^\s=]+)="([^"]*)"')) {
                if ($attribute.Groups[1].Value -cnotin $attributes -or ($attribute.Groups[1].Value -eq 'href' -and $attribute.Groups[2].Value -notmatch '^#job\d+$')) { $attribute.Value }
            }
        }
        # A bracket that opens nothing of the above.
        $rest = $Page -replace '(?s)<style>.*?</style>' -replace '^<!DOCTYPE html>' -replace '<(/?)([a-zA-Z][^\s>]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*>'
        [regex]::Matches($rest, '[<>]').Value
    }
    function Get-Report([object[]] $Job, [hashtable] $Given = @{}, [string] $Name = "$(New-Guid).html") {
        $file = Join-Path $TestDrive $Name
        $Job | Export-CseEngineJobReport $file @Given
        Get-Content $file -Raw
    }
    # As a reader sees it.
    function Get-Shown([string] $Page) {
        $text = $Page -replace '(?s)<(title|style)>.*?</\1>' -replace '<[^>]*>', ' '
        [System.Net.WebUtility]::HtmlDecode($text) -replace '\s+', ' '
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Export-CseEngineJobReport' {
    It 'tells how many jobs there were, when, where and in which zone' {
        $shown = Get-Shown (Get-Report $jobs @{ Title = 'The week' })
        $shown.Trim() | Should -BeLike 'The week Jobs begun 20*'
        $begun = $jobs.StartTime | Where-Object { $_ } | Sort-Object
        $shown | Should -BeLike "* $($begun[0].ToString('yyyy-MM-dd HH:mm')) to $($begun[-1].ToString('yyyy-MM-dd HH:mm')) *"
        $shown | Should -BeLike "* Sessions report (127.0.0.1:*) *"
        $shown | Should -BeLike "* Times $([System.TimeZoneInfo]::Local.Id) (UTC*) *"
        $shown | Should -BeLike "* Jobs 40 * Failed $($failed.Count) (* %) *"
    }

    It 'shows each job that failed or runs in full, with its step, its reason, its phases and the end of its log' {
        $page = Get-Report $jobs
        $wanted = $jobs.Where{ $_.Failed -or $_.IsRunning }
        @([regex]::Matches($page, '<details class="job"')).Count | Should -Be $wanted.Count
        $shown = Get-Shown $page
        foreach ($job in $failed | Get-CseEngineJob) {
            $shown | Should -BeLike "*Job $($job.Id) *"
            $shown.Contains("$($job.Step): $($job.Reason)") | Should -BeTrue
            foreach ($phase in $job.Phases) { $shown.Contains(" $($phase.TaskName) ") | Should -BeTrue }
            $shown.Contains(@($job | Get-CseEngineJob -Log)[-1]) | Should -BeTrue
        }
        $page | Should -Match '<rect class="f1"'
    }

    It 'reads what the list lacked and no more, four at once' {
        Clear-SimulatorRequest
        $null = Get-Report $jobs
        (Get-Read $engine).Count | Should -Be $jobs.Where{ $_.Failed -or $_.IsRunning }.Count
        $details = @($failed | Get-CseEngineJob)
        Clear-SimulatorRequest
        $null = Get-Report $details
        Get-Read $engine | Should -BeNullOrEmpty

        $slow = @(Get-CseEngineJob (New-Engine jobs60-latency30))
        Clear-SimulatorRequest
        $null = Get-Report $slow
        (Get-SimulatorCount).peakConcurrency | Should -Be 4
    }

    It 'reads each job in the session that has read it, also out of a file' {
        $other = Connect-Simulator -Name elsewhere
        $theirs = @(Get-CseEngineJob $engine -Session $other -Failed)
        Select-CseSession report
        $copies = Copy-ThroughProcess $theirs
        $null = Get-Report $copies -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        Disconnect-Cse $other
        $page = Get-Report (@($theirs[0]) + $jobs) -WarningVariable warnings 3>$null
        Get-Shown $page | Should -BeLike '*This job could not be read in detail*'
    }

    It 'counts in a bar what it reads, and takes the bar away' {
        $shell = New-ModuleShell
        try {
            $slow = @(Get-CseEngineJob (New-Engine jobs300-latency150))
            $null = $shell.AddCommand('Export-CseEngineJobReport').AddParameter('Path', "$TestDrive/bar.html")
            $null = $shell.Invoke($slow)
            $bars = @($shell.Streams.Progress | Where-Object Activity -EQ 'Reading jobs for the report')
            $bars[0].StatusDescription | Should -Match '^\d+ of \d+ jobs$'
            $shell.Streams.Progress[-1].RecordType | Should -Be Completed
        }
        finally {
            Remove-ModuleShell $shell
        }
    }

    It 'leaves an older file as it is when it is stopped while it reads' {
        $file = Join-Path $TestDrive stopped.html
        'old' | Set-Content $file
        $hanging = $failed[0] | Select-Object Id, @{ Name = 'EngineId'; Expression = { 'sim-slowheaders' } }, Status, StatusText, StartTime, Session
        $shell = New-ModuleShell
        try {
            Clear-SimulatorRequest
            $null = $shell.AddCommand('Export-CseEngineJobReport').AddParameters(@{ Path = $file; InputObject = $hanging })
            $running = $shell.BeginInvoke()
            Wait-Until { @(Get-SimulatorRequest).path -like '*/sim-slowheaders/jobs/*' } | Should -BeTrue
            $running.IsCompleted | Should -BeFalse
            Stop-Shell $shell | Should -Be Stopped
            Get-Content $file | Should -Be old
            Get-ChildItem $TestDrive -Filter *.part -Force | Should -BeNullOrEmpty
        }
        finally {
            Remove-ModuleShell $shell
        }
    }

    It 'is written without the details that cannot be read, and says so' {
        $lost = @(Get-CseEngineJob (New-Engine jobs9-lostjob) | Where-Object { $_.Failed -or $_.IsRunning })
        $lost | Should -Not -BeNullOrEmpty
        $file = Join-Path $TestDrive lost.html
        $lost | Export-CseEngineJobReport $file -WarningVariable warnings -WarningAction SilentlyContinue
        $page = Get-Content $file -Raw
        if ($warnings) {
            "$warnings" | Should -BeLike '*could not be read in detail*'
            Get-Shown $page | Should -BeLike '*This job could not be read in detail*'
        }
        foreach ($job in $lost) { Get-Shown $page | Should -BeLike "*Job $($job.Id) *" }
    }

    It 'shows a job from a file as one that was read a moment ago' {
        $details = @($failed | Get-CseEngineJob)
        $live = Get-Report $details
        $copy = Get-Report (Copy-ThroughProcess $details)
        # The address of the session does not go through a file; the minute may have changed.
        $same = { param($page) $page -replace 'report \(127[^)]*\)', 'report' -replace '(?s)<dt>Made</dt>.*?</dd>' }
        & $same $copy | Should -BeExactly (& $same $live)
    }

    It 'shows of ten thousand jobs the newest failures in full, counts all, and says what it leaves out' {
        $many = @(Get-CseEngineJob (New-Engine jobs10000) -PageSize 1000)
        $bad = $many.Where{ $_.Failed }.Count
        $page = Get-Report $many
        @([regex]::Matches($page, '<details class="job"')).Count | Should -Be 200
        $shown = Get-Shown $page
        $shown | Should -BeLike "*Jobs 10,000 *"
        $shown | Should -Match ('The newest \d+ of {0:N0} are shown in full' -f $bad)
        $shown | Should -BeLike '*The newest 1,000 of 10,000 are listed; all are in the figures.*'
        $page.Length | Should -BeLessThan 3MB
    }

    It 'has a bar for each day, also for those without a job, and for each week or month where the days are many' -ForEach @(
        @{ Days = 5; Bars = 6; Heading = 'Jobs a day' }, @{ Days = 200; Bars = 29, 30; Heading = 'Jobs a week' }, @{ Days = 900; Bars = 30, 31; Heading = 'Jobs a month' }, @{ Days = 36500; Bars = 62; Heading = 'Jobs a month' }
    ) {
        $first, $last = (New-HostileJob a 1), (New-HostileJob a 2)
        $first.StartTime = $last.StartTime.AddDays(-$Days)
        $page = Get-Report $first, $last
        $shown = Get-Shown $page
        $shown | Should -BeLike "*$Heading, by status*"
        @([regex]::Matches($page, '<g>')).Count | Should -BeIn $Bars
        ($shown -like '*1 jobs began earlier and are not in the chart.*') | Should -Be ($Days -eq 36500)
    }

    It 'shows the days of nearly all jobs, and counts the few of long ago' {
        $recent = 1..40 | ForEach-Object { $job = New-HostileJob a $_; $job.StartTime = $job.StartTime.AddDays(-($_ % 10)); $job }
        $old = New-HostileJob a 41
        $old.StartTime = $old.StartTime.AddYears(-5)
        $page = Get-Report (@($recent) + $old)
        @([regex]::Matches($page, '<g>')).Count | Should -Be 10
        Get-Shown $page | Should -BeLike '*Jobs a day, by status*1 jobs began earlier and are not in the chart.*'
    }

    It 'writes Chinese words for -Culture <Culture>, English ones for others' -ForEach @(
        @{ Culture = 'zh-CN'; Words = '失败的任务'; Language = 'zh-CN' }, @{ Culture = 'zh'; Words = '失败的任务'; Language = 'zh-CN' }, @{ Culture = 'de-DE'; Words = 'Failed jobs'; Language = 'en' }
    ) {
        $page = Get-Report $failed @{ Culture = $Culture }
        $page | Should -BeLike "*<html lang=""$Language"">*<h2 id=""failed"">$Words</h2>*"
        (Get-Shown $page) -match '[\u4e00-\u9fff]' | Should -Be ($Language -ne 'en')
        Get-Report $failed @{ Culture = $Culture } "$Culture.md" | Should -BeLike "*## $Words*"
    }

    It 'completes the languages' {
        $line = 'Export-CseEngineJobReport x.html -Culture '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be en, zh-CN
    }

    It 'writes the same dates and numbers in every culture' {
        # Those that run grow meanwhile.
        $still = $jobs.Where{ -not $_.IsRunning }
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'th-TH'
            $thai = Get-Report $still
            [cultureinfo]::CurrentCulture = 'en-US'
            $thai -replace '(?s)<dt>Made</dt>.*?</dd>' | Should -BeExactly ((Get-Report $still) -replace '(?s)<dt>Made</dt>.*?</dd>')
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'says that there are no jobs' {
        Get-CseEngineJob (New-Engine jobs0) | Export-CseEngineJobReport "$TestDrive/none.html"
        Get-Shown (Get-Content "$TestDrive/none.html" -Raw) | Should -BeLike '* There are no jobs. *'
        Get-CseEngineJob (New-Engine jobs0) | Export-CseEngineJobReport "$TestDrive/none.md"
        Get-Content "$TestDrive/none.md" -Raw | Should -BeLike '*There are no jobs.*'
    }

    It 'leaves out what is no job, with an error: <What>' -ForEach @(
        @{ What = 'an engine'; Item = { Get-CseEngine -Id $Sim.Engine } }, @{ What = 'a sub-job'; Item = { $failed[0].Tasks[0] } }, @{ What = 'a text'; Item = { $engine } }, @{ What = 'nothing'; Item = { , $null } }
    ) {
        $file = Join-Path $TestDrive "$(New-Guid).html"
        @(& $Item) + $failed[0] | Export-CseEngineJobReport $file -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        Get-Shown (Get-Content $file -Raw) | Should -BeLike '*Jobs 1 *'
    }
}

Describe 'The file of a report' {
    BeforeEach {
        $file = Join-Path $TestDrive "$(New-Guid).html"
    }

    AfterEach {
        Get-ChildItem $TestDrive -Filter *.part -Force | Should -BeNullOrEmpty
    }

    It 'comes with -PassThru alone' {
        $failed[0] | Export-CseEngineJobReport $file | Should -BeNullOrEmpty
        $given = $failed[0] | Export-CseEngineJobReport $file -PassThru
        $given | Should -BeOfType System.IO.FileInfo
        $given.FullName | Should -Be $file
        $given.Length | Should -BeGreaterThan 1000
    }

    It 'lies where PowerShell is, and [ and ] are no pattern' {
        Push-Location $TestDrive
        try { $failed[0] | Export-CseEngineJobReport 'week[1].html' } finally { Pop-Location }
        Test-Path -LiteralPath (Join-Path $TestDrive 'week[1].html') | Should -BeTrue
    }

    It 'replaces an older one, but not with -NoClobber, which reads nothing' {
        'old' | Set-Content $file
        Clear-SimulatorRequest
        $refusal = Get-Refusal { $failed | Export-CseEngineJobReport $file -NoClobber }
        $refusal.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $refusal.CategoryInfo.Category | Should -Be ResourceExists
        Get-Read $engine | Should -BeNullOrEmpty
        Get-Content $file | Should -Be old
        $failed[0] | Export-CseEngineJobReport $file
        Get-Content $file -Raw | Should -BeLike '<!DOCTYPE html>*'
    }

    It 'is not written with -WhatIf, and no job is read' {
        Clear-SimulatorRequest
        $failed | Export-CseEngineJobReport $file -WhatIf
        Test-Path $file | Should -BeFalse
        Get-Read $engine | Should -BeNullOrEmpty
    }

    It 'replaces one that is read-only with -Force alone' {
        'old' | Set-Content $file
        (Get-Item $file).IsReadOnly = $true
        (Get-Refusal { $failed[0] | Export-CseEngineJobReport $file }).FullyQualifiedErrorId | Should -BeLike 'FileNotWritten,*'
        Get-Content $file | Should -Be old
        $failed[0] | Export-CseEngineJobReport $file -Force
        Get-Content $file -Raw | Should -BeLike '<!DOCTYPE html>*'
    }

    It 'costs an error where it cannot be: <What>' -ForEach @(
        @{ What = 'no such folder'; To = { Join-Path $TestDrive nowhere x.html }; Id = 'FileNotWritten' }
        @{ What = 'a folder of that name'; To = { (New-Item (Join-Path $TestDrive "$(New-Guid)") -ItemType Directory).FullName }; Id = 'FileNotWritten' }
        @{ What = 'no file'; To = { 'Env:REPORT' }; Id = 'InvalidArgument' }
    ) {
        $place = & $To
        (Get-Refusal { $failed[0] | Export-CseEngineJobReport $place }).FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'is written through no link: what that leads to stays as it is' {
        $victim = New-Item "$file.victim" -Value 'of somebody else'
        $null = New-Item $file -ItemType SymbolicLink -Target $victim
        (Get-Refusal { $failed[0] | Export-CseEngineJobReport $file -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $failed[0] | Export-CseEngineJobReport $file
        Get-Content $victim | Should -Be 'of somebody else'
        (Get-Item $file).LinkType | Should -BeNullOrEmpty
    }

    It 'is UTF-8 without a mark, and Markdown by its ending or -Format' {
        $failed[0] | Export-CseEngineJobReport $file
        [System.IO.File]::ReadAllBytes($file)[0] | Should -Be ([byte][char]'<')
        Get-Report $failed[0] -Name a.md | Should -BeLike '# Engine jobs of CSE*'
        Get-Report $failed[0] -Name a.MARKDOWN | Should -BeLike '# Engine jobs of CSE*'
        Get-Report $failed[0] @{ Format = 'Markdown' } -Name a.txt | Should -BeLike '# Engine jobs of CSE*'
        Get-Report $failed[0] @{ Format = 'Html' } -Name b.md | Should -BeLike '<!DOCTYPE html>*'
    }
}

Describe 'A report of hostile texts' {
    It 'shows them as text in HTML: <_>' -ForEach (0..13) {
        $text = $hostile[$_]
        $page = Get-Report (New-HostileJob $text) @{ Title = $text }
        Find-Stranger $page | Should -BeNullOrEmpty
        # Controls are pictures, ends of lines blanks; all else is there, letter by letter.
        $line = ($text -replace '\s+', ' ').Trim() -replace '[\x00-\x1f\u202a-\u202e\u2066-\u2069]', '?'
        ((Get-Shown $page) -replace '[\u2400-\u241f\ufffd]', '?').Contains($line) | Should -BeTrue
        $page | Should -Not -Match '[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]'
    }

    It 'has nothing in Markdown that is a link, a mention or markup: <_>' -ForEach (0..13) {
        $text = $hostile[$_]
        $html = (Get-Report (New-HostileJob $text) @{ Title = $text } "$(New-Guid).md" | ConvertFrom-Markdown).Html
        $html | Should -Not -Match '<(?!/?(h1|h2|table|thead|tbody|tr|th|td|code|pre|details|summary|p)\b)'
        # The heading is no code, so it is looked at by itself.
        $bare = $html -replace '(?s)<pre>.*?</pre>' -replace '(?s)<code>.*?</code>'
        $heading, $rest = $bare -split '(?<=</h1>)', 2
        $rest | Should -Not -Match 'evil|everyone|script|bold|alert|heading|desrever'
        $heading -replace '^<h1[^>]*>' | Should -Not -Match '@\w|#\d|:\w|://\w|www\.'
        ([regex]::Matches($html, '<details>')).Count | Should -Be ([regex]::Matches($html, '</details>')).Count
        # As many cells as the heading of the table has.
        $row = [regex]::Match($html, '(?s)<h2[^>]*>What failed.*?<tbody>\s*<tr>(.*?)</tr>').Groups[1].Value
        ([regex]::Matches($row, '<td')).Count | Should -Be 6
    }

    It 'has a policy under which nothing runs and nothing is asked for, and the hash of its own style' {
        $page = Get-Report $failed
        $css = [regex]::Match($page, '(?s)<style>(.*?)</style>').Groups[1].Value
        $hash = [Convert]::ToBase64String([System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::UTF8.GetBytes($css)))
        $policy = [System.Net.WebUtility]::HtmlDecode([regex]::Match($page, 'content="(default-src[^"]*)"').Groups[1].Value)
        $policy | Should -Be "default-src 'none'; style-src 'sha256-$hash'; base-uri 'none'; form-action 'none'"
        $css | Should -Not -Match 'url\(|@import|expression|//[a-z]'
        Find-Stranger $page | Should -BeNullOrEmpty
    }
}

Describe 'A report in a browser' -Skip:(-not $hasBrowser) {
    BeforeAll {
        $chromium = (Get-Command chromium, google-chrome, chromium-browser -CommandType Application -ErrorAction Ignore)[0].Source
        function Open-Page([string] $File, [string[]] $More) {
            $profileFolder = Join-Path $TestDrive "profile-$(New-Guid)"
            $said = & $chromium --headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run "--user-data-dir=$profileFolder" --enable-logging=stderr --virtual-time-budget=2000 @More --dump-dom "file://$File" 2>&1
            @{
                Dom     = ($said | Where-Object { $_ -is [string] }) -join "`n"
                Console = @($said | Where-Object { "$_" -match 'CONSOLE' } | ForEach-Object { "$_" })
            }
        }
    }

    It 'runs no script, makes no element of a text, asks for nothing, and finds no fault with its policy' {
        $server = Start-ScriptedServer denied
        try {
            $calls = "<img src=$($server.Address)/a><script>fetch('$($server.Address)/b')</script><link rel=stylesheet href=$($server.Address)/c><iframe src=$($server.Address)/d></iframe>"
            $file = Join-Path $TestDrive browser.html
            $n = 0
            @($hostile) + $calls | ForEach-Object { New-HostileJob $_ (++$n) } | Export-CseEngineJobReport $file -Title $calls
            $seen = Open-Page $file
            $seen.Console | Should -BeNullOrEmpty
            $seen.Dom | Should -BeLike '*</html>*'
            $seen.Dom | Should -Not -Match '<(script|img|iframe|link|b|i)\b'
            @([regex]::Matches($seen.Dom, '<details class="job"')).Count | Should -Be $n
            $server.Connections | Should -Be 0 -Because 'nothing hostile may be asked for'

            # Even what would have got through: the policy of the page stops it. Without the policy it would be seen here.
            $page = Get-Content $file -Raw
            $open = Join-Path $TestDrive open.html
            $page.Replace('</main>', "</main>$calls") | Set-Content $open
            (Open-Page $open).Console | Should -Not -BeNullOrEmpty
            # A browser may connect before it has read the policy, but asks for nothing.
            $server.Received | Should -BeNullOrEmpty
            $page.Replace('</main>', "</main>$calls") -replace '<meta http-equiv[^>]*>' | Set-Content $open
            $null = Open-Page $open
            $server.Received | Should -Not -BeNullOrEmpty
        }
        finally {
            $server.Dispose()
        }
    }

    It 'fits a phone: nothing is wider than the page' {
        $file = Join-Path $TestDrive phone.html
        $failed + ($hostile | ForEach-Object { New-HostileJob ($_ * 20) }) | Export-CseEngineJobReport $file
        # The page has no script; a copy with one of the test's own, and without the policy, measures it.
        $page = (Get-Content $file -Raw) -replace '<meta http-equiv[^>]*>'
        $page.Replace('</body>', '<script>document.title = "width " + document.documentElement.scrollWidth + " of " + innerWidth</script></body>') | Set-Content $file
        $title = [regex]::Match((Open-Page $file '--window-size=500,900').Dom, '<title>width (\d+) of (\d+)</title>')
        [int]$title.Groups[1].Value | Should -BeLessOrEqual ([int]$title.Groups[2].Value)
        [int]$title.Groups[1].Value | Should -BeGreaterThan 0
    }
}
