using System.Globalization;
using System.Text;
using System.Text.Json;
using CseJobs.Client.Http;

namespace CseJobs.Client.Auth;

/// <summary>
/// The metadata service of an ECS: temporary keys of its agency. Version 2 first (a session token guards it), version 1 where
/// the first is not offered.
/// </summary>
internal sealed class MetadataClient : IDisposable
{
    private const string TokenTtlSeconds = "21600";

    // The service is on the same host. Anywhere but on an ECS nobody listens, and that should show at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly HttpExchange _exchange;
    private readonly string _baseAddress;
    private volatile Secret? _token;

    public MetadataClient(Uri? address)
    {
        _baseAddress = EndpointRules.CheckMetadata(address ?? EndpointRules.MetadataAddress);
        _exchange = new HttpExchange(new CseTransportOptions { Timeout = Patience, BypassProxy = true, MaxResponseBytes = 1024 * 1024 });
    }

    /// <summary><c>GET /openstack/latest/securitykey</c>.</summary>
    public async Task<AccessKey> GetKeyAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        _token ??= await GetTokenAsync(observer, cancellationToken).ConfigureAwait(false);
        using HttpAnswer first = await AskForKeyAsync(observer, cancellationToken).ConfigureAwait(false);
        if (first.Status != 401)
        {
            return KeyOf(first);
        }

        _token = await GetTokenAsync(observer, cancellationToken).ConfigureAwait(false);
        using HttpAnswer second = await AskForKeyAsync(observer, cancellationToken).ConfigureAwait(false);
        return KeyOf(second);
    }

    private Task<HttpAnswer> AskForKeyAsync(ICallObserver? observer, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "/openstack/latest/securitykey", observer, cancellationToken);

    private static AccessKey KeyOf(HttpAnswer answer) =>
        answer.Status switch
        {
            200 => ReadKey(answer),
            404 => throw Failed(answer, CseErrorReason.AuthenticationFailed, "No agency is bound to this ECS. Bind one that may read CSE, in the ECS console."),
            _ => throw Failed(answer, CseErrorReason.AuthenticationFailed, $"The ECS metadata service refused to give keys (HTTP {answer.Status})."),
        };

    public void Dispose()
    {
        _token?.Clear();
        _exchange.Dispose();
    }

    /// <returns>The session token of version 2; null where only version 1 is offered.</returns>
    private async Task<Secret?> GetTokenAsync(ICallObserver? observer, CancellationToken cancellationToken)
    {
        _token?.Clear();
        _token = null;
        using HttpAnswer answer = await SendAsync(HttpMethod.Put, "/meta-data/latest/api/token", observer, cancellationToken).ConfigureAwait(false);
        return answer.Status switch
        {
            200 => new Secret(Encoding.UTF8.GetString(answer.Body.Array!, answer.Body.Offset, answer.Body.Count).Trim()),
            404 or 405 or 503 => null,
            _ => throw Failed(answer, CseErrorReason.AuthenticationFailed, $"The ECS metadata service refused a token (HTTP {answer.Status})."),
        };
    }

    private async Task<HttpAnswer> SendAsync(HttpMethod method, string path, ICallObserver? observer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_baseAddress + path));
        if (method == HttpMethod.Put)
        {
            request.Headers.TryAddWithoutValidation("X-Metadata-Token-Ttl-Seconds", TokenTtlSeconds);
        }
        else if (_token is { } token)
        {
            request.Headers.TryAddWithoutValidation("X-Metadata-Token", token.Reveal());
        }

        try
        {
            return await _exchange.SendAsync(request, text => _token?.RemoveFrom(text) ?? text, TimeSpan.MaxValue, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (CseApiException e) when (e.Reason is CseErrorReason.ConnectionFailed or CseErrorReason.TimeoutReached)
        {
            throw new CseApiException(e.Reason, $"There is no ECS metadata service here: {e.Message} -EcsAgency works on a Huawei Cloud ECS only.")
            {
                Method = e.Method,
                Path = e.Path,
            };
        }
    }

    private static AccessKey ReadKey(HttpAnswer answer)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            JsonElement credential = document.RootElement.GetProperty("credential");
            DateTimeOffset expires = DateTimeOffset.Parse(
                credential.GetProperty("expires_at").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return new AccessKey(
                credential.GetProperty("access").GetString()!,
                new Secret(credential.GetProperty("secret").GetString()!),
                new Secret(credential.GetProperty("securitytoken").GetString()!),
                expires);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentNullException or NullReferenceException or KeyNotFoundException)
        {
            // The body holds keys: nothing of it goes into the message.
            throw Failed(answer, CseErrorReason.MalformedResponse, "The answer of the ECS metadata service has not the expected keys.");
        }
    }

    private static CseApiException Failed(HttpAnswer answer, CseErrorReason reason, string message) =>
        answer.Failure(reason, message, ErrorBody.None, isTransient: false);
}
