using System.Globalization;

namespace CseJobs.Client.Http;

/// <summary>Runs a call until it succeeds, may not be tried again, or its time is up.</summary>
internal sealed class RetryLoop
{
    private readonly RetryPolicy _policy;
    private readonly CseTransportOptions _options;

    public RetryLoop(CseTransportOptions options)
    {
        _options = options;
        _policy = new RetryPolicy(options.MaximumRetryCount, options.NextRandom);
    }

    /// <param name="work">One try; is told until when the whole has to be done.</param>
    /// <param name="observer">Is told of waits.</param>
    /// <param name="cancellationToken">Cancels, waits included.</param>
    /// <param name="isRepeatable">False for a call that must not be made twice.</param>
    /// <exception cref="CseApiException">The last failure; it is final, so that an outer loop does not begin again.</exception>
    public async Task<T> RunAsync<T>(
        Func<DateTimeOffset, Task<T>> work, ICallObserver? observer, CancellationToken cancellationToken, bool isRepeatable = true)
    {
        DateTimeOffset deadline = _options.Now() + _options.OperationTimeout;
        for (int retry = 1; ; retry++)
        {
            try
            {
                return await work(deadline).ConfigureAwait(false);
            }
            catch (CseApiException e)
            {
                TimeSpan? delay = _policy.DelayBefore(e, retry, deadline - _options.Now(), isRepeatable);
                if (delay is null)
                {
                    throw e.AfterRetries(retry - 1, WhyNoMore(e, isRepeatable));
                }

                observer?.Waiting(new RetryWait(e.Reason, retry, _policy.MaximumRetries, delay.Value));
                await _options.Delay(delay.Value, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A failure that is final has no wait to speak of, or an inner loop (signing in again) has spoken of it.
    private static string? WhyNoMore(CseApiException e, bool isRepeatable) =>
        !e.IsTransient ? null
        : e.RetryAfter > RetryPolicy.LongestRetryAfter ? string.Format(CultureInfo.InvariantCulture, " It asks to wait {0:N0} seconds.", e.RetryAfter.Value.TotalSeconds)
        : !isRepeatable && !RetryPolicy.HadNoEffect(e) ? " It was not sent again, since it may have taken effect all the same."
        : null;
}
