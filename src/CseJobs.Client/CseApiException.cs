using System;

namespace CseJobs.Client;

/// <summary>
/// A call to the API failed. Carries what the server said; never a header, a token or a request object, so it can be logged
/// and serialised as it is.
/// </summary>
public sealed class CseApiException : Exception
{
    internal CseApiException(CseErrorReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why the call failed.</summary>
    public CseErrorReason Reason { get; }

    /// <summary>HTTP status of the answer; null when none came.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The server's error code, <c>SVCSTG.00501116</c> or <c>APIGW.0301</c> for example; null when it gave none.</summary>
    public string? Code { get; internal init; }

    /// <summary>The server's own error message; null when it gave none.</summary>
    public string? ServerMessage { get; internal init; }

    /// <summary>The server's details of the error (API field <c>detail</c>); null when it gave none.</summary>
    public string? Detail { get; internal init; }

    /// <summary>The server's id of the request, for its support; null when it gave none.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>HTTP method of the request.</summary>
    public string? Method { get; internal init; }

    /// <summary>Path and query of the request.</summary>
    public string? Path { get; internal init; }

    /// <summary>Id of the engine that was asked for.</summary>
    public string? EngineId { get; internal init; }

    /// <summary>Id of the job that was asked for; null when a list was.</summary>
    public long? JobId { get; internal init; }

    /// <summary>The same failure, told of an engine and job: lower layers do not know whom a request concerns.</summary>
    internal CseApiException About(string engineId, long? jobId) => new(Reason, Message, InnerException)
    {
        StatusCode = StatusCode,
        Code = Code,
        ServerMessage = ServerMessage,
        Detail = Detail,
        RequestId = RequestId,
        Method = Method,
        Path = Path,
        EngineId = engineId,
        JobId = jobId,
    };
}
