using System.Diagnostics;
using System.Globalization;
using CseJobs.Client.Text;

namespace CseJobs.Client.Http;

/// <summary>One request that is under way and what is known of it so far, for its trace and for its failure.</summary>
/// <param name="request">The request.</param>
/// <param name="limit">Time that it may take.</param>
/// <param name="redact">Takes secrets out of texts that leave the module.</param>
internal sealed class HttpAttempt(HttpRequestMessage request, TimeSpan limit, Func<string, string> redact)
{
    private const string Closed = "The session was closed while the request was under way.";

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Uri _uri = request.RequestUri!;

    public Func<string, string> Redact { get; } = redact;

    /// <summary>Null before the headers are there.</summary>
    public int? Status { get; set; }

    public string? RequestId { get; set; }

    /// <summary>Size of the body as far as it was read whole.</summary>
    public long Bytes { get; set; }

    /// <param name="failure">Why there is no usable answer; null when there is one.</param>
    public RequestTrace Trace(string? failure) =>
        new(request.Method.Method, _uri.PathAndQuery, Status, _clock.Elapsed, Bytes, RequestId, failure);

    /// <summary>The failure in the client's terms.</summary>
    /// <param name="error">Whatever ended the request, but for a cancellation by the caller.</param>
    /// <param name="isTimeUp">Whether the time that it may take is over.</param>
    public CseApiException Failure(Exception error, bool isTimeUp)
    {
        switch (error)
        {
            // Nobody cancelled: the client was disposed.
            case OperationCanceledException when !isTimeUp:
            case ObjectDisposedException:
                return Fail(CseErrorReason.SessionClosed, Closed, isTransient: false);
            case OperationCanceledException:
                return Fail(CseErrorReason.TimeoutReached, string.Format(CultureInfo.InvariantCulture, "{0} did not answer within {1:0.###} seconds.", _uri.Host, limit.TotalSeconds));
            case BodyTooLargeException:
                return Fail(CseErrorReason.MalformedResponse, error.Message, isTransient: false);
            case InvalidDataException:
                return Fail(CseErrorReason.MalformedResponse, $"The answer of {_uri.Host} could not be unpacked: {Redact(SafeText.Clean(error.Message))}");
            case HttpRequestException or IOException:
                (string message, bool isTransient) = TransportFailure.Describe(error, _uri);
                return Fail(CseErrorReason.ConnectionFailed, Redact(message), isTransient, TransportFailure.IsUnsent(error));
            default:
                return Fail(CseErrorReason.UnexpectedError, $"The request failed in an unexpected way ({error.GetType().Name}): {Redact(SafeText.Clean(error.Message))}", isTransient: false);
        }
    }

    private CseApiException Fail(CseErrorReason reason, string message, bool isTransient = true, bool isUnsent = false) => new(reason, message)
    {
        StatusCode = Status,
        RequestId = RequestId,
        Method = request.Method.Method,
        Path = _uri.PathAndQuery,
        IsTransient = isTransient,
        IsUnsent = isUnsent,
    };
}
