using System;
using CseJobs.Platform;
using Xunit;

namespace CseJobs.Client.Tests.Platform;

/// <summary>Where the module can work.</summary>
public sealed class HostRuntimeTests
{
    [Theory]
    [InlineData(false, "8.0.30")] // PowerShell 7.4
    [InlineData(false, "9.0.19")] // 7.5
    [InlineData(false, "10.0.1")] // 7.6
    [InlineData(true, "4.0.30319.42000")] // Windows PowerShell 5.1
    public void It_works_on_these(bool isFramework, string version) => Assert.Null(new HostRuntime(isFramework, new Version(version)).Problem);

    [Theory]
    [InlineData("7.0.20")] // PowerShell 7.3
    [InlineData("3.1.32")] // 7.0
    [InlineData("4.0.30319.42000")] // 6.x: .NET Core 2 says the same as .NET Framework
    public void It_says_in_one_sentence_why_not_on_older_ones(string version) => Assert.Equal(
        $"CseJobs needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this PowerShell runs on .NET {version}.",
        new HostRuntime(false, new Version(version)).Problem);

    [Fact]
    public void This_process_is_no_framework() => Assert.False(HostRuntime.Current.IsFramework);
}
