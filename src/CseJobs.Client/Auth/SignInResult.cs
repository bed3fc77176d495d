namespace CseJobs.Client.Auth;

/// <summary>The outcome of signing in.</summary>
/// <param name="Client">The client, ready to call. Disposing it disposes the credential.</param>
/// <param name="Credential">How it signs in.</param>
/// <param name="Region">Region; null when only an endpoint is known.</param>
/// <param name="Source">Where the credentials came from, by name: <c>Parameters</c>, or the variables or file they were found in.</param>
public sealed record SignInResult(CseClient Client, CseCredential Credential, string? Region, string Source);
