@{
    RootModule        = 'CseJobs.EmptyModule.dll'
    ModuleVersion     = '1.0.0'
    GUID              = '6f0c0e2c-6c1b-4a75-9d0b-5a0f5c0f9a11'
    PowerShellVersion = '7.4'
    CmdletsToExport   = @('Get-Nothing')
    FunctionsToExport = @()
    AliasesToExport   = @()
    VariablesToExport = @()
}
