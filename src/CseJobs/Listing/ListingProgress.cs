namespace CseJobs.Listing;

/// <summary>Shows how far a listing is, once it has taken over a second: a progress bar costs more than a short listing.</summary>
internal sealed class ListingProgress : IDisposable
{
    // Beside those of CallObserver and WaitProgress, and far from those that scripts take.
    private const int Id = 1_700_000;

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly string _activity;
    private readonly TimeProvider _time;
    private readonly long _start;
    private TimeSpan _next = Delay;
    private bool _shown;

    public ListingProgress(Cmdlet cmdlet, string engine, TimeProvider time)
    {
        _cmdlet = cmdlet;
        _time = time;
        _start = time.GetTimestamp();
        _activity = $"Jobs of engine {SafeText.CleanLine(engine)}";
    }

    public void Report(long seen, long? total)
    {
        TimeSpan elapsed = _time.GetElapsedTime(_start);
        if (elapsed < _next)
            return;

        _next = elapsed + Interval;
        _shown = true;
        string status = total is null
            ? seen.ToString("N0", CultureInfo.CurrentCulture)
            : string.Format(CultureInfo.CurrentCulture, "{0:N0} of {1:N0}", seen, total);

        // A new record each time: hosts keep them.
        _cmdlet.WriteProgress(new ProgressRecord(Id, _activity, status)
        {
            PercentComplete = total > 0 ? (int)Math.Min(100, seen * 100 / total.Value) : -1,
        });
    }

    public void Dispose()
    {
        if (_shown)
        {
            try
            {
                _cmdlet.WriteProgress(new ProgressRecord(Id, _activity, "-") { RecordType = ProgressRecordType.Completed });
            }
            catch (PipelineStoppedException)
            {
                // A stopped pipeline clears its progress bars itself.
            }
        }
    }
}
