@{
    RootModule        = 'CseJobs.EmptyModule.dll'
    ModuleVersion     = '1.0.0'
    GUID              = 'c5a1e9d4-2f0e-4d0b-8f57-0d2b8f6f3c22'
    PowerShellVersion = '7.4'
    CmdletsToExport   = @('Get-Nothing')
    FunctionsToExport = @()
    AliasesToExport   = @()
    FormatsToProcess  = @('OneView.Format.ps1xml')
    TypesToProcess    = @('OneView.Types.ps1xml')
    VariablesToExport = @()
}
