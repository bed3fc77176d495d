namespace CseJobs.Client.Http;

/// <summary>
/// Whether, and after how long, a failed call is tried again. Only what may be better a moment later: throttling, 408, 500,
/// 502, 503, 504, a connection that failed or broke, a timeout, a broken body. Back-off is exponential with full jitter, so
/// that many clients do not come back at once; what the server asks for in Retry-After goes first. A call that must not be made
/// twice is tried again only after failures that cannot have had an effect.
/// </summary>
/// <param name="maximumRetries">Retries after the first try.</param>
/// <param name="random">Gives numbers from 0 to 1.</param>
internal sealed class RetryPolicy(int maximumRetries, Func<double> random)
{
    private const double InitialBackOffSeconds = 1;
    private const double MaxBackOffSeconds = 30;

    /// <summary>Longest Retry-After that is waited for. A server that asks for more has failed for the purposes of a call.</summary>
    public static TimeSpan MaxRetryAfter { get; } = TimeSpan.FromMinutes(2);

    public int MaximumRetries { get; } = maximumRetries;

    /// <param name="failure">The failure.</param>
    /// <param name="retry">Number of the retry that would follow, from 1.</param>
    /// <param name="remaining">Time that the call has left.</param>
    /// <param name="isRepeatable">False for a call that must not be made twice.</param>
    /// <returns>The pause; null when there is no point in trying again.</returns>
    public TimeSpan? PauseBefore(CseApiException failure, int retry, TimeSpan remaining, bool isRepeatable = true)
    {
        if (!failure.IsTransient || retry > MaximumRetries || !(isRepeatable || HadNoEffect(failure)))
            return null;

        double backOff = Math.Min(MaxBackOffSeconds, InitialBackOffSeconds * Math.Pow(2, retry - 1));
        TimeSpan pause = failure.RetryAfter ?? TimeSpan.FromSeconds(backOff * random());
        return pause <= MaxRetryAfter && pause < remaining ? pause : null;
    }

    /// <summary>What to add to the message of a failure that is not tried again though it may pass; null when there is nothing.</summary>
    public static string? WhyNoMore(CseApiException failure, bool isRepeatable) =>
        !failure.IsTransient ? null
        : failure.RetryAfter > MaxRetryAfter ? string.Create(CultureInfo.InvariantCulture, $" It asks to wait {failure.RetryAfter.Value.TotalSeconds:N0} seconds.")
        : !isRepeatable && !HadNoEffect(failure) ? " It was not sent again, since it may have taken effect all the same."
        : null;

    /// <summary>Whether the server did nothing for certain: it refused for now, or the request never left.</summary>
    private static bool HadNoEffect(CseApiException failure) => failure.Reason == CseErrorReason.Throttled || failure.IsUnsent;
}

/// <summary>A wait before a request is tried again.</summary>
/// <param name="Reason">Why the last try failed.</param>
/// <param name="Retry">Number of the retry that follows, from 1.</param>
/// <param name="MaximumRetries">How many retries there are at most.</param>
/// <param name="Delay">How long the wait is.</param>
public sealed record RetryWait(CseErrorReason Reason, int Retry, int MaximumRetries, TimeSpan Delay)
{
    /// <summary>The wait in a few words.</summary>
    /// <returns>For example <c>throttled, retry 2 of 4 in 8 s</c>.</returns>
    public override string ToString()
    {
        string why = Reason switch
        {
            CseErrorReason.Throttled => "throttled",
            CseErrorReason.ServerError => "the server failed",
            CseErrorReason.ConnectionFailed => "no connection",
            CseErrorReason.TimeoutReached => "no answer in time",
            CseErrorReason.MalformedResponse => "a broken answer",
            _ => "failed",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{why}, retry {Retry} of {MaximumRetries} in {Delay.TotalSeconds:0.#} s");
    }
}
