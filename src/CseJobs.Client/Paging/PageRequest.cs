using CseJobs.Client.Json;

namespace CseJobs.Client.Paging;

/// <summary>A page that was asked for.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class PageRequest<T>(long offset, int number, CancellationToken listingEnds) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(listingEnds);

    /// <summary>The <c>offset</c> that was asked for.</summary>
    public long Offset { get; } = offset;

    /// <summary>Number of the request, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>Cancelled when nobody wants the page any more.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <summary>The answer.</summary>
    public Task<ListAnswer<T>> Page { get; set; } = null!;

    public void Cancel() => _stop.Cancel();

    /// <summary>Lets go of the listing; not before the page is there or given up.</summary>
    public void Dispose() => _stop.Dispose();
}
