namespace CseJobs.Client.Paging;

/// <summary>How far a listing had come.</summary>
public sealed class ListingPosition
{
    internal ListingPosition() { }

    /// <summary>Different jobs, or engines, received before.</summary>
    public long Received { get; internal init; }

    /// <summary>Number of the request that failed, from 1.</summary>
    public int Page { get; internal init; }

    /// <summary>The <c>offset</c> that it asked for.</summary>
    public long Offset { get; internal init; }

    /// <summary>Id of the last job received; null when there was none, or when engines were listed.</summary>
    public long? LastId { get; internal init; }

    /// <summary>Id of the last engine received; null when there was none, or when jobs were listed.</summary>
    public string? LastEngineId { get; internal init; }

    /// <summary>The position in a few words: in Get-Error and Clixml it stands for the object.</summary>
    /// <returns>For example <c>40 jobs received, failed at page 3 (offset 2), last id 83388</c>.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Received} {(LastEngineId is null ? "jobs" : "engines")} received, failed at page {Page} (offset {Offset}), last id {LastEngineId}{LastId}");
}
