using System;
using System.IO;
using System.Reflection;
using CseJobs.Platform;
using Xunit;

namespace CseJobs.Client.Tests.Platform;

/// <summary>Which requests for assemblies the module answers in Windows PowerShell. A signed assembly of this program stands in for those shipped.</summary>
public sealed class DesktopClosureTests
{
    private static readonly string Module = Path.Combine(Path.GetTempPath(), "CseJobs", "bin");
    private static readonly string Shipped = typeof(FactAttribute).Assembly.Location;
    private static readonly AssemblyName Identity = typeof(FactAttribute).Assembly.GetName();
    private static readonly string Own = Path.Combine(Module, "CseJobs.Client.dll");

    private readonly DesktopClosure _closure = new(Module, [Shipped]);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("1.2.3.4")]
    [InlineData(null)]
    public void The_shipped_version_an_older_one_and_none_at_all_are_answered(string? version)
    {
        Assert.Equal(Shipped, _closure.PathFor(Request(version), Own));
        Assert.Equal(Shipped, _closure.PathFor(Identity.FullName, Own));
    }

    [Fact]
    public void A_name_in_another_case_is_the_same() =>
        Assert.Equal(Shipped, _closure.PathFor(Identity.FullName.Replace(Identity.Name!, Identity.Name!.ToUpperInvariant(), StringComparison.Ordinal), Own));

    [Fact]
    public void A_newer_version_another_name_and_another_signer_are_not_answered()
    {
        Version version = Identity.Version!;

        Assert.Null(_closure.PathFor(Request(new Version(version.Major, version.Minor, version.Build, version.Revision + 1).ToString()), Own));
        Assert.Null(_closure.PathFor("System.Text.Json, Version=8.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51", Own));
        Assert.Null(_closure.PathFor(Identity.Name + ".resources", Own));
        Assert.Null(_closure.PathFor($"{Identity.Name}, Version={version}, Culture=neutral, PublicKeyToken=b77a5c561934e089", Own));
    }

    [Fact]
    public void Requests_are_answered_for_the_module_and_its_assemblies_and_when_nobody_knows_who_asks()
    {
        Assert.NotNull(_closure.PathFor(Identity.FullName, Own));
        Assert.NotNull(_closure.PathFor(Identity.FullName, Path.Combine(Module, "desktop", "System.Text.Json.dll")));
        Assert.NotNull(_closure.PathFor(Identity.FullName, null));
    }

    [Fact]
    public void Requests_of_other_modules_are_not_answered()
    {
        Assert.Null(_closure.PathFor(Identity.FullName, Path.Combine(Path.GetTempPath(), "Other", "bin", "Other.dll")));
        Assert.Null(_closure.PathFor(Identity.FullName, Module + "2" + Path.DirectorySeparatorChar + "Other.dll"));
        Assert.Null(_closure.PathFor(Identity.FullName, string.Empty));
    }

    private static string Request(string? version) => version is null ? Identity.Name! : Identity.FullName.Replace(Identity.Version!.ToString(), version, StringComparison.Ordinal);
}
