using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>Where credentials are found: the order, each source whole, and what is said when something is missing.</summary>
public sealed class CredentialLookupTests
{
    private const string PlainSecret = "SKPLAIN0000000000000000000000000000000AB";
    private const string KooCli = """{"current":"b","profiles":[{"name":"a","mode":"AKSK","accessKeyId":"AKA","secretAccessKey":"SKPLAIN0000000000000000000000000000000AA"},{"name":"b","mode":"AKSK","accessKeyId":"AKB","secretAccessKey":"SKPLAIN0000000000000000000000000000000AB","securityToken":"STS","region":"cn-east-3","projectId":"pb"}]}""";
    private const string Ini = "# comment\n[global]\nak = GLOBALAK\nsk = GLOBALSK\n\n[basic]\r\nak = FILEAK\r\nsk=FILE=SK\r\nsecurity_token = \r\nproject_id = pf\r\niam_endpoint = iam.example.com\r\n";

    private readonly Dictionary<string, string> _variables = [];
    private readonly Dictionary<string, string> _files = [];

    [Fact]
    public void The_sdk_variables_come_first()
    {
        FillAll();

        FoundCredential found = Find();

        Assert.Equal("Environment (HUAWEICLOUD_SDK_AK)", found.Source);
        Assert.Equal(("SDKAK", "SDKSK", "SDKSTS", "psdk"), (found.Key!.Id, found.Key!.SecretKey.Reveal(), found.Key!.SecurityToken!.Reveal(), found.Options.ProjectId));
    }

    [Fact]
    public void Then_terraform_then_openstack_then_the_sdk_profile_then_koocli()
    {
        FillAll();
        Remove("HUAWEICLOUD_SDK_");
        Assert.Equal(("Environment (HW_AUTH_TOKEN)", "HWTOKEN"), (Find().Source, Find().Token!.Reveal()));

        _variables.Remove("HW_AUTH_TOKEN");
        Assert.Equal(("Environment (HW_ACCESS_KEY)", "HWAK", "HWSK"), (Find().Source, Find().Key!.Id, Find().Key!.SecretKey.Reveal()));

        _variables.Remove("HW_ACCESS_KEY");
        FoundCredential password = Find();
        Assert.Equal(("Environment (HW_USER_NAME)", "hwuser", "hwpass", "hwdomain"), (password.Source, password.Login!.UserName, password.Login!.Password.Reveal(), password.Login!.DomainName));

        Remove("HW_");
        Assert.Equal(("Environment (OS_USERNAME)", "osuser", "ospass", "osdomain"), (Find().Source, Find().Login!.UserName, Find().Login!.Password.Reveal(), Find().Login!.DomainName));

        Remove("OS_");
        FoundCredential profile = Find();
        Assert.Equal(("Profile (/home/u/.huaweicloud/credentials)", "FILEAK", "FILE=SK", null), (profile.Source, profile.Key!.Id, profile.Key!.SecretKey.Reveal(), profile.Key!.SecurityToken));

        _files.Remove("/home/u/.huaweicloud/credentials");
        FoundCredential cli = Find();
        Assert.Equal(("KooCLI (/home/u/.hcloud/config.json)", "AKB", PlainSecret, "STS"), (cli.Source, cli.Key!.Id, cli.Key!.SecretKey.Reveal(), cli.Key!.SecurityToken!.Reveal()));
        Assert.Equal(("cn-east-3", "pb"), (cli.Options.Region, cli.Options.ProjectId));
    }

