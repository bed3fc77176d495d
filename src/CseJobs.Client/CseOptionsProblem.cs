namespace CseJobs.Client;

/// <summary>What is wrong with options, for callers that want to say it in their own words.</summary>
public enum CseOptionsProblem
{
    /// <summary>The region has to be known and is not: neither a region nor an endpoint is given.</summary>
    RegionMissing,
    /// <summary>The text cannot be the name of a region.</summary>
    RegionInvalid,
    /// <summary>The project has to be known and is not: no id, no name, and no region to take the name from.</summary>
    ProjectMissing,
    /// <summary>A ready token is given without the id of its project.</summary>
    ProjectIdMissing,
    /// <summary>The project is given by its id and by its name.</summary>
    ProjectNamedTwice,
    /// <summary>The address of IAM has to be known and cannot be derived from the endpoint.</summary>
    IamEndpointMissing,
    /// <summary>An endpoint is plain http, and <see cref="CseTransportOptions.AllowUnencryptedAuthentication"/> is not set.</summary>
    EndpointNotEncrypted,
    /// <summary>The proxy's address holds a user name or password, which belong into <see cref="CseTransportOptions.ProxyCredential"/>.</summary>
    ProxyHoldsCredential,
    /// <summary>Neither the environment nor a profile file holds credentials.</summary>
    CredentialsMissing,
}
