using System;

namespace CseJobs.Client.Http;

/// <summary>A successful answer, read whole.</summary>
/// <param name="Body">The body.</param>
/// <param name="Trace">What can be told of the request.</param>
internal sealed record ApiResponse(ArraySegment<byte> Body, RequestTrace Trace);
