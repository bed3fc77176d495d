BeforeDiscovery {
    # Each calls with the value: $v. Sent: where the value is to be found in what arrives, if anything does.
    $parameters = @(
        @{ Parameter = 'Get-CseEngineJob -EngineId'; Call = { Get-CseEngineJob -EngineId $v @stop }; Sent = 'Engine' }
        @{ Parameter = 'Get-CseEngineJob -EngineId with -Id'; Call = { Get-CseEngineJob -EngineId $v -Id 5 @stop }; Sent = 'Engine' }
        @{ Parameter = 'Get-CseEngineJob, an id from the pipeline'; Call = { $v | Get-CseEngineJob @stop }; Sent = 'Engine' }
        @{ Parameter = 'Get-CseEngineJob, a property EngineId from the pipeline'; Call = { [pscustomobject]@{ EngineId = $v; Id = 5 } | Get-CseEngineJob @stop }; Sent = 'Engine' }
        @{ Parameter = 'Get-CseEngineJob -Id'; Call = { Get-CseEngineJob sim-jobs3 -Id $v @stop }; Sent = 'Job' }
        @{ Parameter = 'Get-CseEngineJob -From'; Call = { Get-CseEngineJob sim-jobs3 -From $v @stop } }
        @{ Parameter = 'Get-CseEngineJob -To'; Call = { Get-CseEngineJob sim-jobs3 -To $v @stop } }
        @{ Parameter = 'Get-CseEngineJob -Session'; Call = { Get-CseEngineJob sim-jobs3 -Session $v @stop } }
        @{ Parameter = 'Get-CseEngine -Name'; Call = { Get-CseEngine -Name $v @stop | Select-Object -First 3 } }
        @{ Parameter = 'Get-CseEngine -Id'; Call = { Get-CseEngine -Id $v @stop }; Sent = 'Engine' }
        @{ Parameter = 'Get-CseSession -Name'; Call = { Get-CseSession -Name $v @stop } }
        @{ Parameter = 'Disconnect-Cse -Name'; Call = { Disconnect-Cse -Name $v @stop } }
        @{ Parameter = 'Disconnect-Cse -Session'; Call = { Disconnect-Cse -Session $v @stop } }
        @{ Parameter = 'Connect-Cse -Token'; Call = { Connect-Cse @token -Token $v -MaximumRetryCount 0 @stop | List }; Sent = 'X-Auth-Token' }
        @{ Parameter = 'Connect-Cse -ProjectId'; Call = { Connect-Cse -Endpoint $address -Token $Sim.Token -ProjectId $v @stop | List }; Sent = 'Project' }
        @{ Parameter = 'Connect-Cse -EnterpriseProjectId'; Call = { Connect-Cse @token -Token $Sim.Token -EnterpriseProjectId $v @stop | List }; Sent = 'X-Enterprise-Project-ID' }
        @{ Parameter = 'Connect-Cse -EngineId'; Call = { $null = Connect-Cse @token -Token $Sim.Token -EngineId $v @stop; Get-CseEngineJob @stop }; Sent = 'Engine' }
        @{ Parameter = 'Connect-Cse -Name'; Call = { Connect-Cse @token -Token $Sim.Token -Name $v @stop | Show } }
        @{ Parameter = 'Connect-Cse -Region'; Call = { Connect-Cse -Region $v -ProjectId a -Token a @stop | Show } }
        @{ Parameter = 'Connect-Cse -Region beside -Endpoint'; Call = { Connect-Cse @token -Token $Sim.Token -Region $v @stop | Show } }
        @{ Parameter = 'Connect-Cse -Endpoint'; Call = { Connect-Cse -Endpoint $v -ProjectId a -Token a @stop | Show } }
        @{ Parameter = 'Connect-Cse -Endpoint, its path'; Call = { Connect-Cse -Endpoint "$address$v" -ProjectId $Sim.ProjectId -Token $Sim.Token @stop | List } }
        @{ Parameter = 'Connect-Cse -IamEndpoint, its path'; Call = { Connect-Cse @password -DomainName account-a -ProjectId $Sim.ProjectId -IamEndpoint "$address$v" @stop } }
        @{ Parameter = 'Connect-Cse -Proxy'; Call = { Connect-Cse @token -Token $Sim.Token -Proxy $v @stop | Show } }
        @{ Parameter = 'Connect-Cse -MetadataEndpoint'; Call = { Connect-Cse @token -EcsAgency -MetadataEndpoint $v @stop } }
        @{ Parameter = 'Connect-Cse -ProfilePath'; Call = { Connect-Cse -ProfilePath $v @stop } }
        @{ Parameter = 'Connect-Cse -DomainName'; Call = { Connect-Cse @password -IamEndpoint $address -ProjectId $Sim.ProjectId -DomainName $v @stop }; Sent = 'DomainName' }
        @{ Parameter = 'Connect-Cse -ProjectName, with a password'; Call = { Connect-Cse @password -IamEndpoint $address -DomainName account-a -ProjectName $v @stop }; Sent = 'ProjectName' }
        @{ Parameter = 'Connect-Cse -ProjectName, with an access key'; Call = { Connect-Cse @key -IamEndpoint $address -ProjectName $v @stop }; Sent = 'Name' }
        @{ Parameter = 'Connect-Cse -AccessKey'; Call = { Connect-Cse @token -AccessKey $v -SecretKey a @stop | List }; Sent = 'Access' }
        # Nobody's key: wrong signatures lock one.
        @{ Parameter = 'Connect-Cse -SecretKey'; Call = { Connect-Cse @token -AccessKey NOBODY -SecretKey $v @stop | List } }
        @{ Parameter = 'Connect-Cse -SecurityToken'; Call = { Connect-Cse @token -AccessKey NOBODY -SecretKey a -SecurityToken $v @stop | List }; Sent = 'X-Security-Token' }
    )
}

