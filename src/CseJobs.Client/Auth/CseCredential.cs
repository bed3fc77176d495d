namespace CseJobs.Client.Auth;

/// <summary>
/// A way to sign in: it authorizes each request. No public member shows a secret.
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

    /// <summary>Whether requests are signed with an access key: they then name their project in a header as well.</summary>
    internal virtual bool Signs => false;

    /// <summary>Wipes the secrets held here, as far as .NET allows. The credential is of no use afterwards.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Authorizes a request, renewing it first when it is about to expire.</summary>
    /// <returns>A number that names what was used, for <see cref="RenewAsync"/>.</returns>
    internal abstract Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken);

    /// <summary>The server called what was used old. Gets a new one, unless another caller has done so meanwhile.</summary>
    /// <param name="stamp">What was refused.</param>
    /// <param name="observer">Is told of the requests made.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True when there is another one to try; false when this way in cannot be renewed.</returns>
    internal virtual Task<bool> RenewAsync(long stamp, ICallObserver? observer, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Whether a refusal says that a renewed credential would be taken. Nothing else is worth a sign-in.</summary>
    internal virtual bool IsCalledOld(int status, string? code) => ErrorClassifier.SaysCredentialIsOld(status, code);

    /// <summary>The server took what was used.</summary>
    internal virtual void Accepted(long stamp)
    {
    }

    /// <summary>What this way in can tell about a refusal; null when nothing.</summary>
    internal virtual string? Explain(HttpAnswer answer) => null;

    /// <summary>Takes every secret of this credential out of a text that came from the server.</summary>
    internal abstract string Redact(string text);

    /// <summary>Wipes the secrets.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    private protected abstract void Dispose(bool disposing);
}
