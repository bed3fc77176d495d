namespace CseJobs.Client.Tests.Faults;

/// <summary>What becomes of a listing of 60 jobs in three pages under one fault. Shared with the checks on .NET Framework.</summary>
/// <param name="scenario">Scenario of the simulator.</param>
/// <param name="reason">Why the listing fails; null when it does not.</param>
/// <param name="delivered">Jobs that it delivers.</param>
/// <param name="requests">Requests that it makes.</param>
internal sealed class FaultCase(string scenario, CseErrorReason? reason, int delivered, int requests)
{
    public const int Jobs = 60;

    private const int Pages = 3;
    private const int Tries = 5;

    // After 500 the first page is asked for by offset 1: the server may count pages from one, and refuse 0 in this way.
    private const int Probe = 1;

    public static IReadOnlyList<FaultCase> All { get; } = new FaultCase[]
    {
        new("throttled2", null, Jobs, Pages + 2),
        new("throttled2-retryafter7", null, Jobs, Pages + 2),
        new("throttled1-retryafterdate5", null, Jobs, Pages + 1),
        new("throttled1-retryafterbad", null, Jobs, Pages + 1),
        new("throttled1-retryafterabsurd", CseErrorReason.Throttled, 0, 1),
        new("throttled", CseErrorReason.Throttled, 0, Tries),
        new("flaky4082", null, Jobs, Pages + 2),
        new("flaky5002", null, Jobs, Pages + 2),
        new("flaky5022", null, Jobs, Pages + 2),
        new("flaky5033", null, Jobs, Pages + 3),
        new("flaky5042", null, Jobs, Pages + 2),
        new("flakypages4", null, Jobs, Pages * Tries),
        new("reset2", null, Jobs, Pages + 2),
        new("cut2", null, Jobs, Pages + 2),
        new("cutchunked2", null, Jobs, Pages + 2),
        new("wronglength1", null, Jobs, Pages + 1),
        new("truncated2", null, Jobs, Pages + 2),
        new("truncated", CseErrorReason.MalformedResponse, 0, Tries),
        new("gzip-gzipcut2", null, Jobs, Pages + 2),
        new("slowheaders1", null, Jobs, Pages + 1),
        new("stall1", null, Jobs, Pages + 1),
        new("slowheaders", CseErrorReason.TimeoutReached, 0, Tries),
        new("dribble20", null, Jobs, Pages),
        new("http10close", null, Jobs, Pages),
        new("html5022", null, Jobs, Pages + 2),
        new("html502", CseErrorReason.ServerError, 0, Tries),
        new("nocontent1", null, Jobs, Pages + 1),
        new("nocontent", CseErrorReason.MalformedResponse, 0, Tries),
        new("emptybody", CseErrorReason.MalformedResponse, 0, Tries),
        new("notjson", CseErrorReason.MalformedResponse, 0, Tries),
        new("error200", CseErrorReason.EngineNotFound, 0, 1),
        new("errorcode200", CseErrorReason.RequestRejected, 0, 1),
        new("dupkeys", null, Jobs, Pages),
        new("deep", CseErrorReason.MalformedResponse, 0, Tries),
        new("otherengine", CseErrorReason.MalformedResponse, 0, Tries),
        new("flood", CseErrorReason.MalformedResponse, 0, 1),
        new("huge", CseErrorReason.MalformedResponse, 0, 1),
        new("hugeerror", CseErrorReason.ServerError, 0, Tries + Probe),
        new("gzipbomb", CseErrorReason.MalformedResponse, 0, 1),
        new("badcharset", null, Jobs, Pages),
        new("wrongcharset", null, Jobs, Pages),
        new("utf7", null, Jobs, Pages),
        new("utf16", null, Jobs, Pages),
        new("utfwide", null, Jobs, Pages),
        new("noncharacters", null, Jobs, Pages),
        new("latin1", null, Jobs, Pages),
        new("bom", null, Jobs, Pages),
        new("badutf8", null, Jobs, Pages),
        new("redirect", CseErrorReason.RedirectRefused, 0, 1),
        new("unauthorized", CseErrorReason.AuthenticationFailed, 0, 1),
        new("forbidden", CseErrorReason.PermissionDenied, 0, 1),
        new("missing401", CseErrorReason.EngineNotFound, 0, 1),
        new("error500", CseErrorReason.ServerError, 0, Tries + Probe),
        new("failfrom3", CseErrorReason.ServerError, 40, 2 + Tries),
        new("failonce2", null, Jobs, Pages + 1),
        new("vanish2", CseErrorReason.EngineNotFound, 20, 2),
    };

    public string Scenario { get; } = scenario;

    public CseErrorReason? Reason { get; } = reason;

    public int Delivered { get; } = delivered;

    public int Requests { get; } = requests;

    public string Engine => $"sim-jobs{Jobs}-max20-pages0-{Scenario}";

    /// <summary>Nothing ends the wait but the time that a request may take.</summary>
    public bool WaitsForTimeout =>
        Scenario.StartsWith("slow", StringComparison.Ordinal) || Scenario.StartsWith("stall", StringComparison.Ordinal);
}
