using CseJobs.Client.Http;

namespace CseJobs.Client.Auth;

/// <summary>Signs in with an IAM user's name and password: gets a token and renews it for as long as the session lives.</summary>
internal sealed class PasswordCredential : CseCredential
{
    private readonly IamClient _iam;
    private readonly PasswordLogin _login;
    private readonly ProofCache<IamToken> _tokens;

    public PasswordCredential(IamClient iam, PasswordLogin login, Func<DateTimeOffset> now)
    {
        _iam = iam;
        _login = login;
        _tokens = new ProofCache<IamToken>((observer, token) => iam.CreateTokenAsync(login, observer, token), now);
    }

    public override string IdentityKind => "Password";

    public override DateTimeOffset? ExpiresAt => _tokens.Current?.ExpiresAt;

    /// <summary>Signs in and tells the project that the token holds for.</summary>
    public async Task<string?> SignInAsync(ICallObserver? observer, CancellationToken cancellationToken) =>
        (await _tokens.GetAsync(observer, cancellationToken).ConfigureAwait(false)).Proof.ProjectId;

    internal override async Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken)
    {
        (IamToken token, long stamp) = await _tokens.GetAsync(observer, cancellationToken).ConfigureAwait(false);
        request.Headers.TryAddWithoutValidation("X-Auth-Token", token.Value.Reveal());
        return stamp;
    }

    internal override void Accepted(long stamp) => _tokens.Accepted(stamp);

    internal override Task<bool> RenewAsync(long stamp, ICallObserver? observer, CancellationToken cancellationToken) =>
        _tokens.RenewAsync(stamp, observer, cancellationToken);

    internal override string Redact(string text) => _login.Password.RemoveFrom(_tokens.RemoveFrom(text));

    private protected override void Dispose(bool disposing)
    {
        _login.Password.Clear();
        _tokens.Dispose();
        _iam.Dispose();
    }
}
