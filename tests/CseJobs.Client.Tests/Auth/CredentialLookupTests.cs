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
        _variables.Remove("HW_SECRET_KEY");
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
    [InlineData("HUAWEICLOUD_SDK_SECURITY_TOKEN", "HUAWEICLOUD_SDK_AK")]
    [InlineData("HW_SECRET_KEY", "HW_ACCESS_KEY")]
    [InlineData("HW_SECURITY_TOKEN", "HW_ACCESS_KEY")]
    [InlineData("HW_USER_PASSWORD", "HW_USER_NAME")]
    [InlineData("HW_USER_ID", "HW_USER_PASSWORD")]
    [InlineData("OS_SECRET_KEY", "OS_ACCESS_KEY")]
    [InlineData("OS_PASSWORD", "OS_USERNAME")]
    public void Half_a_credential_is_an_error_that_names_the_other_half(string set, string missing)
    {
        _files["/home/u/.huaweicloud/credentials"] = Ini;
        _variables[set] = "planted-value-77";

        ArgumentException error = Assert.Throws<ArgumentException>(Find);

        Assert.Contains(set, error.Message, StringComparison.Ordinal);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HW_ACCESS_KEY", "HW_SECRET_KEY")]
    [InlineData("HW_SECRET_KEY", "HW_ACCESS_KEY")]
    [InlineData("HW_USER_NAME", "HW_USER_PASSWORD")]
    [InlineData("HW_USER_PASSWORD", "HW_USER_NAME")]
    [InlineData("OS_PASSWORD", "OS_USERNAME")]
    [InlineData("HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_AK")]
    public void A_blank_half_is_a_missing_one_and_not_a_reason_to_take_another_account(string set, string blank)
    {
        _files["/home/u/.huaweicloud/credentials"] = Ini;
        _variables[set] = "planted-value-77";
        _variables[blank] = "  ";

        ArgumentException error = Assert.Throws<ArgumentException>(Find);

        Assert.Contains($"{blank} is not, or is blank", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HW", "HW_USER_PASSWORD")]
    [InlineData("OS", "OS_PASSWORD")]
    public void A_user_can_be_named_by_its_id_which_needs_no_account(string prefix, string password)
    {
        _variables[prefix + "_USER_ID"] = "id-77";
        _variables[password] = "pass";

        FoundCredential found = Find();

        Assert.Equal(($"Environment ({prefix}_USER_ID)", "id-77", null, null), (found.Source, found.Login!.UserId, found.Login.UserName, found.Login.DomainName));
    }

    [Fact]
    public void The_environments_agency_goes_with_whatever_was_found()
    {
        FillAll();
        _variables["HW_ASSUME_ROLE_AGENCY_NAME"] = "agency-x";
        _variables["HW_ASSUME_ROLE_DOMAIN_NAME"] = "account-x";

        foreach (string prefix in new[] { "none", "HUAWEICLOUD_SDK_", "HW_AUTH", "HW_ACCESS", "HW_SECRET", "HW_USER", "OS_", })
        {
            Remove(prefix == "HW_SECRET" ? "HW_SECRET" : prefix);
            if (prefix is not "HW_ACCESS")
            {
                SignInOptions found = Find().Options;
                Assert.Equal(("agency-x", "account-x"), (found.AgencyName, found.AgencyDomainName));
            }
        }
    }

    [Theory]
    [InlineData("HW_ASSUME_ROLE_AGENCY_NAME", "HW_ASSUME_ROLE_DOMAIN_NAME")]
    [InlineData("HW_ASSUME_ROLE_DOMAIN_NAME", "HW_ASSUME_ROLE_AGENCY_NAME")]
    public void Half_an_agency_is_an_error_that_names_the_other_half(string set, string missing)
    {
        FillAll();
        _variables[set] = "x";
        _variables[missing] = " ";

        ArgumentException error = Assert.Throws<ArgumentException>(Find);

        Assert.Contains($"{set} is set, but {missing} is not", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_callers_agency_goes_before_one_that_is_found()
    {
        FillAll();
        _variables["HW_ASSUME_ROLE_AGENCY_NAME"] = "agency-x";

        SignInOptions merged = Merge(new SignInOptions { Environment = Around, AgencyName = "mine", AgencyDomainName = "theirs" });

        Assert.Equal(("mine", "theirs", null), (merged.AgencyName, merged.AgencyDomainName, merged.AgencyDomainId));
    }

    [Theory]
    [InlineData("""{"agencyName":"a","agencyDomainName":"d"}""", "a", "d", null)]
    [InlineData("""{"agencyName":"a","agencyDomainName":"","agencyDomainId":"i"}""", "a", null, "i")]
    [InlineData("""{"agencyName":"","agencyDomainName":""}""", null, null, null)]
    public void The_agency_of_a_koocli_profile_is_taken(string more, string? name, string? domain, string? id)
    {
        _files["/home/u/.hcloud/config.json"] = KooWith(more);

        SignInOptions found = Find().Options;

        Assert.Equal((name, domain, id), (found.AgencyName, found.AgencyDomainName, found.AgencyDomainId));
    }

    [Theory]
    [InlineData("""{"agencyName":"a"}""", "agencyDomainName")]
    [InlineData("""{"agencyDomainName":"d"}""", "agencyName")]
    [InlineData("""{"agencyDomainId":"i"}""", "agencyName")]
    [InlineData("""{"accessKeyId":""}""", "no accessKeyId")]
    public void Half_of_something_in_a_koocli_profile_is_an_error(string more, string missing)
    {
        _files["/home/u/.hcloud/config.json"] = KooWith(more);

        Assert.Contains(missing, Assert.Throws<ArgumentException>(Find).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HUAWEICLOUD_SDK_IDP_ID")]
    [InlineData("HUAWEICLOUD_SDK_ID_TOKEN_FILE")]
    public void An_identity_provider_is_refused_and_not_passed_over(string variable)
    {
        FillAll();
        _variables[variable] = "x";

        string message = Assert.Throws<ArgumentException>(Find).Message;

        Assert.Contains("identity provider", message, StringComparison.Ordinal);
        Assert.Contains("not supported", message, StringComparison.Ordinal);
        Assert.Contains("access key", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HUAWEICLOUD_SDK_CREDENTIALS_FILE")]
    [InlineData("HW_SHARED_CONFIG_FILE")]
    public void A_file_that_is_named_and_not_there_is_an_error_that_names_it(string variable)
    {
        _files["/home/u/.huaweicloud/credentials"] = Ini;
        _files["/home/u/.hcloud/config.json"] = KooCli;
        _variables[variable] = "/x/none";

        string message = Assert.Throws<ArgumentException>(Find).Message;

        Assert.Contains("'/x/none'", message, StringComparison.Ordinal);
        Assert.Contains(variable, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "[global]\nak=A\nsk=B")]
    [InlineData("HW_SHARED_CONFIG_FILE", """{"profiles":[{"name":"x"}]}""")]
    [InlineData("HW_SHARED_CONFIG_FILE", "")]
    public void A_file_that_is_named_and_holds_no_credentials_is_an_error_that_names_it(string variable, string text)
    {
        _files["/home/u/.huaweicloud/credentials"] = Ini;
        _files["/x/file"] = text;
        _variables[variable] = "/x/file";

        string message = Assert.Throws<ArgumentException>(Find).Message;

        Assert.Contains("'/x/file'", message, StringComparison.Ordinal);
        Assert.Contains(variable, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_that_is_named_and_not_there_is_an_error_that_names_it()
    {
        _files["/home/u/.huaweicloud/credentials"] = Ini;
        _variables["HW_PROFILE"] = "prod";
        Assert.Contains("HW_PROFILE", Assert.Throws<ArgumentException>(Find).Message, StringComparison.Ordinal);

        _files["/home/u/.hcloud/config.json"] = KooCli;
        Assert.Contains("'prod'", Assert.Throws<ArgumentException>(Find).Message, StringComparison.Ordinal);

        // What is named goes before what merely lies there.
        _variables["HW_PROFILE"] = "a";
        Assert.Equal("AKA", Find().Key!.Id);

        Remove("HW_");
        _files.Remove("/home/u/.huaweicloud/credentials");
        _files["/home/u/.hcloud/config.json"] = KooCli.Replace("\"current\":\"b\"", "\"current\":\"gone\"", StringComparison.Ordinal);
        Assert.Contains("'gone'", Assert.Throws<ArgumentException>(Find).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tilde_is_the_home_directory()
    {
        _files["/home/u/x/credentials"] = Ini;
        Assert.Equal("FILEAK", Find("~/x/credentials").Key!.Id);

        _variables["HUAWEICLOUD_SDK_CREDENTIALS_FILE"] = "~/x/credentials";
        Assert.Equal("FILEAK", Find().Key!.Id);

        Remove("HUAWEICLOUD");
        _files["/home/u/koo"] = KooCli;
        _variables["HW_SHARED_CONFIG_FILE"] = "~/koo";
        Assert.Equal("AKB", Find().Key!.Id);
    }

    [Theory]
    [InlineData("[basic]\nak: A1\nsk: S=1:2\n")]
    [InlineData("[ basic ]\nAK = A1\nSk=S=1:2\n")]
    [InlineData("[basic] ; the one for CSE\n  # ak = no\n ; ak = no\nak=A1\nsk :S=1:2\n[other]\nak=no\nsk=no")]
    [InlineData("[basic\nak=no\nsk=no\n[basic]\nak=A1\nsk=S=1:2")]
    public void A_profile_is_read_as_the_sdks_read_it(string text)
    {
        _files["/x/file"] = text;

        AccessKey key = Find("/x/file").Key!;

        Assert.Equal(("A1", "S=1:2"), (key.Id, key.SecretKey.Reveal()));
    }

    [Theory]
    [InlineData("[basic]\nak=\"A\"\nsk=planted-value-77", "quotes around ak")]
    [InlineData("[basic]\nak=A\nsk='planted-value-77'", "quotes around sk")]
    [InlineData("[basic]\nak=A\nsk=planted-value-77\nproject_id = \"p\"", "quotes around project_id")]
    [InlineData("[basic]\nak=A\nsk=planted-value-77\nAK: B", "ak twice")]
    [InlineData("[basic]\nidp_id=planted-value-77", "identity provider")]
    public void What_the_sdks_would_take_for_something_else_is_refused(string text, string why)
    {
        _files["/x/file"] = text;

        string message = Assert.Throws<ArgumentException>(() => Find("/x/file")).Message;

        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", message, StringComparison.Ordinal);
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

    private static string KooWith(string more) =>
        $$"""{"profiles":[{"name":"a","secretAccessKey":"{{PlainSecret}}",{{(more.Contains("accessKeyId", StringComparison.Ordinal) ? "" : "\"accessKeyId\":\"AK\",")}}{{more[1..]}}]}""";

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
