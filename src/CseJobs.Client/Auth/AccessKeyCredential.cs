using CseJobs.Client.Http;

namespace CseJobs.Client.Auth;

/// <summary>Signs every request with an access key, permanent or temporary. Sends no token.</summary>
internal sealed class AccessKeyCredential : CseCredential
{
    private readonly AccessKey _key;
    private readonly Func<DateTimeOffset> _now;

    public AccessKeyCredential(AccessKey key, Func<DateTimeOffset> now)
    {
        _key = key;
        _now = now;
    }

    public override string IdentityKind => "AccessKey";

    public override string? MaskedKeyId => _key.MaskedId;

    public override DateTimeOffset? ExpiresAt => _key.ExpiresAt;

    internal override bool Signs => true;

    internal override Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken)
    {
        RequestSigner.Sign(request, _key, _now());
        return Task.FromResult(0L);
    }

    internal override string? Explain(HttpAnswer answer) => SignatureAdvice.For(answer, _now());

    internal override string Redact(string text) => Redaction.OfKey(_key, text);

    private protected override void Dispose(bool disposing) => _key.Clear();
}
