# The ways in with secrets planted in them, how to make a call fail, and where secrets could show. For Leaks.Tests.ps1 and the
# fresh process that it starts, SecretSearch.Tests.ps1 and NothingSent.Tests.ps1.

$WayName = 'Token', 'Password', 'Access key', 'Temporary key', 'ECS agency', 'Environment, key', 'Environment, password', 'Profile, INI', 'Profile, KooCLI', 'Proxy with password', 'Agency by key', 'Agency by password'

$SinkName = 'Output', 'Format-List', 'Get-Member', 'Select-Object', 'Verbose', 'Debug', '$Error', 'Get-Error', 'ToString', 'Clixml', 'Serializer', 'CSV', 'JSON', 'Transcript',
    'Console', 'Start-Job', 'URLs'

# Text as IAM's tokens have it.
$PlantedToken = 'MIIpLaNtEd' + [regex]::Replace([System.Convert]::ToBase64String([System.Security.Cryptography.SHA512]::HashData([byte[]](1..64))) * 12, '[/=]', '-')

<#
.SYNOPSIS
    The credential for proxies: a password with what encoders escape.
#>
function New-PlantedCredential {
    [pscredential]::new('proxy-user', (ConvertTo-Secret 'pr0xy-pLaNtEd+7f3a'))
}

<#
.SYNOPSIS
    The ways in. Each has parameters and environment variables for Connect-Cse, and its secrets by name.
#>
function New-WayIn([string] $Address, [string] $Folder, [string] $Token, [pscredential] $ProxyCredential, [string] $Proxy, $Account) {
    $at = @{ Region = 'cn-north-4'; Endpoint = $Address; IamEndpoint = $Address }
    $temporary = (Invoke-RestMethod "${Address}openstack/latest/securitykey").credential
    $temporarySecrets = @{ 'secret key' = $temporary.secret; 'security token' = $temporary.securitytoken }
    $ini = Join-Path $Folder credentials
    Set-Content $ini "[basic]`nak=$($temporary.access)`nsk=$($temporary.secret)`nsecurity_token=$($temporary.securitytoken)`n"
    $koo = Join-Path $Folder config.json
    @{ current = 'x'; profiles = @(@{ name = 'x'; accessKeyId = $Account.AccessKey; secretAccessKey = $Account.SecretKey }) } | ConvertTo-Json -Depth 3 | Set-Content $koo
    $password = Get-AccountCredential $Account
    $agency = @{ AgencyName = 'agency-b'; AgencyDomainName = 'account-b' }

    $ways = @(
        @{ Name = 'Token'; Parameters = @{ Region = 'cn-north-4'; Endpoint = $Address; ProjectId = $Account.ProjectId; Token = $Token }; Secrets = @{ token = $Token } }
        @{ Name = 'Password'; Parameters = $at + @{ Credential = $password; DomainName = $Account.DomainName }; Secrets = @{ password = $Account.Password } }
        @{ Name = 'Access key'; Parameters = $at + @{ AccessKey = $Account.AccessKey; SecretKey = $Account.SecretKey }; Secrets = @{ 'secret key' = $Account.SecretKey } }
        @{ Name = 'Temporary key'; Parameters = $at + @{ AccessKey = $temporary.access; SecretKey = $temporary.secret; SecurityToken = $temporary.securitytoken }; Secrets = $temporarySecrets }
        @{ Name = 'ECS agency'; Parameters = $at + @{ EcsAgency = $true; MetadataEndpoint = $Address }; Secrets = @{} }
        @{ Name = 'Environment, key'; Parameters = $at; Variables = @{ HUAWEICLOUD_SDK_AK = $temporary.access; HUAWEICLOUD_SDK_SK = $temporary.secret; HUAWEICLOUD_SDK_SECURITY_TOKEN = $temporary.securitytoken }; Secrets = $temporarySecrets }
        @{ Name = 'Environment, password'; Parameters = $at; Variables = @{ HW_USER_NAME = $Account.UserName; HW_USER_PASSWORD = $Account.Password; HW_DOMAIN_NAME = $Account.DomainName }; Secrets = @{ password = $Account.Password } }
        @{ Name = 'Profile, INI'; Parameters = $at + @{ ProfilePath = $ini }; Secrets = $temporarySecrets }
        @{ Name = 'Profile, KooCLI'; Parameters = $at + @{ ProfilePath = $koo }; Secrets = @{ 'secret key' = $Account.SecretKey } }
        @{ Name = 'Agency by key'; Parameters = $at + $agency + @{ AccessKey = $Account.AccessKey; SecretKey = $Account.SecretKey }; Secrets = @{ 'secret key' = $Account.SecretKey } }
        @{ Name = 'Agency by password'; Parameters = $at + $agency + @{ Credential = $password; DomainName = $Account.DomainName }; Secrets = @{ password = $Account.Password } }
        @{ Name = 'Proxy with password'; Parameters = @{ Region = 'cn-north-4'; Endpoint = $Address; ProjectId = $Account.ProjectId; Token = $Token; Proxy = $Proxy; ProxyCredential = $ProxyCredential }; Secrets = @{ token = $Token } }
    )
    foreach ($way in $ways) {
        # Every way meets proxies that want a password, in its failures.
        $way.Secrets = $way.Secrets + @{ 'proxy password' = $ProxyCredential.GetNetworkCredential().Password }
        if (-not $way.Variables) { $way.Variables = @{} }
        $way.AsksIam = $way.Parameters.ContainsKey('IamEndpoint')
        # Once signed in these are one of the others.
        $way.IsVariant = $way.Name -match '^(Environment|Profile|Proxy)|^Agency by password'
        [pscustomobject]$way
    }
}

