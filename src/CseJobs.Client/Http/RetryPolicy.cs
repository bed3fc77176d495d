namespace CseJobs.Client.Http;

/// <summary>
/// Whether, and after how long, a failed call is tried again. Only what may be better a moment later: throttling, 408, 500,
/// 502, 503, 504, a connection that failed or broke, a timeout, a broken body. Back-off is exponential with full jitter, so
/// that many clients do not come back at once; what the server asks for in Retry-After goes first. A call that must not be made
/// twice is tried again only after failures that cannot have had an effect.
/// </summary>
internal sealed class RetryPolicy
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    private readonly Func<double> _random;

    /// <param name="maximumRetries">Retries after the first try.</param>
    /// <param name="random">Gives numbers from 0 to 1.</param>
    public RetryPolicy(int maximumRetries, Func<double> random)
    {
        MaximumRetries = maximumRetries;
        _random = random;
    }

    /// <summary>Longest Retry-After that is waited for. A server that asks for more has failed for the purposes of a call.</summary>
    public static TimeSpan LongestRetryAfter { get; } = TimeSpan.FromMinutes(2);

    public int MaximumRetries { get; }

    /// <param name="error">The failure.</param>
    /// <param name="retry">Number of the retry that would follow, from 1.</param>
    /// <param name="remaining">Time that the call has left.</param>
    /// <param name="isRepeatable">False for a call that must not be made twice.</param>
    /// <returns>The wait; null when there is no point in trying again.</returns>
    public TimeSpan? DelayBefore(CseApiException error, int retry, TimeSpan remaining, bool isRepeatable = true)
    {
        if (!error.IsTransient || retry > MaximumRetries || !(isRepeatable || HadNoEffect(error)))
        {
            return null;
        }

        TimeSpan delay = error.RetryAfter ?? BackOff(retry);
        return delay <= LongestRetryAfter && delay < remaining ? delay : null;
    }

    /// <summary>Whether the server did nothing for certain: it refused for now, or the request never left.</summary>
    public static bool HadNoEffect(CseApiException error) => error.Reason == CseErrorReason.Throttled || error.IsUnsent;

    private TimeSpan BackOff(int retry)
    {
        double ceiling = Math.Min(LongestBackOff.TotalSeconds, FirstBackOff.TotalSeconds * Math.Pow(2, retry - 1));
        return TimeSpan.FromSeconds(ceiling * _random());
    }
}
