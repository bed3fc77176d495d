using CseJobs.Client.Http;

namespace CseJobs.Client.Auth;

/// <summary>Signs with the temporary keys of the agency that is bound to this ECS, renewing them before they expire.</summary>
internal sealed class EcsAgencyCredential : CseCredential
{
    private readonly MetadataClient _metadata;
    private readonly ProofCache<AccessKey> _keys;
    private readonly Func<DateTimeOffset> _now;

    public EcsAgencyCredential(MetadataClient metadata, Func<DateTimeOffset> now)
    {
        _metadata = metadata;
        _now = now;
        _keys = new ProofCache<AccessKey>(metadata.GetKeyAsync, now);
    }

    public override string IdentityKind => "EcsAgency";

    public override string? MaskedKeyId => _keys.Current?.MaskedId;

    public override DateTimeOffset? ExpiresAt => _keys.Current?.ExpiresAt;

    internal override bool Signs => true;

    /// <summary>The keys to sign with now.</summary>
    public async Task<AccessKey> GetKeyAsync(ICallObserver? observer, CancellationToken cancellationToken) =>
        (await _keys.GetAsync(observer, cancellationToken).ConfigureAwait(false)).Proof;

    internal override async Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken)
    {
        (AccessKey key, long stamp) = await _keys.GetAsync(observer, cancellationToken).ConfigureAwait(false);
        RequestSigner.Sign(request, key, _now());
        return stamp;
    }

    internal override void Accepted(long stamp) => _keys.Accepted(stamp);

    internal override Task<bool> RenewAsync(long stamp, ICallObserver? observer, CancellationToken cancellationToken) =>
        _keys.RenewAsync(stamp, observer, cancellationToken);

    internal override string? Explain(HttpAnswer answer) => SignatureAdvice.For(answer, _now());

    internal override string Redact(string text) => Redaction.OfSignature(_keys.RemoveFrom(text));

    private protected override void Dispose(bool disposing)
    {
        _keys.Dispose();
        _metadata.Dispose();
    }
}
