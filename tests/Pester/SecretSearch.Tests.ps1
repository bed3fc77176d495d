BeforeAll {
    Import-Module (Join-Path $PSScriptRoot LeakWays.psm1) -Force
}

Describe 'The search for secrets' {
    BeforeAll {
        $secret = 'pLaNtEd+S3cr3t/with<signs>&"more"='
        $long = 'MIIlong' + ('0a1B2c3D4e5F6g7H8i9J' * 20)
        $search = New-SecretSearch @{ planted = $secret; long = $long }
    }

    It 'finds one <Form>' -ForEach @(
        @{ Form = 'as it is'; Make = { $args[0] } }
        @{ Form = 'escaped for JSON'; Make = { ConvertTo-Json $args[0] } }
        @{ Form = 'escaped for JSON by .NET'; Make = { [System.Text.Json.JsonEncodedText]::Encode($args[0]).ToString() } }
        @{ Form = 'escaped for XML'; Make = { [System.Security.SecurityElement]::Escape($args[0]) } }
        @{ Form = 'escaped for an address'; Make = { [uri]::EscapeDataString($args[0]) } }
        @{ Form = 'as the password of basic authentication'; Make = { [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("user:$($args[0])")) } }
        @{ Form = 'as a SecureString in CLIXML'; Make = { [System.Management.Automation.PSSerializer]::Serialize((ConvertTo-Secret $args[0])) } }
        @{ Form = 'broken by a formatter'; Make = { $args[0].Insert(9, "`n          ") } }
        @{ Form = 'with a colour in it'; Make = { $args[0].Insert(9, "`e[31m") } }
    ) {
        if ($IsWindows -and $Form -like '*SecureString*') { Set-ItResult -Skipped -Because 'Windows encrypts it (DPAPI): it is not in the file' }
        $search.Find("before $(& $Make $secret) after") | Should -Match '^planted '
    }

    It 'finds a piece of a long one' {
        $search.Find("token $($long.Substring(31, 40))...") | Should -Be 'long (in part)'
    }

    It 'finds what only the simulator knew: <_>' -ForEach 'MIISIMabc', 'SKSIMABC', 'ggpSIMabc', 'MDSIMabc' {
        $search.Find("x $_ y") | Should -BeLike 'issued secret *'
    }

    It 'finds a signature' {
        $search.Find("Signature=$('0123456789abcdef' * 4)") | Should -Be 'signature'
    }

    It 'finds none where there is none' {
        $search.Find("password [hidden], project $('0123456789abcdef' * 2), job $([guid]::NewGuid())") | Should -BeNullOrEmpty
    }

    It 'finds one that an object shows in <_>' -ForEach 'Output', 'Format-List', 'Get-Member', 'Clixml', 'JSON' {
        $search.Find((Show-InSink $ObjectSink[$_] @{ From = 'x'; Object = [pscustomobject]@{ Token = $secret } }).Text) | Should -Match '^planted '
    }

    It 'finds one that an error shows in <_>' -ForEach '$Error', 'Get-Error', 'ToString', 'Clixml', 'JSON' {
        $record = [System.Management.Automation.ErrorRecord]::new([System.InvalidOperationException]::new("refused: $secret"), 'x', 'NotSpecified', $null)
        $search.Find((Show-InSink $ErrorSink[$_] @{ From = 'x'; Object = $record }).Text) | Should -Match '^planted '
    }

    It 'finds one that an error''s target shows in <_>' -ForEach '$Error', 'Get-Error', 'Clixml', 'JSON' {
        $record = [System.Management.Automation.ErrorRecord]::new([System.InvalidOperationException]::new('refused'), 'x', 'NotSpecified', [pscustomobject]@{ Token = $secret })
        $search.Find((Show-InSink $ErrorSink[$_] @{ From = 'x'; Object = $record }).Text) | Should -Match '^planted '
    }
}
