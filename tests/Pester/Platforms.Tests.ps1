# The module ships its two assemblies and nothing else; whatever they refer to must be in every PowerShell from 7.4 on.
BeforeAll {
    $bin = Join-Path $Sim.ModulePath bin

    # Name and references of an assembly, without loading it.
    function Read-Assembly([string] $Path) {
        $file = [System.IO.File]::OpenRead($Path)
        $pe = [System.Reflection.PortableExecutable.PEReader]::new($file)
        try {
            $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($pe)
            [pscustomobject]@{
                Name       = [System.IO.Path]::GetFileNameWithoutExtension($Path)
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

    $own = Get-ChildItem $bin -Filter *.dll | ForEach-Object { Read-Assembly $_.FullName }

    # What the runtime itself says after the module has been used.
    $loaded = Invoke-FreshShell @"
        "jobs: `$(@(Get-CseEngineJob $($Sim.Engine) -First 150).Count)"
        Get-CseEngineJob $($Sim.SeedEngine) -Id 12339 | Format-Custom | Out-Null
        foreach (`$assembly in [AppDomain]::CurrentDomain.GetAssemblies()) { if (-not `$assembly.IsDynamic) { "loaded: `$(`$assembly.Location)" } }
        "errors: `$(`$Error.Count)"
"@
}

Describe 'The assemblies that the module refers to' {
    It 'are those of .NET 8, on which PowerShell 7.4 runs, and the engine' {
        $foreign = $own.References | Where-Object Name -NotIn ($own.Name + 'System.Management.Automation')
        $foreign | Should -Not -BeNullOrEmpty
        $foreign | Where-Object { $_.Version -gt [version]'8.0.0.0' } | Should -BeNullOrEmpty
        $runtime = [AppContext]::GetData('TRUSTED_PLATFORM_ASSEMBLIES') -split [System.IO.Path]::PathSeparator | ForEach-Object { [System.IO.Path]::GetFileNameWithoutExtension($_) }
        $foreign.Name | Where-Object { $_ -notin $runtime } | Should -BeNullOrEmpty
    }

    It 'ask for no engine newer than that of PowerShell Standard' {
        ($own.References | Where-Object Name -EQ System.Management.Automation).Version | Should -Be ([version]'3.0.0.0')
    }

    It 'do not bring the engine into the client library' {
        ($own | Where-Object Name -EQ CseJobs.Client).References.Name | Should -Not -Contain System.Management.Automation
    }

    It 'come from the runtime, but for the two of the module itself' {
        $loaded | Should -Contain 'jobs: 150'
        $loaded | Should -Contain 'errors: 0'
        $loaded -like "loaded: $bin*" | Sort-Object | Should -Be ('CseJobs.Client.dll', 'CseJobs.dll' | ForEach-Object { "loaded: $(Join-Path $bin $_)" })
        $loaded | Should -Contain "loaded: $([System.IO.Path]::GetFullPath([System.Text.Json.JsonDocument].Assembly.Location))"
    }
}
