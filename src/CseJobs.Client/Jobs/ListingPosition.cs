namespace CseJobs.Client.Jobs;

/// <summary>How far a listing had come.</summary>
public sealed class ListingPosition
{
    internal ListingPosition(long received, int page, long offset, long? lastId)
    {
        Received = received;
        Page = page;
        Offset = offset;
        LastId = lastId;
    }

    /// <summary>Different jobs received before.</summary>
    public long Received { get; }

    /// <summary>Number of the request that failed, from 1.</summary>
    public int Page { get; }

    /// <summary>The <c>offset</c> that it asked for.</summary>
    public long Offset { get; }

    /// <summary>Id of the last job received; null when there was none.</summary>
    public long? LastId { get; }

    /// <summary>The position in a few words: in Get-Error and Clixml it stands for the object.</summary>
    /// <returns>For example <c>40 jobs received, failed at page 3 (offset 2), last id 83388</c>.</returns>
    public override string ToString() => System.FormattableString.Invariant(
        $"{Received} jobs received, failed at page {Page} (offset {Offset}), last id {LastId}");
}
