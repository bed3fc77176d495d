namespace CseJobs.Client.Auth.Lookup;

/// <summary>The variables of the official SDKs.</summary>
internal static class SdkVariables
{
    private const string Prefix = "HUAWEICLOUD_SDK_";

    public static FoundCredential? Read(Surroundings surroundings)
    {
        string? accessKey = surroundings.Get(Prefix + "AK");
        string? secretKey = surroundings.Get(Prefix + "SK");
        if (accessKey is null && secretKey is null)
        {
            return null;
        }

        if (accessKey is null || secretKey is null)
        {
            throw new ArgumentException($"{Prefix}{(accessKey is null ? "SK" : "AK")} is set, but {Prefix}{(accessKey is null ? "AK" : "SK")} is not: a key needs both.");
        }

        return new FoundCredential
        {
            Source = "Environment (HUAWEICLOUD_SDK_AK)",
            AccessKey = accessKey,
            SecretKey = new Secret(secretKey),
            SecurityToken = Secret(surroundings.Get(Prefix + "SECURITY_TOKEN")),
            Region = ToolVariables.Region(surroundings),
            ProjectId = surroundings.Get(Prefix + "PROJECT_ID"),
            IamEndpoint = IamEndpoint(surroundings),
            EndpointOfRegion = region => EndpointOfRegion(surroundings, region),
        };
    }

    public static string? IamEndpoint(Surroundings surroundings) => surroundings.Get(Prefix + "IAM_ENDPOINT");

    /// <summary>For example <c>HUAWEICLOUD_SDK_REGION_CSE_CN_NORTH_4</c>.</summary>
    public static string? EndpointOfRegion(Surroundings surroundings, string region) =>
        surroundings.Get($"{Prefix}REGION_CSE_{region.Replace('-', '_').ToUpperInvariant()}");

    private static Secret? Secret(string? value) => value is null ? null : new Secret(value);
}
