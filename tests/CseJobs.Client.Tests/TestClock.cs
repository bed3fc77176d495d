namespace CseJobs.Client.Tests;

/// <summary>
/// A clock that stands still until somebody waits by it, and then jumps to the end of that wait: tests of pauses and deadlines
/// take no time. The wall clock can be set apart from the monotonic one, as NTP or a resumed machine does.
/// </summary>
internal sealed class TestClock : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<TimeSpan> _pauses = [];
    private DateTimeOffset _utcNow = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private long _elapsed;

    public TestClock()
    {
    }

    public TestClock(DateTimeOffset utcNow) => _utcNow = utcNow;

    /// <summary>The waits so far, in their order.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_gate)
            {
                return [.. _pauses];
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _utcNow;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed;
        }
    }

    /// <summary>Time goes by.</summary>
    public void Advance(TimeSpan span)
    {
        lock (_gate)
        {
            _utcNow += span;
            _elapsed += span.Ticks;
        }
    }

    /// <summary>The wall clock is set; no time goes by.</summary>
    public void StepWallClock(TimeSpan span)
    {
        lock (_gate)
        {
            _utcNow += span;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero)
        {
            lock (_gate)
            {
                _pauses.Add(dueTime);
            }

            Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Elapsed();
    }

    private sealed class Elapsed : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
