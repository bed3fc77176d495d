BeforeDiscovery {
    $rows = Import-PowerShellDataFile (Join-Path $PSScriptRoot InBoxAssemblies.psd1)
    $versions = $rows.Keys | Sort-Object
    $here = '{0}.{1}' -f $PSVersionTable.PSVersion.Major, $PSVersionTable.PSVersion.Minor
}

BeforeAll {
    $inBox = Import-PowerShellDataFile (Join-Path $PSScriptRoot InBoxAssemblies.psd1)
    $bin = Join-Path $Sim.ModulePath bin
    $desktop = Join-Path $bin desktop

    # Name, version and references of an assembly, without loading it.
    function Read-Assembly([string] $Path) {
        $file = [System.IO.File]::OpenRead($Path)
        $pe = [System.Reflection.PortableExecutable.PEReader]::new($file)
        try {
            $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($pe)
            $definition = $metadata.GetAssemblyDefinition()
            [pscustomobject]@{
                Name       = $metadata.GetString($definition.Name)
                Version    = $definition.Version
                References = foreach ($handle in $metadata.AssemblyReferences) {
                    $reference = $metadata.GetAssemblyReference($handle)
                    [pscustomobject]@{ Name = $metadata.GetString($reference.Name); Version = $reference.Version }
                }
            }
        }
        finally {
            $pe.Dispose()
        }
    }

    # The references that nothing in a table of names and versions satisfies. A runtime takes a newer assembly, never an older one.
    function Find-Unmet([object[]] $Assembly, [hashtable] $Available) {
        foreach ($one in $Assembly) {
            foreach ($reference in $one.References) {
                $version = $Available[$reference.Name]
                if (-not $version -or [version]$version -lt $reference.Version) { "$($one.Name) needs $($reference.Name) $($reference.Version), there is '$version'" }
            }
        }
    }

    $own = Get-ChildItem $bin -Filter *.dll | ForEach-Object { Read-Assembly $_.FullName }
    $brought = Get-ChildItem $desktop -Filter *.dll | ForEach-Object { Read-Assembly $_.FullName }

    # One process for all: what the runtime itself says after the module has been used and removed.
    $facts = Invoke-FreshShell -NotConnected @"
        `$assemblyResolve = [System.Runtime.Loader.AssemblyLoadContext].GetField('AssemblyResolve', 'NonPublic,Static')
        "field: `$(`$null -ne `$assemblyResolve)"
        Connect-Cse -Endpoint '$(Get-SimulatorAddress)' -ProjectId $($Sim.ProjectId) -Token $($Sim.Token) | Out-Null
        "jobs: `$(@(Get-CseEngineJob $($Sim.Engine) -First 150).Count)"
        Get-CseEngineJob $($Sim.SeedEngine) -Id 12339 | Format-Custom | Out-Null
        "handlers: `$(@(`$assemblyResolve.GetValue(`$null)?.GetInvocationList() | Where-Object { `$_ -and `$_.Method.DeclaringType.Assembly.GetName().Name -like 'CseJobs*' }).Count)"
        foreach (`$assembly in [AppDomain]::CurrentDomain.GetAssemblies()) { if (-not `$assembly.IsDynamic) { "loaded: `$(`$assembly.Location)" } }
        Remove-Module CseJobs
        "errors: `$(`$Error.Count)"
"@
}

Describe 'The assemblies that the module refers to' {
    It 'are all in PowerShell <_>' -ForEach ($versions | Where-Object { $_ -ne '5.1' }) {
        $available = @{} + $inBox[$_]
        foreach ($assembly in $own) { $available[$assembly.Name] = $assembly.Version }
        Find-Unmet $own $available | Should -BeNullOrEmpty
    }

    It 'are in Windows PowerShell 5.1 or in bin/desktop, and so are those that these refer to' {
        $available = @{} + $inBox['5.1']
        foreach ($assembly in $own + $brought) { $available[$assembly.Name] = $assembly.Version }
        Find-Unmet ($own + $brought) $available | Should -BeNullOrEmpty
    }

    It 'are what bin/desktop holds, and nothing else is there' {
        $needed = [System.Collections.Generic.HashSet[string]]::new()
        $next = [System.Collections.Generic.Queue[object]]::new([object[]]$own)
        while ($next.Count) {
            foreach ($name in $next.Dequeue().References.Name) {
                $found = $brought.Where{ $_.Name -eq $name }
                if ($found -and $needed.Add($name)) { $next.Enqueue($found[0]) }
            }
        }
        $needed | Sort-Object | Should -Be ($brought.Name | Sort-Object)
        $brought.Count | Should -Be 8
        Get-ChildItem $desktop -Recurse | Where-Object { $_.Extension -ne '.dll' } | Should -BeNullOrEmpty
    }

    It 'are not needed by CseJobs.dll itself, whose resolver could not find what it needs' {
        ($own | Where-Object Name -EQ CseJobs).References.Name | Sort-Object | Should -Be 'CseJobs.Client', 'netstandard', 'System.Management.Automation'
    }

    It 'do not bring the engine into the client library' {
        ($own | Where-Object Name -EQ CseJobs.Client).References.Name | Should -Not -Contain System.Management.Automation
    }
}

Describe 'The table of assemblies in the box' {
    It 'is right for this PowerShell, <_>' -ForEach $here -Skip:($here -notin $versions) {
        foreach ($name in $inBox[$_].Keys) {
            $actual = [System.Reflection.AssemblyName]::GetAssemblyName((Join-Path $PSHOME "$name.dll")).Version
            if ($name -eq 'System.Management.Automation') { $actual | Should -BeGreaterOrEqual ([version]$inBox[$_][$name]) -Because $name }
            else { $actual | Should -Be ([version]$inBox[$_][$name]) -Because $name }
        }
    }
}

Describe 'bin/desktop on PowerShell 7' {
    It 'is left alone: nothing there is loaded by use' {
        $facts | Should -Contain 'jobs: 150'
        $loaded = $facts -like 'loaded: *'
        $loaded | Should -Contain "loaded: $(Join-Path $bin CseJobs.Client.dll)"
        $loaded | Should -Contain "loaded: $(Join-Path $PSHOME System.Text.Json.dll)"
        $loaded | Where-Object { $_ -like "loaded: $desktop*" } | Should -BeNullOrEmpty
    }

    It 'is not looked into: the import adds no handler for assemblies that are not found' {
        $facts | Should -Contain 'field: True' -Because 'else the next line would prove nothing'
        $facts | Should -Contain 'handlers: 0'
        $facts | Should -Contain 'errors: 0'
    }
}
