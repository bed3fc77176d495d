namespace CseJobs.Client.Auth;

/// <summary>The outcome of signing in.</summary>
public sealed class SignInResult
{
    internal SignInResult(CseClient client, CseCredential credential, string? region, string source)
    {
        Client = client;
        Credential = credential;
        Region = region;
        Source = source;
    }

    /// <summary>The client, ready to call. Disposing it disposes the credential.</summary>
    public CseClient Client { get; }

    /// <summary>How it signs in.</summary>
    public CseCredential Credential { get; }

    /// <summary>Region; null when only an endpoint is known.</summary>
    public string? Region { get; }

    /// <summary>Where the credentials came from, by name: <c>Parameters</c>, or the variables or file they were found in.</summary>
    public string Source { get; }
}
