# Five simulators that stand for the regions of one account, for the tests of fleets. Beside TestTools.psm1.

# The first is that of every simulator; the others are told with --region.
$Region = 'cn-north-4', 'ap-southeast-1', 'af-south-1', 'cn-east-3', 'la-north-2'

<#
.SYNOPSIS
    Starts the regions, each with so many engines and jobs of the last days, each job list 20 ms late. All have the same account and know all
    projects, so that only a request's own project and address tell where it was meant to go. Close with Stop-Fleet.
#>
function Start-Fleet([int] $Engines, [int] $Jobs = 30) {
    $others = $Region[1..4].ForEach{ '--region', "$_=project-of-$_" }
    foreach ($name in $Region) {
        $simulator = Start-OwnSimulator --engines 0 --jobs 1 --now ([datetime]::UtcNow.ToString('o')) --seed ([array]::IndexOf($Region, $name)) @others
        $ids = foreach ($number in 1..$Engines) {
            $engine = @{ id = "sim-jobs$Jobs-latency20-id$number$($name -replace '-')"; name = "prod-$number"; jobs = $Jobs; scenarios = 'latency20' }
            $null = Invoke-RestMethod "$($simulator.Address)_sim/engines" -Method Post -Body ($engine | ConvertTo-Json)
            $engine.id
        }
        [pscustomobject]@{
            Name = $name; Address = $simulator.Address; Process = $simulator.Process; EngineIds = $ids
            ProjectId = $name -eq $Region[0] ? $Sim.ProjectId : "project-of-$name"
        }
    }
}

function Stop-Fleet([object[]] $Fleet) {
    foreach ($one in $Fleet) { $one.Process.StandardInput.Close() }
}

<#
.SYNOPSIS
    The environment in which these regions are those of Huawei Cloud, and account-a's key is found. The first is the IAM of all.
#>
function Get-FleetVariable([object[]] $Fleet, [hashtable] $Other = @{}) {
    $variables = @{ HUAWEICLOUD_SDK_AK = $Sim.A.AccessKey; HUAWEICLOUD_SDK_SK = $Sim.A.SecretKey; HUAWEICLOUD_SDK_IAM_ENDPOINT = $Fleet[0].Address }
    foreach ($one in $Fleet) { $variables["HUAWEICLOUD_SDK_REGION_CSE_$($one.Name.ToUpperInvariant().Replace('-', '_'))"] = $one.Address }
    foreach ($name in $Other.Keys) { $variables[$name] = $Other[$name] }
    $variables
}

<#
.SYNOPSIS
    The API calls that a region has seen, as "project identity status".
#>
function Get-FleetCall([object] $One) {
    Invoke-RestMethod "$($One.Address)_sim/requests" | ForEach-Object { $_ } | Where-Object path -Like '/v2/*' | ForEach-Object {
        "$($_.path.Split('/')[2]) $($_.identity) $($_.statusCode)"
    }
}

function Clear-FleetCall([object[]] $Fleet) {
    foreach ($one in $Fleet) { $null = Invoke-RestMethod "$($one.Address)_sim/requests" -Method Delete }
}

Export-ModuleMember -Function * -Variable Region
