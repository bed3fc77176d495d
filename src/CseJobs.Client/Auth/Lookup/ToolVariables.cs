namespace CseJobs.Client.Auth.Lookup;

/// <summary>The variables of the Terraform provider (<c>HW_</c>) and of OpenStack tools (<c>OS_</c>): token, then access key, then password.</summary>
internal static class ToolVariables
{
    public static FoundCredential? Read(string prefix, Surroundings surroundings)
    {
        string? Get(string name) => surroundings.Get($"{prefix}_{name}");
        string userVariable = prefix == "OS" ? "USERNAME" : "USER_NAME";
        string passwordVariable = prefix == "OS" ? "PASSWORD" : "USER_PASSWORD";

        FoundCredential Found(string main) => new()
        {
            Source = $"Environment ({prefix}_{main})",
            Token = main == "AUTH_TOKEN" ? new Secret(Get(main)!) : null,
            AccessKey = main == "ACCESS_KEY" ? Get(main) : null,
            SecretKey = main == "ACCESS_KEY" ? new Secret(Need("ACCESS_KEY", "SECRET_KEY")) : null,
            SecurityToken = main == "ACCESS_KEY" && Get("SECURITY_TOKEN") is { } token ? new Secret(token) : null,
            UserName = main == userVariable ? Get(main) : null,
            Password = main == userVariable ? new Secret(Need(userVariable, passwordVariable)) : null,
            DomainName = main == userVariable ? Get("DOMAIN_NAME") ?? Get("USER_DOMAIN_NAME") ?? Need(userVariable, "DOMAIN_NAME") : null,
            Region = Region(surroundings),
            ProjectId = Get("PROJECT_ID"),
            ProjectName = Get("PROJECT_NAME"),
            EnterpriseProjectId = Get("ENTERPRISE_PROJECT_ID"),
            IamEndpoint = Get("AUTH_URL") ?? SdkVariables.IamEndpoint(surroundings),
            Cloud = Get("CLOUD"),
            EndpointOfRegion = region => SdkVariables.EndpointOfRegion(surroundings, region),
        };

        string Need(string main, string other) => Get(other)
            ?? throw new ArgumentException($"{prefix}_{main} is set, but {prefix}_{other} is not: it needs both.");

        if (Get("AUTH_TOKEN") is not null)
        {
            return Found("AUTH_TOKEN");
        }

        if (Get("ACCESS_KEY") is not null)
        {
            return Found("ACCESS_KEY");
        }

        return Get(userVariable) is not null ? Found(userVariable) : null;
    }

    /// <summary>A region is no secret: it is taken from either family whatever the credential's source.</summary>
    public static string? Region(Surroundings surroundings) =>
        surroundings.Get("HW_REGION_NAME") ?? surroundings.Get("OS_REGION_NAME");
}
