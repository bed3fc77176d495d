using System.Text.RegularExpressions;

namespace CseJobs.Client.Auth;

/// <summary>Where the services of a region are. Lists of regions serve completion and IAM's address, never validation: they grow.</summary>
public static class ServiceEndpoints
{
    private const string DefaultDomain = "myhuaweicloud.com";
    private const string EuropeanDomain = "myhuaweicloud.eu";

    // It becomes part of a host name.
    private static readonly Regex RegionName = new("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly HashSet<string> RegionsWithIam = new(StringComparer.OrdinalIgnoreCase)
    {
        "cn-north-1", "cn-north-2", "cn-north-4", "cn-north-9", "cn-north-12", "cn-east-2", "cn-east-3", "cn-east-4", "cn-east-5",
        "cn-south-1", "cn-south-2", "cn-southwest-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
        "af-south-1", "sa-brazil-1", "la-south-2", "la-north-2", "na-mexico-1", "eu-west-0", "my-kualalumpur-1", "ru-moscow-1",
        "me-east-1", "ae-ad-1", "tr-west-1",
    };

    /// <summary>Regions that had a CSE endpoint in 2026-08, for completion.</summary>
    public static IReadOnlyList<string> KnownRegions { get; } = new[]
    {
        "af-south-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "cn-east-2", "cn-east-3", "cn-east-4",
        "cn-east-5", "cn-north-1", "cn-north-4", "cn-north-9", "cn-north-11", "cn-north-12", "cn-south-1", "cn-south-2", "cn-south-4",
        "cn-southwest-2", "cn-southwest-3", "la-north-2", "la-south-2", "me-east-1", "my-kualalumpur-1", "ru-moscow-1",
        "ru-northwest-2", "sa-brazil-1", "tr-west-1",
    };

    /// <summary>The CSE API of a region.</summary>
    /// <param name="region">Region, <c>cn-north-4</c> for example.</param>
    /// <param name="domain">Domain of the cloud; null for Huawei Cloud's own.</param>
    /// <returns><c>https://cse.{region}.{domain}</c>.</returns>
    /// <exception cref="ArgumentException">The text cannot be the name of a region.</exception>
    public static Uri Cse(string region, string? domain = null) => Of("cse", region, domain);

    /// <summary>The IAM of a region of another cloud.</summary>
    internal static Uri Iam(string region, string domain) => Of("iam", region, domain);

    /// <summary>The IAM that signs in for a CSE endpoint, as far as it can be told.</summary>
    /// <returns>Null when the address has to be given.</returns>
    internal static Uri? Iam(string? region, Uri cseEndpoint)
    {
        string host = cseEndpoint.Host;
        if (!host.EndsWith("." + DefaultDomain, StringComparison.OrdinalIgnoreCase) && !host.EndsWith("." + EuropeanDomain, StringComparison.OrdinalIgnoreCase))
            return null;

        string? known = region ?? (host.Split('.') is [var service, var label, _, _] && service.Equals("cse", StringComparison.OrdinalIgnoreCase) ? label : null);
        return known is not null && (DomainOf(known) == EuropeanDomain || RegionsWithIam.Contains(known))
            ? Of("iam", known, null)
            : new Uri($"https://iam.{DefaultDomain}");
    }

    private static Uri Of(string service, string region, string? domain) =>
        Uri.TryCreate($"https://{service}.{Checked(region)}.{domain ?? DomainOf(region)}", UriKind.Absolute, out Uri? uri)
            ? uri
            : throw new ArgumentException($"'{SafeText.Quote(domain ?? string.Empty)}' is not the domain of a cloud. Example: {DefaultDomain}");

    private static string DomainOf(string region) =>
        region.StartsWith("eu-west-1", StringComparison.OrdinalIgnoreCase) ? EuropeanDomain : DefaultDomain;

    /// <exception cref="ArgumentException">The text cannot be the name of a region.</exception>
    internal static string Checked(string region) => RegionName.IsMatch(region)
        ? region.ToLowerInvariant()
        : throw new CseOptionsException(CseOptionsProblem.RegionInvalid, $"'{SafeText.Quote(region)}' is not the name of a region. Example: cn-north-4.");
}
