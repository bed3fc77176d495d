@{
    RootModule           = 'bin/CseJobs.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b1f5c9a4-6f0e-4c57-9a53-3d1c9b9d2f64'
    Author               = 'The CseJobs authors'
    CompanyName          = 'CseJobs'
    Copyright            = '(c) The CseJobs authors. MIT licence.'
    Description          = 'Engine jobs of Huawei Cloud CSE (Cloud Service Engine) as PowerShell objects: list engines and their jobs, read one job with its phases and sub-jobs, retry one that has failed.'
    # The first that runs on .NET 8.
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    # Loaded at import, so that [CseJobs.JobStatus] and its kin can be named before the first cmdlet has run.
    RequiredAssemblies   = @('bin/CseJobs.Client.dll')
    FormatsToProcess     = @('format/CseJobs.Format.ps1xml')
    TypesToProcess       = @('format/CseJobs.Types.ps1xml')
    # Explicit lists: a wildcard or a missing key makes PowerShell load the module to find out what it exports.
    CmdletsToExport      = @('Connect-Cse', 'Disconnect-Cse', 'Export-CseEngineJobReport', 'Get-CseEngine', 'Get-CseEngineJob', 'Get-CseSession', 'Measure-CseEngineJob', 'Restart-CseEngineJob', 'Select-CseSession', 'Test-CseSession', 'Wait-CseEngineJob', 'Watch-CseEngineJob')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    # All files of the module: a test compares the list with what the build stages.
    FileList             = @(
        'CHANGELOG.md'
        'CseJobs.psd1'
        'LICENSE'
        'bin/CseJobs.Client.dll'
        'bin/CseJobs.dll'
        'en-US/CseJobs.dll-Help.xml'
        'en-US/about_CseJobs.help.txt'
        'en-US/about_CseJobs_Errors.help.txt'
        'en-US/about_CseJobs_Sessions.help.txt'
        'format/CseJobs.Format.ps1xml'
        'format/CseJobs.Types.ps1xml'
        'samples/Export-FailedJobReport.ps1'
        'samples/Watch-EngineUpgrade.ps1'
        'zh-CN/CseJobs.dll-Help.xml'
        'zh-CN/about_CseJobs.help.txt'
        'zh-CN/about_CseJobs_Errors.help.txt'
        'zh-CN/about_CseJobs_Sessions.help.txt'
    )
    PrivateData          = @{
        PSData = @{
            # Linux is what all tests ran on. Windows and MacOS wait for a run there.
            Tags         = @('HuaweiCloud', 'CSE', 'ServiceComb', 'Microservice', 'Engine', 'Jobs', 'Cloud', 'PSEdition_Core', 'Linux')
            LicenseUri   = 'https://opensource.org/license/mit'
            # The API's own page, until the project has one.
            ProjectUri   = 'https://support.huaweicloud.com/intl/en-us/api-cse/cse_06_00115.html'
            ReleaseNotes = 'First version: Connect-Cse, Test-CseSession, Get-CseEngine, Get-CseEngineJob, Watch-CseEngineJob, Wait-CseEngineJob, Restart-CseEngineJob. CHANGELOG.md in the module has every change.'
        }
    }
}
