namespace CseJobs.Client.Auth;

/// <summary>Signs every request with an access key, permanent or temporary. Sends no token.</summary>
internal sealed class AccessKeyCredential : CseCredential
{
    private readonly AccessKey _key;
    private readonly TimeProvider _time;

    public AccessKeyCredential(AccessKey key, TimeProvider time)
    {
        _key = key;
        _time = time;
    }

    public override string IdentityKind => "AccessKey";

    public override string? MaskedKeyId => _key.MaskedId;

    public override DateTimeOffset? ExpiresAt => _key.ExpiresAt;

    internal override bool Signs => true;

    internal override Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken)
    {
        RequestSigner.Sign(request, _key, _time.GetUtcNow());
        return Task.FromResult(0L);
    }

    internal override string? Explain(HttpAnswer answer) => SignatureErrorHint.For(answer, _time.GetUtcNow());

    internal override string Redact(string text) => Redaction.OfKey(_key, text);

    private protected override void Dispose(bool disposing) => _key.Clear();
}

/// <summary>Signs with the temporary keys of the agency that is bound to this ECS, renewing them before they expire.</summary>
internal sealed class EcsAgencyCredential : CseCredential
{
    private readonly ImdsClient _imds;
    private readonly CredentialCache<AccessKey> _keys;
    private readonly TimeProvider _time;

    public EcsAgencyCredential(ImdsClient imds, TimeProvider time)
    {
        _imds = imds;
        _time = time;
        _keys = new CredentialCache<AccessKey>((_, observer, token) => imds.GetKeyAsync(observer, token), time);
    }

    public override string IdentityKind => "EcsAgency";

    public override string? MaskedKeyId => _keys.Current?.MaskedId;

    public override DateTimeOffset? ExpiresAt => _keys.Current?.ExpiresAt;

    internal override bool Signs => true;

    /// <summary>The keys to sign with now.</summary>
    public async Task<AccessKey> GetKeyAsync(ICallObserver? observer, CancellationToken cancellationToken) =>
        (await _keys.GetAsync(observer, cancellationToken).ConfigureAwait(false)).Value;

    internal override async Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken)
    {
        (AccessKey key, long stamp) = await _keys.GetAsync(observer, cancellationToken).ConfigureAwait(false);
        RequestSigner.Sign(request, key, _time.GetUtcNow());
        return stamp;
    }

    internal override void Accepted(long stamp) => _keys.Accepted(stamp);

    internal override Task<bool> RenewAsync(long stamp, ICallObserver? observer, CancellationToken cancellationToken) =>
        _keys.RenewAsync(stamp, observer, cancellationToken);

    internal override string? Explain(HttpAnswer answer) => SignatureErrorHint.For(answer, _time.GetUtcNow());

    internal override string Redact(string text) => Redaction.OfSignature(_keys.RemoveFrom(text));

    private protected override void Dispose(bool disposing)
    {
        _keys.Dispose();
        _imds.Dispose();
    }
}

/// <summary>Signs in with an IAM user's name and password: gets a token and renews it for as long as the session lives.</summary>
internal sealed class PasswordCredential : CseCredential
{
    private readonly IamClient _iam;
    private readonly PasswordLogin _login;
    private readonly CredentialCache<IamToken> _tokens;

    public PasswordCredential(IamClient iam, PasswordLogin login, TimeProvider time)
    {
        _iam = iam;
        _login = login;
        _tokens = new CredentialCache<IamToken>((isEarly, observer, token) => iam.CreateTokenAsync(login, isEarly, observer, token), time);
    }

    public override string IdentityKind => "Password";

    public override DateTimeOffset? ExpiresAt => _tokens.Current?.ExpiresAt;

    /// <summary>Signs in and tells the project that the token holds for.</summary>
    public async Task<string?> SignInAsync(ICallObserver? observer, CancellationToken cancellationToken) =>
        (await _tokens.GetAsync(observer, cancellationToken).ConfigureAwait(false)).Value.ProjectId;

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
