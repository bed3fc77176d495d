using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CseJobs.Client.Auth;

/// <summary>
/// A way to sign in: it puts its proof on each request. One subclass a file. No public member shows a secret.
/// Thread-safe, for one session serves many runspaces.
/// </summary>
public abstract class CseCredential : IDisposable
{
    /// <summary>How the session signs in, in one word: <c>Token</c> for example.</summary>
    public abstract string IdentityKind { get; }

    /// <summary>The access key id with its middle left out, or null when this way in has none.</summary>
    public virtual string? MaskedKeyId => null;

    /// <summary>When the credential stops working; null when that is not known.</summary>
    public virtual DateTimeOffset? ExpiresAt => null;

    /// <summary>Wipes the secrets held here, as far as .NET allows. The credential is of no use afterwards.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    internal abstract Task AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Takes every secret of this credential out of a text that came from the server.</summary>
    internal abstract string Redact(string text);

    /// <summary>Wipes the secrets.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
