using System.Security;

namespace CseJobs.Client.Auth;

/// <summary>Signs in with a ready IAM token (header <c>X-Auth-Token</c>). It cannot be renewed: when it expires, a new one is needed.</summary>
public sealed class TokenCredential : CseCredential
{
    // Tokens with a full catalogue run to tens of thousands of characters; servers take no header of this size.
    private const int MaxLength = 65_536;

    private readonly Secret _token;

    /// <summary>Takes a token.</summary>
    /// <param name="token">The token, as IAM gave it in <c>X-Subject-Token</c>.</param>
    /// <exception cref="ArgumentException">The token is empty, or holds characters that cannot stand in a header.</exception>
    public TokenCredential(SecureString token)
        : this(Secret.From(token))
    {
    }

    /// <summary>Takes a token.</summary>
    /// <param name="token">The token, as IAM gave it in <c>X-Subject-Token</c>.</param>
    /// <exception cref="ArgumentException">The token is empty, or holds characters that cannot stand in a header.</exception>
    public TokenCredential(string token)
        : this(new Secret(token ?? throw new ArgumentNullException(nameof(token))))
    {
    }

    /// <param name="token">The token; wiped when it cannot be one.</param>
    internal TokenCredential(Secret token)
    {
        _token = token;

        if (ProblemOf(token.Reveal()) is { } problem)
        {
            token.Clear();
            throw new ArgumentException(problem);
        }
    }

    /// <inheritdoc/>
    public override string IdentityKind => "Token";

    /// <summary>Why a text cannot be a token; null when it can. Never quotes it.</summary>
    internal static string? ProblemOf(string value) =>
        string.IsNullOrWhiteSpace(value) ? "The token is empty. Pass the value of the X-Subject-Token header that IAM answered with."
        : value.Length > MaxLength ? $"The token is longer than {MaxLength} characters, so it cannot be an IAM token."
        : HeaderRules.CanCarry(value) ? null
        : "The token holds a blank, a line break or another character that cannot stand in an HTTP header. It may have been cut or wrapped when it was copied.";

    internal override Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("X-Auth-Token", _token.Reveal());
        return Task.FromResult(0L);
    }

    internal override string Redact(string text) => _token.RemoveFrom(text);

    /// <inheritdoc/>
    private protected override void Dispose(bool disposing) => _token.Clear();
}
