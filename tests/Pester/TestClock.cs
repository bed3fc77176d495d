using System;

namespace CseJobs.PesterTools;

/// <summary>The machine's clock, with its wall clock standing at a time, or both its times ahead.</summary>
public sealed class TestClock : TimeProvider
{
    private readonly DateTime? _utc;
    private readonly TimeSpan _ahead;

    public TestClock(DateTime? utc, TimeSpan ahead)
    {
        _utc = utc;
        _ahead = ahead;
    }

    public override DateTimeOffset GetUtcNow() => _utc is { } utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) : base.GetUtcNow() + _ahead;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(_ahead.TotalSeconds * TimestampFrequency);
}
