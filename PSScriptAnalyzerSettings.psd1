# What PSScriptAnalyzer looks for in the scripts here: its default rules. tests/Pester/ScriptAnalyzer.Tests.ps1 runs it.
@{
    ExcludeRules = @(
        # Pester's blocks share their variables; the rule takes each block for a scope of its own.
        'PSUseDeclaredVarsMoreThanAssignments'
        # No function here is shipped: they help the build, the tests and the benchmarks. The cmdlets are C#.
        'PSUseShouldProcessForStateChangingFunctions'
        # The scripts talk to the person who runs them.
        'PSAvoidUsingWriteHost'
        # PowerShell 7 reads UTF-8 without a byte order mark.
        'PSUseBOMForUnicodeEncodedFile'
    )
    Rules        = @{
        # The parts of a path have no names but their order.
        PSAvoidUsingPositionalParameters = @{ CommandAllowList = @('Join-Path') }
    }
}
