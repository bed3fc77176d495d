namespace CseJobs.Client.Auth;

/// <summary>
/// Acts as an agency: a role by which another account lets this one work in its projects. Who signs in (the base) gets proofs of
/// it from IAM and renews them: with a key temporary keys, with a password a token.
/// </summary>
/// <param name="iam">Sends as the base, and names the agency.</param>
/// <param name="identity">The base. Disposed with this.</param>
/// <param name="time">The clock.</param>
internal sealed class AgencyCredential(IamClient iam, CseCredential identity, TimeProvider time) : RenewableCredential<IExpiringCredential>(time)
{
    public override string IdentityKind => "Agency";

    public override string? MaskedKeyId => (Current as AccessKey)?.MaskedId;

    internal override bool Signs => identity.Signs;

    internal override string? Explain(HttpAnswer answer) => Signs ? RequestSigner.Explain(answer, Time.GetUtcNow()) : null;

    internal override string Redact(string text) => RequestSigner.RemoveSignatures(identity.Redact(base.Redact(text)));

    private protected override async Task<IExpiringCredential> GetNewAsync(bool isEarly, ICallObserver? observer, CancellationToken cancellationToken) => Signs
        ? await iam.CreateAgencyKeyAsync(isEarly, observer, cancellationToken).ConfigureAwait(false)
        : await iam.CreateAgencyTokenAsync(isEarly, observer, cancellationToken).ConfigureAwait(false);

    private protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        iam.Dispose();
        identity.Dispose();
    }
}