<#
.SYNOPSIS
    Connects by a way in. More parameters go before its own.
#>
function Connect-WayIn {
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Way, [hashtable] $More = @{})
    $all = $Way.Parameters + @{}
    foreach ($name in $More.Keys) { $all[$name] = $More[$name] }
    # A failure is to be seen at its first try.
    $all.MaximumRetryCount = 0
    Invoke-WithVariable $Way.Variables { Connect-Cse @all }
}

<#
.SYNOPSIS
    What can go wrong: a name, and either an engine of the simulator or what Connect-Cse is given besides. Of each kind all that
    there is, for variants of a way in one.
.PARAMETER Server
    A server of each mode (ScriptedServer.cs), by name.
#>
function Get-Failure($Way, [hashtable] $Server, [pscredential] $ProxyCredential) {
    $enough = 'call: unauthorized', 'call: echoall', 'call: error500', 'call: echo-html', 'call: echo-id', 'call: cut', 'call: json', 'call: no such host',
        'proxy: nobody listens', 'proxy: refuses', 'proxy: password in its address', 'address: password in one that is no https', 'sign-in: echo-iam', 'sign-in: echo-id', 'sign-in: cut'
    Get-EveryFailure $Way $Server -ProxyCredential $ProxyCredential | Where-Object { -not $Way.IsVariant -or $_.Name -in $enough }
}

