namespace CseJobs.Client.Paging;

/// <summary>What the server is asked for.</summary>
/// <param name="Offset">The <c>offset</c> to ask for.</param>
/// <param name="Limit">The <c>limit</c> to ask for.</param>
/// <param name="Arrived">Called when the page has arrived, before it is read; again when it has to be asked for again.</param>
internal sealed record PageAsk(long Offset, int Limit, Action Arrived)
{
    /// <summary>Whether one try is enough: nothing is lost when it fails.</summary>
    public bool Once { get; init; }
}
