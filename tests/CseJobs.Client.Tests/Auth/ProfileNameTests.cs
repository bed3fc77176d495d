using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>Profiles that are taken by name: those of KooCLI, and sections of the SDKs' file.</summary>
public sealed class ProfileNameTests
{
    private const string Secret = "SKPLAIN0000000000000000000000000000000AB";
    private const string SdkPath = "/home/u/.huaweicloud/credentials";
    private const string CliPath = "/home/u/.hcloud/config.json";

    private readonly Dictionary<string, string> _files = new()
    {
        [SdkPath] = $"# of all\n[basic]\nak = AKBASIC\nsk = {Secret}\n[global]\ndomain_id = d\n[ prod ]\nak = AKPROD\nsk = {Secret}\nproject_id = pp\n",
        [CliPath] = $$"""
            {"current":"test","profiles":[{"name":"test","accessKeyId":"AKTEST","secretAccessKey":"{{Secret}}","region":"cn-east-3"},
            {"name":"Prod","accessKeyId":"AKCLI","secretAccessKey":"{{Secret}}"},{"name":"prod2","accessKeyId":"AKPROD2","secretAccessKey":"{{Secret}}"}]}
            """,
    };

    private readonly Dictionary<string, string> _variables = new();

    [Theory]
    [InlineData("prod", "AKPROD", $"Profile ({SdkPath}, prod)")]
    [InlineData("PROD", "AKPROD", $"Profile ({SdkPath}, prod)")]
    [InlineData("basic", "AKBASIC", $"Profile ({SdkPath}, basic)")]
    [InlineData("prod2", "AKPROD2", $"KooCLI ({CliPath}, prod2)")]
    [InlineData("test", "AKTEST", $"KooCLI ({CliPath}, test)")]
    public void A_profile_is_found_by_its_name_in_the_first_file_that_has_it(string name, string key, string source)
    {
        FoundCredential found = Find(name);

        Assert.Equal(key, found.Key!.Id);
        Assert.Equal(source, found.Source);
    }

    [Fact]
    public void A_profile_brings_its_own_region_and_project()
    {
        Assert.Equal("cn-east-3", Find("test").Options.Region);
        Assert.Equal("pp", Find("prod").Options.ProjectId);
    }

    [Fact]
    public void A_file_that_is_named_is_the_only_one_that_is_looked_into()
    {
        Assert.Equal("AKCLI", Find("prod", CliPath).Key!.Id);
        string message = Assert.Throws<ArgumentException>(() => Find("basic", CliPath)).Message;

        Assert.Equal("There is no profile 'basic'. The profiles that exist: test, Prod, prod2.", message);
    }

    [Fact]
    public void The_variables_of_the_environment_are_not_asked_when_a_profile_is_named()
    {
        _variables["HUAWEICLOUD_SDK_AK"] = "AKENV";
        _variables["HUAWEICLOUD_SDK_SK"] = Secret;
        _variables["HW_PROFILE"] = "test";

        Assert.Equal("AKPROD", Find("prod").Key!.Id);
        Assert.Equal("AKPROD2", Find("prod2").Key!.Id);
    }

    [Fact]
    public void A_file_that_a_variable_names_goes_first()
    {
        _files["/x/mine"] = $"[prod]\nak=AKMINE\nsk={Secret}\n";
        _variables["HW_SHARED_CONFIG_FILE"] = "/x/mine";

        Assert.Equal("AKMINE", Find("prod").Key!.Id);
        Assert.Equal("AKPROD2", Find("prod2").Key!.Id);
    }

    [Fact]
    public void A_file_that_a_variable_names_and_that_is_not_there_is_an_error()
    {
        _variables["HW_SHARED_CONFIG_FILE"] = "/x/gone";

        Assert.Equal("There is no profile file at '/x/gone' (see HW_SHARED_CONFIG_FILE).", Assert.Throws<ArgumentException>(() => Find("prod")).Message);
    }

    [Fact]
    public void An_unknown_profile_is_told_with_those_that_exist_and_nothing_else_of_the_files()
    {
        string message = Assert.Throws<ArgumentException>(() => Find("nobody")).Message;

        Assert.Equal("There is no profile 'nobody'. The profiles that exist: basic, global, prod, test, prod2.", message);
    }

    [Fact]
    public void Without_any_file_the_error_says_where_profiles_are_looked_for()
    {
        _files.Clear();

        Assert.Equal($"There is no profile 'prod'. The profiles that exist: none in '{SdkPath}' or '{CliPath}'.", Assert.Throws<ArgumentException>(() => Find("prod")).Message);
    }

    [Theory]
    [InlineData("global", "holds no access key")]
    [InlineData("half", "has ak but no sk in [half]")]
    [InlineData("twice", "has ak twice in [twice]")]
    public void A_profile_that_holds_no_whole_key_is_an_error(string name, string says)
    {
        _files[SdkPath] += "[half]\nak=A\n[twice]\nak=A\nak=B\n";

        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Find(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_profile_that_HW_PROFILE_names_and_that_is_not_there_is_told_with_those_that_exist()
    {
        _variables["HW_PROFILE"] = "nobody";

        string message = Assert.Throws<ArgumentException>(() => new CredentialLookup(Options(null)).Find(null)).Message;

        Assert.Equal($"The KooCLI configuration '{CliPath}' has no profile 'nobody'. The profiles that exist: test, Prod, prod2.", message);
    }

    [Fact]
    public void Names_are_told_of_all_files_that_can_be_read_and_of_no_others()
    {
        _files["/x/broken"] = "{ no json";
        _variables["HW_SHARED_CONFIG_FILE"] = "/x/broken";

        Assert.Equal(["basic", "global", "prod", "test", "prod2"], new CredentialLookup(Options(null)).ProfileNames(null));
        Assert.Equal(["test", "Prod", "prod2"], new CredentialLookup(Options(null)).ProfileNames(CliPath));
        Assert.Empty(new CredentialLookup(Options(null)).ProfileNames("/x/gone"));
    }

    private FoundCredential Find(string name, string? path = null) => new CredentialLookup(Options(name)).Find(path);

    private SignInOptions Options(string? name) => new()
    {
        ProfileName = name,
        Environment = new CredentialEnvironment { Variable = _variables.GetValueOrDefault, ReadFile = _files.GetValueOrDefault, Home = "/home/u" },
    };
}