function Get-EveryFailure($Way, [hashtable] $Server, [pscredential] $ProxyCredential) {
    foreach ($engine in 'unauthorized', 'echoall', 'error500', 'notjson', 'redirect') {
        @{ Name = "call: $engine"; Engine = "sim-$engine" }
    }
    $anywhere = $Server['cut'].Address
    foreach ($mode in 'echo', 'echo-url', 'echo-html', 'echo-text', 'echo-id', 'echo-part', 'cut', 'half', 'json') { @{ Name = "call: $mode"; More = @{ Endpoint = "$anywhere/$mode" } } }
    @{ Name = 'call: nobody listens'; More = @{ Endpoint = 'http://127.0.0.1:1' } }
    @{ Name = 'call: no such host'; More = @{ Endpoint = 'https://cse.invalid' } }
    $proxy = @{ ProxyCredential = $ProxyCredential }
    $plain = "http://$($ProxyCredential.UserName):$($ProxyCredential.GetNetworkCredential().Password)@"
    # Unencrypted, so that the proxy sees everything; not to this machine, which no proxy is asked about.
    $open = @{ Endpoint = 'http://cse.example.com'; AllowUnencryptedAuthentication = $true }
    if ($Way.AsksIam) { $open.IamEndpoint = 'http://iam.example.com' }
    @{ Name = 'proxy: nobody listens'; More = $proxy + $open + @{ Proxy = 'http://127.0.0.1:1' } }
    @{ Name = 'proxy: refuses'; More = $proxy + $open + @{ Proxy = $Server['proxy-refuses'].Address } }
    @{ Name = 'proxy: repeats the request'; More = $proxy + $open + @{ Proxy = $Server['proxy-echo'].Address } }
    $far = @{ Endpoint = 'https://cse.example.com' }
    if ($Way.AsksIam) { $far.IamEndpoint = 'https://iam.example.com' }
    @{ Name = 'proxy: refuses a tunnel'; More = $proxy + $far + @{ Proxy = $Server['proxy-refuses'].Address } }
    @{ Name = 'proxy: password in its address'; More = $far + @{ Proxy = $Server['proxy-refuses'].Address -replace '^http://', $plain } }
    @{ Name = 'address: password in it'; More = @{ Endpoint = "$($plain)cse.example.com" -replace '^http', 'https' } }
    @{ Name = 'address: password in one that is no https'; More = @{ Endpoint = "$($plain)cse.example.com" -replace '^http', 'ftp' } }
    if ($Way.AsksIam) {
        foreach ($mode in 'echo-iam', 'echo-html', 'echo-text', 'echo-id', 'echo-part', 'cut', 'json', 'created', 'error') { @{ Name = "sign-in: $mode"; More = @{ IamEndpoint = "$anywhere/$mode" } } }
        @{ Name = 'sign-in: no such host'; More = @{ IamEndpoint = 'https://iam.invalid' } }
    }
    if ($Way.Parameters.EcsAgency) {
        foreach ($mode in 'echo', 'echo-html', 'echo-id', 'echo-part', 'cut', 'half-keys') { @{ Name = "metadata: $mode"; More = @{ MetadataEndpoint = $Server[$mode].Address } } }
        @{ Name = 'metadata: password in its address'; More = @{ MetadataEndpoint = "$($plain)metadata.example.com" } }
    }
    foreach ($name in 'Token', 'SecretKey', 'SecurityToken' | Where-Object { $Way.Parameters.ContainsKey($_) }) {
        @{ Name = "binding: an object for -$name"; More = @{ $name = [pscustomobject]@{ Value = $Way.Parameters[$name] } } }
        @{ Name = "binding: a list for -$name"; More = @{ $name = @($Way.Parameters[$name], 2) } }
        @{ Name = "value: a line break in -$name"; More = @{ $name = "$($Way.Parameters[$name])`nx"; ProjectId = 'p' } }
    }
}

<#
.SYNOPSIS
    Makes one failure happen. Errors go where errors go.
#>
function Invoke-Failure {
    [CmdletBinding()]
    param($Way, $Failure, $Session)
    if ($Failure.Engine) { $null = Get-CseEngineJob $Failure.Engine -Session $Session; return }
    $other = Connect-WayIn $Way ($Failure.More + @{ Name = 'failure' })
    $null = Get-CseEngineJob sim-jobs3 -Session $other
    Test-CseSession -Session $other
    Disconnect-Cse -Session $other
    # Its error has what the check saw.
    try { Connect-WayIn $Way ($Failure.More + @{ Name = 'failure'; Verify = $true }) | Disconnect-Cse } catch { Write-Error -ErrorRecord $_ }
}

