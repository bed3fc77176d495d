# The versions of the assemblies that each PowerShell brings, of those that the module's assemblies refer to. Read from the $PSHOME of
# 7.4.19 (.NET 8.0.30), 7.5.10 (.NET 9.0.19) and 7.6.5 (.NET 10.0); the assemblies of .NET keep these versions for all of a major version.
# Platforms.Tests.ps1 compares the row of the PowerShell that it runs in with that PowerShell.
@{
    '7.4' = @{
        'netstandard'                  = '2.1.0.0'
        'System.Buffers'               = '8.0.0.0'
        'System.Management.Automation' = '7.4.0.0'
        'System.Memory'                = '8.0.0.0'
        'System.Text.Encodings.Web'    = '8.0.0.0'
        'System.Text.Json'             = '8.0.0.0'
    }
    '7.5' = @{
        'netstandard'                  = '2.1.0.0'
        'System.Buffers'               = '9.0.0.0'
        'System.Management.Automation' = '7.5.0.0'
        'System.Memory'                = '9.0.0.0'
        'System.Text.Encodings.Web'    = '9.0.0.0'
        'System.Text.Json'             = '9.0.0.0'
    }
    '7.6' = @{
        'netstandard'                  = '2.1.0.0'
        'System.Buffers'               = '10.0.0.0'
        'System.Management.Automation' = '7.6.0.0'
        'System.Memory'                = '10.0.0.0'
        'System.Text.Encodings.Web'    = '10.0.0.0'
        'System.Text.Json'             = '10.0.0.0'
    }
    # Windows PowerShell 5.1 on .NET Framework 4.7.2 or later. Not read from a machine: from the packages
    # Microsoft.NETFramework.ReferenceAssemblies.net472 1.0.3 (its facades) and PowerShellStandard.Library 5.1.0-preview-06.
    '5.1' = @{
        'netstandard'                  = '2.0.0.0'
        'System.Management.Automation' = '3.0.0.0'
    }
}