    [Theory]
    [InlineData("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK")]
    [InlineData("HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_AK")]
    [InlineData("HW_ACCESS_KEY", "HW_SECRET_KEY")]
    [InlineData("HW_USER_NAME", "HW_USER_PASSWORD")]
    [InlineData("OS_ACCESS_KEY", "OS_SECRET_KEY")]
    [InlineData("OS_USERNAME", "OS_PASSWORD")]
    public void Half_a_credential_is_an_error_that_names_the_other_half(string set, string missing)
    {
        _files["/home/u/.huaweicloud/credentials"] = Ini;
        _variables[set] = "planted-value-77";

        ArgumentException error = Assert.Throws<ArgumentException>(Find);

        Assert.Contains(set, error.Message, StringComparison.Ordinal);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set()
    {
        _variables["HUAWEICLOUD_SDK_AK"] = " ";
        _files["/home/u/.huaweicloud/credentials"] = Ini;

        Assert.Equal("FILEAK", Find().Key!.Id);
    }

    [Fact]
    public void Nothing_found_lists_what_was_looked_for()
    {
        CseOptionsException error = Assert.Throws<CseOptionsException>(Find);

        Assert.Equal(CseOptionsProblem.CredentialsMissing, error.Problem);
        foreach (string place in new[] { "HUAWEICLOUD_SDK_AK", "HW_AUTH_TOKEN", "HW_ACCESS_KEY", "HW_USER_NAME", "OS_", "/home/u/.huaweicloud/credentials", "/home/u/.hcloud/config.json" })
        {
            Assert.Contains(place, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_profile_path_is_read_and_nothing_else()
    {
        FillAll();
        _files["/x/other"] = "[basic]\nak=X\nsk=Y\n";
        _files["/x/koo"] = KooCli;

        Assert.Equal("X", Find("/x/other").Key!.Id);
        Assert.Equal("AKB", Find("/x/koo").Key!.Id);
        Assert.Contains("/x/none", Assert.Throws<ArgumentException>(() => Find("/x/none")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[global]\nak=A\nsk=B", "[basic]")]
    [InlineData("[basic]\nak=A", "no sk")]
    [InlineData("[basic]\nsk=planted-value-77", "no ak")]
    [InlineData("""{"profiles":[]}""", "no credentials")]
    [InlineData("{ broken planted-value-77", "cannot be read")]
    [InlineData("""{"profiles":[{"name":"a","accessKeyId":"AK","secretAccessKey":"planted-value-77-AQICAHhZ/0m+abcdefgh=="}]}""", "encrypted")]
    public void A_file_that_holds_no_whole_credential_says_what_is_wrong(string text, string expected)
    {
        _files["/x/file"] = text;

        string message = Assert.Throws<ArgumentException>(() => Find("/x/file")).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[basic]\nak=A")]
    [InlineData("[basic]\nak=A\nsk=B")]
    [InlineData("{ broken")]
    [InlineData("""{"profiles":[{"accessKeyId":"A"}]}""")]
    [InlineData("""{"profiles":[{"accessKeyId":"A","secretAccessKey":"short"}]}""")]
    [InlineData("""{"profiles":[{"accessKeyId":"A","secretAccessKey":"SKPLAIN0000000000000000000000000000000AB"}]}""")]
    [InlineData(null)]
    public void The_name_of_a_file_can_do_nothing_to_the_terminal(string? text)
    {
        const string Path = "/x/\u001b[2Jevil";
        _variables["HUAWEICLOUD_SDK_CREDENTIALS_FILE"] = Path;
        _variables["HW_SHARED_CONFIG_FILE"] = Path;
        if (text is not null)
        {
            _files[Path] = text;
        }

        string shown;
        try
        {
            shown = Find(text is null ? null : Path).Source;
        }
        catch (ArgumentException e)
        {
            shown = e.Message;
        }

        Assert.Contains("␛[2Jevil", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, char.IsControl);
    }

    [Fact]
    public void The_files_of_the_tools_can_be_elsewhere()
    {
        _variables["HUAWEICLOUD_SDK_CREDENTIALS_FILE"] = "/etc/hc";
        _files["/etc/hc"] = Ini;
        Assert.Equal("FILEAK", Find().Key!.Id);

        Remove("HUAWEICLOUD");
        _variables["HW_SHARED_CONFIG_FILE"] = "/etc/koo";
        _variables["HW_PROFILE"] = "a";
        _files["/etc/koo"] = KooCli;
        Assert.Equal("AKA", Find().Key!.Id);
    }

    [Fact]
    public void What_the_caller_sets_goes_before_what_is_found()
    {
        _files["/home/u/.hcloud/config.json"] = KooCli;

        SignInOptions same = Merge(new SignInOptions { Environment = Around, EnterpriseProjectId = "7" });
        Assert.Equal(("cn-east-3", "pb", "7"), (same.Region, same.ProjectId, same.EnterpriseProjectId));

        // The found project belongs to the found region.
        SignInOptions other = Merge(new SignInOptions { Environment = Around, Region = "cn-north-4" });
        Assert.Equal(("cn-north-4", null), (other.Region, other.ProjectId));
    }

    [Theory]
    [InlineData("HW", null, null, "found-id", null)]
    [InlineData("OS", null, null, "found-id", null)]
    [InlineData("HW", "asked-id", null, "asked-id", null)]
    [InlineData("OS", null, "asked-name", null, "asked-name")]
    public void Of_a_project_told_by_id_and_name_one_is_taken_and_the_callers_first(string prefix, string? id, string? name, string? expectedId, string? expectedName)
    {
        _variables[prefix + "_ACCESS_KEY"] = "AK";
        _variables[prefix + "_SECRET_KEY"] = "SK";
        _variables[prefix + "_PROJECT_ID"] = "found-id";
        _variables[prefix + "_PROJECT_NAME"] = "found-name";

        SignInOptions merged = Merge(new SignInOptions { Environment = Around, ProjectId = id, ProjectName = name });

        Assert.Equal((expectedId, expectedName), (merged.ProjectId, merged.ProjectName));
    }

    [Fact]
    public void A_callers_project_id_is_not_mixed_with_a_project_name_that_is_found_alone()
    {
        _variables["HW_ACCESS_KEY"] = "AK";
        _variables["HW_SECRET_KEY"] = "SK";
        _variables["HW_PROJECT_NAME"] = "found-name";

        SignInOptions asked = Merge(new SignInOptions { Environment = Around, ProjectId = "asked-id" });
        SignInOptions silent = Merge(new SignInOptions { Environment = Around });

        Assert.Equal(("asked-id", null), (asked.ProjectId, asked.ProjectName));
        Assert.Equal((null, "found-name"), (silent.ProjectId, silent.ProjectName));
    }

    [Fact]
    public void Endpoints_are_found_too()
    {
        FillAll();
        _variables["HUAWEICLOUD_SDK_REGION_CSE_CN_NORTH_4"] = "https://cse.private.example.com,https://second.example.com";
        _variables["HUAWEICLOUD_SDK_IAM_ENDPOINT"] = "iam.private.example.com";
        SignInOptions sdk = Merge(new SignInOptions { Environment = Around, Region = "cn-north-4" });
        Assert.Equal(("https://cse.private.example.com/", "https://iam.private.example.com/"), (sdk.Endpoint!.ToString(), sdk.IamEndpoint!.ToString()));

        Remove("HUAWEICLOUD_SDK_");
        _variables["HW_AUTH_URL"] = "https://iam.example.com/v3";
        _variables["HW_CLOUD"] = "example-cloud.com";
        SignInOptions terraform = Merge(new SignInOptions { Environment = Around, Region = "x-1" });
        Assert.Equal(("https://cse.x-1.example-cloud.com/", "https://iam.example.com/"), (terraform.Endpoint!.ToString(), terraform.IamEndpoint!.ToString()));
    }

    [Theory]
    [InlineData("cn-north-4", "https://cse.cn-north-4.myhuaweicloud.com/", "https://iam.cn-north-4.myhuaweicloud.com/")]
    [InlineData("CN-North-4", "https://cse.cn-north-4.myhuaweicloud.com/", "https://iam.cn-north-4.myhuaweicloud.com/")]
    [InlineData("xx-new-9", "https://cse.xx-new-9.myhuaweicloud.com/", "https://iam.myhuaweicloud.com/")]
    [InlineData("eu-west-101", "https://cse.eu-west-101.myhuaweicloud.eu/", "https://iam.eu-west-101.myhuaweicloud.eu/")]
    public void A_region_gives_the_addresses_of_its_services(string region, string cse, string iam)
    {
        Assert.Equal(cse, ServiceEndpoints.Cse(region).ToString());
        Assert.Equal(iam, ServiceEndpoints.Iam(region, ServiceEndpoints.Cse(region))!.ToString());
        Assert.Equal(iam, ServiceEndpoints.Iam(null, ServiceEndpoints.Cse(region))!.ToString());
    }

    [Fact]
    public void The_iam_of_another_cloud_is_not_guessed() =>
        Assert.Null(ServiceEndpoints.Iam("eu-west-0", new Uri("https://cse.eu-west-0.cloud-ocb.orange-business.com")));

    [Theory]
    [InlineData("cn-north-4.evil.com")]
    [InlineData("a/b")]
    [InlineData("-a")]
    [InlineData("")]
    [InlineData("a@b")]
    public void What_is_no_region_gives_no_address(string region) =>
        Assert.Equal(CseOptionsProblem.RegionInvalid, Assert.Throws<CseOptionsException>(() => ServiceEndpoints.Cse(region)).Problem);

    private void FillAll()
    {
        foreach ((string name, string value) in new[]
        {
            ("HUAWEICLOUD_SDK_AK", "SDKAK"), ("HUAWEICLOUD_SDK_SK", "SDKSK"), ("HUAWEICLOUD_SDK_SECURITY_TOKEN", "SDKSTS"), ("HUAWEICLOUD_SDK_PROJECT_ID", "psdk"),
            ("HW_AUTH_TOKEN", "HWTOKEN"), ("HW_ACCESS_KEY", "HWAK"), ("HW_SECRET_KEY", "HWSK"),
            ("HW_USER_NAME", "hwuser"), ("HW_USER_PASSWORD", "hwpass"), ("HW_DOMAIN_NAME", "hwdomain"),
            ("OS_USERNAME", "osuser"), ("OS_PASSWORD", "ospass"), ("OS_DOMAIN_NAME", "osdomain"),
        })
        {
            _variables[name] = value;
        }

        _files["/home/u/.huaweicloud/credentials"] = Ini;
        _files["/home/u/.hcloud/config.json"] = KooCli;
    }

    private void Remove(string prefix)
    {
        foreach (string name in new List<string>(_variables.Keys))
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                _variables.Remove(name);
            }
        }
    }

    private CredentialEnvironment Around => new()
    {
        Variable = name => _variables.GetValueOrDefault(name),
        ReadFile = path => _files.GetValueOrDefault(path),
        Home = "/home/u",
    };

    private FoundCredential Find() => Find(null);

    private FoundCredential Find(string? profilePath) => new CredentialLookup(new SignInOptions { Environment = Around }).Find(profilePath);

    private static SignInOptions Merge(SignInOptions options) => new CredentialLookup(options).Find(null).Options;
}