# Where an object of the module could show a secret.
$ObjectSink = [ordered]@{
    'Output'        = { $args[0]; "$($args[0])"; $args[0] | Format-Custom * -Depth 8 }
    'Format-List'   = { $args[0] | Format-List * -Force }
    'Get-Member'    = {
        $args[0] | Get-Member -Force -View All
        foreach ($member in $args[0].PSObject.Members) {
            if ($member -is [System.Management.Automation.PSPropertyInfo]) { "$($member.Name): $($member.Value | Out-String -Width 4096)" }
        }
    }
    'Select-Object' = { $args[0] | Select-Object * }
    'Clixml'        = { ConvertTo-ClixmlText $args[0] 10 }
    'Serializer'    = { [System.Management.Automation.PSSerializer]::Serialize($args[0], 10) }
    'CSV'           = { $args[0] | ConvertTo-Csv }
    'JSON'          = { $args[0] | ConvertTo-Json -Depth 10 -WarningAction Ignore }
    'Report'        = {
        foreach ($ending in 'html', 'md') {
            $file = Join-Path ([System.IO.Path]::GetTempPath()) "$(New-Guid).$ending"
            $args[0] | Export-CseEngineJobReport $file -ErrorAction Ignore -WarningAction Ignore
            Get-Content $file -Raw
            Remove-Item $file
        }
    }
}

# Where an error could show one. The whole record not as deep as its parts: each level is ten times the text.
$ErrorSink = [ordered]@{
    '$Error'    = {
        $args[0]
        $args[0] | Format-List * -Force
        foreach ($part in $args[0].Exception, $args[0].TargetObject, $args[0].ErrorDetails, $args[0].CategoryInfo, $args[0].InvocationInfo) { $part | Format-List * -Force }
    }
    'Get-Error' = { $args[0] | Get-Error }
    'ToString'  = {
        $args[0].ToString()
        for ($exception = $args[0].Exception; $exception; $exception = $exception.InnerException) {
            $exception.ToString()
            $exception.Data.Keys | ForEach-Object { "$_" }
            $exception.Data.Values | ForEach-Object { "$_" }
            $exception.PSObject.Properties | ForEach-Object { "$($_.Value)" }
        }
    }
    'Clixml'    = {
        ConvertTo-ClixmlText $args[0] 2
        foreach ($part in Get-ErrorPart $args[0]) { [System.Management.Automation.PSSerializer]::Serialize($part, 5) }
    }
    'JSON'      = {
        # Some of PowerShell's own exceptions cannot be converted.
        try { $args[0] | ConvertTo-Json -Depth 2 -WarningAction Ignore -ErrorAction Stop } catch { "$_" }
        foreach ($part in Get-ErrorPart $args[0]) { $part | ConvertTo-Json -Depth 10 -WarningAction Ignore }
    }
}

# As Export-Clixml writes it.
function ConvertTo-ClixmlText($Object, [int] $Depth) {
    $file = [System.IO.Path]::GetTempFileName()
    $Object | Export-Clixml $file -Depth $Depth
    [System.IO.File]::ReadAllText($file)
    Remove-Item $file
}

# What the module itself puts into an error. Not TargetSite: it leads to all of the assembly.
function Get-ErrorPart($Record) {
    if ($Record.Exception -is [CseJobs.Client.CseApiException]) {
        $Record.Exception | Select-Object * -ExcludeProperty TargetSite, Data
        $Record.TargetObject
    }
    $Record.ErrorDetails
    $Record.InvocationInfo.BoundParameters
    $Record.InvocationInfo.UnboundArguments
}

<#
.SYNOPSIS
    Shows objects in one place. Items have From and Object; so does the answer, with Text. At one go, for starting to format takes long.
#>
function Show-InSink([scriptblock] $Sink, [object[]] $Item) {
    $mark = [string][char]1
    $text = & { foreach ($one in $Item) { $mark; & $Sink $one.Object } } | Out-String -Width 4096
    $texts = $text.Split($mark)
    for ($i = 0; $i -lt $Item.Count; $i++) { [pscustomobject]@{ From = $Item[$i].From; Text = $texts[$i + 1] } }
}

Export-ModuleMember -Function * -Variable WayName, SinkName, PlantedToken, ObjectSink, ErrorSink
