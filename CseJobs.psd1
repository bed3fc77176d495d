@{
    RootModule           = 'bin/CseJobs.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b1f5c9a4-6f0e-4c57-9a53-3d1c9b9d2f64'
    Author               = 'The CseJobs authors'
    CompanyName          = 'CseJobs'
    Copyright            = '(c) The CseJobs authors. MIT licence.'
    Description          = 'Engine jobs of Huawei Cloud CSE (Cloud Service Engine) as PowerShell objects: list engines and their jobs, read one job with its phases and sub-jobs, retry one that has failed.'
    # One least version for both editions. The module itself refuses PowerShell 6.0 to 7.3 when it is imported.
    PowerShellVersion    = '5.1'
    # Only what ran: PowerShell 7.4, 7.5 and 7.6. For Windows PowerShell 5.1 there is bin/desktop; tried was the client library with it
    # and the module's own resolver, on mono 6.8 against the simulator. The cmdlets have not run in Windows PowerShell, so no 'Desktop'.
    CompatiblePSEditions = @('Core')
    # Loaded at import, so that [CseJobs.JobStatus] and its kin can be named before the first cmdlet has run.
    RequiredAssemblies   = @('bin/CseJobs.Client.dll')
    FormatsToProcess     = @('format/CseJobs.Format.ps1xml')
    TypesToProcess       = @('format/CseJobs.Types.ps1xml')
    # Explicit lists: a wildcard or a missing key makes PowerShell load the module to find out what it exports.
    CmdletsToExport      = @('Connect-Cse', 'Disconnect-Cse', 'Get-CseEngine', 'Get-CseEngineJob', 'Get-CseSession', 'Restart-CseEngineJob', 'Wait-CseEngineJob')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    # All files of the module: a test compares the list with what the build stages.
    FileList             = @(
        'CHANGELOG.md'
        'CseJobs.psd1'
        'LICENSE'
        'THIRD-PARTY-NOTICES.txt'
        'bin/CseJobs.Client.dll'
        'bin/CseJobs.dll'
        'bin/desktop/Microsoft.Bcl.AsyncInterfaces.dll'
        'bin/desktop/System.Buffers.dll'
        'bin/desktop/System.Memory.dll'
        'bin/desktop/System.Numerics.Vectors.dll'
        'bin/desktop/System.Runtime.CompilerServices.Unsafe.dll'
        'bin/desktop/System.Text.Encodings.Web.dll'
        'bin/desktop/System.Text.Json.dll'
        'bin/desktop/System.Threading.Tasks.Extensions.dll'
        'en-US/CseJobs.dll-Help.xml'
        'en-US/about_CseJobs.help.txt'
        'en-US/about_CseJobs_Errors.help.txt'
        'en-US/about_CseJobs_Sessions.help.txt'
        'format/CseJobs.Format.ps1xml'
        'format/CseJobs.Types.ps1xml'
        'zh-CN/CseJobs.dll-Help.xml'
        'zh-CN/about_CseJobs.help.txt'
        'zh-CN/about_CseJobs_Errors.help.txt'
        'zh-CN/about_CseJobs_Sessions.help.txt'
    )
    PrivateData          = @{
        PSData = @{
            # PSEdition_Core and Linux are what the tests ran on. Windows, MacOS and PSEdition_Desktop wait for a run there.
            Tags         = @('HuaweiCloud', 'CSE', 'ServiceComb', 'Microservice', 'Engine', 'Jobs', 'Cloud', 'PSEdition_Core', 'Linux')
            LicenseUri   = 'https://opensource.org/license/mit'
            # The API's own page, until the project has one.
            ProjectUri   = 'https://support.huaweicloud.com/intl/en-us/api-cse/cse_06_00115.html'
            ReleaseNotes = 'First version: Connect-Cse, Get-CseEngine, Get-CseEngineJob, Wait-CseEngineJob, Restart-CseEngineJob. CHANGELOG.md in the module has every change.'
        }
    }
}