BeforeAll {
    $hostile = @(
        @{ What = 'nothing'; Value = '' }
        @{ What = 'a blank'; Value = ' ' }
        @{ What = 'a single quote'; Value = 'a''b' }
        @{ What = 'a double quote'; Value = 'a"b' }
        @{ What = 'a backtick'; Value = 'a`b' }
        @{ What = 'a subexpression'; Value = '$(throw)' }
        @{ What = 'a script block'; Value = '{throw}' }
        @{ What = 'a hashtable'; Value = '@{}' }
        @{ What = 'two commands'; Value = 'a;b|c' }
        @{ What = 'a format item'; Value = '{0}{9}' }
        @{ What = '*'; Value = '*' }
        @{ What = '?'; Value = 'a?' }
        @{ What = 'a wildcard set'; Value = '[ab]' }
        @{ What = 'half of a wildcard set'; Value = 'a[' }
        @{ What = '..'; Value = '..' }
        @{ What = '../'; Value = '../../v3' }
        @{ What = '..\'; Value = '..\..\v3' }
        @{ What = 'encoded dots'; Value = '%2e%2e' }
        @{ What = 'an encoded slash'; Value = 'a%2Fb' }
        @{ What = 'half of an encoding'; Value = 'a%2' }
        @{ What = 'a query'; Value = 'a?b=c' }
        @{ What = 'parts of a query'; Value = 'a&b=c' }
        @{ What = 'a fragment'; Value = 'a#b' }
        @{ What = 'a colon'; Value = 'foo:bar' }
        @{ What = 'a provider'; Value = 'Registry::HKLM' }
        @{ What = 'a carriage return'; Value = "a`rb" }
        @{ What = 'a header of its own'; Value = "a`r`nX-Evil: 1" }
        @{ What = 'NUL'; Value = "a`0b" }
        @{ What = 'an escape sequence'; Value = "a`e[2Jb" }
        @{ What = 'a C1 control'; Value = "a$([char]0x9b)31mb" }
        @{ What = 'a right-to-left override'; Value = "a$([char]0x202e)b" }
        @{ What = 'a right-to-left isolate'; Value = "a$([char]0x2067)b" }
        @{ What = 'a right-to-left mark'; Value = "a$([char]0x200f)b" }
        @{ What = 'a line separator'; Value = "a$([char]0x2028)b" }
        @{ What = 'a no-break space'; Value = "a$([char]0xa0)b" }
        @{ What = 'a byte order mark'; Value = "$([char]0xfeff)a" }
        @{ What = 'an emoji'; Value = '🚀' }
        @{ What = 'the first half of an emoji'; Value = "a$([char]0xD83D)" }
        @{ What = 'the second half of an emoji'; Value = "$([char]0xDE80)b" }
        @{ What = 'nul'; Value = 'nul' }
        @{ What = '-'; Value = '-' }
        @{ What = '--'; Value = '--' }
        @{ What = 'a very long number'; Value = '9' * 400 }
        @{ What = 'a negative number'; Value = '-1' }
        @{ What = 'a megabyte'; Value = 'a' * 1MB }
    )

    $address = Get-SimulatorAddress
    $stop = @{ ErrorAction = 'Stop' }
    $token = @{ Endpoint = $address; ProjectId = $Sim.ProjectId }
    $password = @{ Endpoint = $address; Credential = Get-AccountCredential $Sim.A; MaximumRetryCount = 0 }
    $key = @{ Endpoint = $address; AccessKey = $Sim.B.AccessKey; SecretKey = $Sim.B.SecretKey; MaximumRetryCount = 0 }

    # What the table's calls do with a session that they got.
    filter List { Get-CseEngineJob sim-jobs3 -Session $_ -ErrorAction Stop }
    filter Show { "$_" + ($_ | Out-String) + ($_ | Format-List | Out-String) }

    $catalogue = [CseJobs.CseSession].Assembly.GetType('CseJobs.Errors.ErrorCatalogue', $true).GetProperty('All').GetValue($null).Id
    # What PowerShell itself says when it binds.
    $known = @($catalogue) + 'ParameterArgumentValidationError', 'ParameterArgumentTransformationError'

    # Acts on a terminal, or turns the direction of the line. A line end is neither, a lone carriage return is.
    $unsafe = '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)'
    # What PowerShell's views colour with.
    $colour = '\e\[[\d;]*m'
    $screen = 2000
    # Types, parameters of methods, places in the source.
    $innards = '\bSystem\.\w+|\bCseJobs\.\w+|Exception\b|\(Parameter ''|\bat (CseJobs|System)\.|\.cs:line'

    # The request headers of calls that nobody tampered with.
    $usual = @{}
    foreach ($way in 'token', 'key', 'temporary', 'password') {
        Clear-SimulatorRequest
        try {
            $null = switch ($way) {
                'token' { Connect-Cse @token -Token $Sim.Token -EnterpriseProjectId 0 @stop | List }
                'key' { Connect-Cse @key -IamEndpoint $address -ProjectName nobody @stop }
                'temporary' { Connect-Cse @token -AccessKey NOBODY -SecretKey a -SecurityToken a @stop | List }
                'password' { Connect-Cse @password -IamEndpoint $address -DomainName account-a -ProjectName nobody @stop }
            }
        }
        catch { $null = $_ }
        $usual[$way] = (Get-SimulatorRequest)[-1].headers.PSObject.Properties.Name
    }
    $headers = @($usual.Values | ForEach-Object { $_ }) | Select-Object -Unique

    # Where in a request the value of a parameter is.
    function Get-Arrived($Request, [string] $Where) {
        # The simulator keeps no more than a megabyte of a body.
        $body = try { $Request.body | ConvertFrom-Json } catch { $null }
        switch ($Where) {
            'Engine' { [uri]::UnescapeDataString(($Request.path -split '/')[5]) }
            'Job' { [uri]::UnescapeDataString(($Request.path -split '/')[7]) }
            'Project' { [uri]::UnescapeDataString(($Request.path -split '/')[2]) }
            'DomainName' { $body.auth.identity.password.user.domain.name }
            'ProjectName' { $body.auth.scope.project.name }
            'Name' { [uri]::UnescapeDataString(($Request.rawQuery -split 'name=')[1]) }
            'Access' { ($Request.headers.Authorization -replace '^SDK-HMAC-SHA256 Access=') -replace ', SignedHeaders=.*$' }
            default { $Request.headers.$Where }
        }
    }

    # What is wrong with an error, for a person who reads it.
    function Find-ErrorFault($Problem) {
        $message = "$Problem"
        $id = ($Problem.FullyQualifiedErrorId -split ',')[0]
        if ($id -notin $known) { "the ErrorId $id" }
        if (-not $message) { 'no message' }
        if ($message.Length -gt $screen) {
            "a message of $($message.Length) characters"
            $message = $message.Substring(0, $screen)
        }
        if ($message -match $innards) { "innards in the message: $($Matches[0])" }
        if ($message -match $unsafe) { 'U+{0:X4} in the message' -f [int]$Matches[0][0] }
    }

    # What is wrong with a request, for a server that reads it.
    function Find-RequestFault($Request, $Row, [string] $Value) {
        $names = $Request.headers.PSObject.Properties.Name
        if ($Request.path -notmatch '^(/[!-.0-~]+)+/?$') { "the path $($Request.path)" }
        if ($Row.Parameter -notlike '*its path' -and $Request.path -like '/v2/*') {
            $below = $Row.Parameter -like 'Get-CseEngine -*' ? '(/[^/]+)?' : '(/[^/]+/jobs(/[^/]+)?)?'
            if ($Request.path -notmatch "^/v2/[^/]+/enginemgr/engines$below`$") { "the path $($Request.path)" }
            if ($Request.rawQuery -notin '', 'offset=0&limit=100') { "the query $($Request.rawQuery)" }
        }
        foreach ($name in $names) { if ($name -notin $headers) { "the header $name" } }
        # Not -cne: to a culture, half an emoji and a replacement character are the same.
        # A text that is no engine's id is looked for among the names, in a list that holds no value.
        if ($Row.Sent -eq 'Engine' -and $Request.path -like '*/enginemgr/engines') { return }
        if ($Row.Sent -and -not [string]::Equals((Get-Arrived $Request $Row.Sent), $Value)) { 'another value that arrived' }
    }
}

AfterAll {
    Get-CseSession | Disconnect-Cse
}

Describe 'Values that nobody expects' {
    It 'are refused in clear words, or sent as they are: <Parameter>' -ForEach $parameters {
        # After a catch, $_ is no longer it.
        $row = $_
        # As an engine * is a value like any other: it means all (EngineNames.Tests.ps1).
        $faults = foreach ($case in $hostile.Where{ $_.Value -isnot [string] -or $_.Value -ne '*' -or $row.Sent -ne 'Engine' }) {
            $v = $case.Value
            $problem = $null
            # Some calls end the session.
            $null = Connect-Cse @token -Token $Sim.Token -MaximumRetryCount 0
            try { $shown = "$(& $Call | Out-String -Width 200)" -replace $colour } catch { $problem = $_ }

            $requests = @(Get-SimulatorRequest)
            if ($requests) { Clear-SimulatorRequest }
            $found = @(
                if ($problem) { Find-ErrorFault $problem }
                elseif ($shown.Length -gt 2 * $screen) { "$($shown.Length) characters on the screen" }
                elseif ($shown -match $unsafe) { 'U+{0:X4} on the screen' -f [int]$Matches[0][0] }
                foreach ($request in $requests) { Find-RequestFault $request $row -Value $v }
            )
            if ($found) { "$($case.What): $(($found | Select-Object -Unique) -join ', ')" }
        }
        $faults -join "`n" | Should -BeNullOrEmpty
    }

    It 'are none that nobody can mean: -Id <What>' -ForEach @(
        # PowerShell would read these as 0, 0, 16, 1000, 1024 and 5.
        @{ What = 'nothing'; Value = '' }, @{ What = 'a blank'; Value = ' ' }, @{ What = '0x10'; Value = '0x10' }, @{ What = '1e3'; Value = '1e3' }, @{ What = '1kb'; Value = '1kb' }
        @{ What = '5.4'; Value = '5.4' }
    ) {
        Clear-SimulatorRequest
        { Get-CseEngineJob sim-jobs3 -Id $Value -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        Get-SimulatorRequest | Should -BeNullOrEmpty
    }

    It 'do not name a session that cannot be found by its name: <What>' -ForEach @(
        @{ What = 'quotes'; Value = 'a''"b' }, @{ What = 'a subexpression'; Value = '$(throw)' }, @{ What = 'an emoji'; Value = '🚀' }
        @{ What = 'a dash'; Value = '-' }, @{ What = 'an umlaut'; Value = 'Prüfung' }
    ) {
        $session = Connect-Cse @token -Token $Sim.Token -Name $Value
        (Get-CseSession -Name $Value) | Should -Be $session
        Get-CseEngineJob sim-jobs3 -Session $Value | Should -HaveCount 3
        Disconnect-Cse -Name $Value
        $session.IsClosed | Should -BeTrue
    }
}
