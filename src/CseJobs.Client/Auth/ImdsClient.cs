namespace CseJobs.Client.Auth;

/// <summary>
/// The metadata service of an ECS: temporary keys of its agency. Version 2 first (a session token guards it), version 1 where
/// the first is not offered.
/// </summary>
internal sealed class ImdsClient : IDisposable
{
    private const string TokenPath = "/meta-data/latest/api/token";
    private const string KeyPath = "/openstack/latest/securitykey";

    // The service is on the same host. Anywhere but on an ECS nobody listens, and that should show at once.
    private static readonly TimeSpan MaxRequestTime = TimeSpan.FromSeconds(3);

    private readonly RequestPipeline _pipeline;
    private readonly SessionToken _session = new();

    public ImdsClient(Uri? address, TimeProvider time)
    {
        string baseAddress = EndpointRules.CheckMetadata(address ?? EndpointRules.MetadataAddress);
        var options = new CseTransportOptions { Timeout = MaxRequestTime, BypassProxy = true, MaxResponseBytes = 1024 * 1024, TimeProvider = time };
        _pipeline = new RequestPipeline(baseAddress, options, _session, new ImdsService());
    }

    /// <summary><c>GET /openstack/latest/securitykey</c>, with a session token of its own: keys last for hours.</summary>
    public async Task<AccessKey> GetKeyAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        Secret? token = null;
        try
        {
            var call = new ApiCall(TokenPath) { Method = HttpMethod.Put, NoRetry = true };
            token = await _pipeline.SendAsync(call, ReadToken, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (CseApiException e) when (e.StatusCode is 404 or 405 or 503)
        {
            // Only version 1 is offered.
        }

        _session.Value?.Clear();
        _session.Value = token;
        return await _pipeline.SendAsync(new ApiCall(KeyPath) { NoRetry = true }, AccessKey.ReadTemporary, observer, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _session.Dispose();
        _pipeline.Dispose();
    }

    private static Secret ReadToken(ArraySegment<byte> body)
    {
        string token = Encoding.UTF8.GetString(body).Trim();
        return TokenCredential.ProblemOf(token) is null ? new Secret(token) : throw new JsonException("its token cannot stand in an HTTP header");
    }

    /// <summary>The token that guards version 2.</summary>
    private sealed class SessionToken : CseCredential
    {
        public Secret? Value { get; set; }

        public override string IdentityKind => "EcsAgency";

        internal override Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken)
        {
            // The request for the token itself comes this way too.
            if (request.Method == HttpMethod.Get && Value is { } token)
                request.Headers.TryAddWithoutValidation("X-Metadata-Token", token.Reveal());

            return base.AuthorizeAsync(request, observer, cancellationToken);
        }

        internal override string Redact(string text) => Value?.RemoveFrom(text) ?? text;

        private protected override void Dispose(bool disposing) => Value?.Clear();
    }

    private sealed class ImdsService : ServiceProfile
    {
        public override void Prepare(HttpRequestMessage request, ApiCall call)
        {
            if (call.Method == HttpMethod.Put)
                request.Headers.TryAddWithoutValidation("X-Metadata-Token-Ttl-Seconds", "21600");
        }

        // It knows one caller, this ECS, and refuses it for one reason.
        public override CseErrorReason Classify(int status, string? code) => CseErrorReason.AuthenticationFailed;

        // Its bodies hold keys: nothing of them goes into a message.
        public override ErrorBody ReadError(HttpAnswer answer, Func<string, string> redact) => ErrorBody.None;

        public override string Describe(CseErrorReason reason, ApiCall call, HttpAnswer answer) =>
            call.PathAndQuery == TokenPath ? "The ECS metadata service refused a token"
            : answer.Status == 404 ? "No agency is bound to this ECS. Bind one that may read CSE, in the ECS console"
            : "The ECS metadata service refused to give keys";

        public override string Compose(CseErrorReason reason, ApiCall call, HttpAnswer answer, ErrorBody error, string? hint) =>
            string.Create(CultureInfo.InvariantCulture, $"{Describe(reason, call, answer)} (HTTP {answer.Status}).");

        public override string DescribeUnreadable(HttpAnswer answer, JsonException cause, Func<string, string> redact) =>
            $"The answer of the ECS metadata service could not be read: {cause.Message}.";

        public override string DescribeUnreachable(string message) =>
            $"There is no ECS metadata service here: {message} The agency of an ECS can be used on that ECS only.";
    }
}

/// <summary>Signs with the temporary keys of the agency that is bound to this ECS, renewing them before they expire.</summary>
internal sealed class EcsAgencyCredential(ImdsClient imds, TimeProvider time) : RenewableCredential<AccessKey>(time)
{
    public override string IdentityKind => "EcsAgency";

    public override string? MaskedKeyId => Current?.MaskedId;

    internal override bool Signs => true;

    internal override string? Explain(HttpAnswer answer) => RequestSigner.Explain(answer, Time.GetUtcNow());

    internal override string Redact(string text) => RequestSigner.RemoveSignatures(base.Redact(text));

    private protected override Task<AccessKey> GetNewAsync(bool isEarly, ICallObserver? observer, CancellationToken cancellationToken) =>
        imds.GetKeyAsync(observer, cancellationToken);

    private protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        imds.Dispose();
    }
}
