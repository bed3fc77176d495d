namespace CseJobs.Client.Http;

/// <summary>A wait before a request is tried again.</summary>
public sealed class RetryWait
{
    internal RetryWait(CseErrorReason reason, int retry, int maximumRetries, TimeSpan delay)
    {
        Reason = reason;
        Retry = retry;
        MaximumRetries = maximumRetries;
        Delay = delay;
    }

    /// <summary>Why the last try failed.</summary>
    public CseErrorReason Reason { get; }

    /// <summary>Number of the retry that follows, from 1.</summary>
    public int Retry { get; }

    /// <summary>How many retries there are at most.</summary>
    public int MaximumRetries { get; }

    /// <summary>How long the wait is.</summary>
    public TimeSpan Delay { get; }

    /// <summary>The wait in a few words.</summary>
    /// <returns>For example <c>throttled, retry 2 of 4 in 8 s</c>.</returns>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0}, retry {1} of {2} in {3:0.#} s", Words(), Retry, MaximumRetries, Delay.TotalSeconds);

    private string Words() => Reason switch
    {
        CseErrorReason.Throttled => "throttled",
        CseErrorReason.ServerError => "the server failed",
        CseErrorReason.ConnectionFailed => "no connection",
        CseErrorReason.TimeoutReached => "no answer in time",
        CseErrorReason.MalformedResponse => "a broken answer",
        _ => "failed",
    };
}
