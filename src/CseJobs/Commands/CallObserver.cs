using CseJobs.Client.Http;

namespace CseJobs.Commands;

/// <summary>
/// Writes a verbose line for each request and each wait before a retry, and shows a progress bar during the wait: a throttled
/// script must not look as if it hung.
/// </summary>
internal sealed class CallObserver : ICallObserver
{
    private const int ProgressId = 1_701_000;

    private readonly Cmdlet _cmdlet;
    private readonly Action<Action> _post;
    private bool _isShown;

    /// <param name="cmdlet">The cmdlet to write with.</param>
    /// <param name="post">Runs an action on the pipeline's thread.</param>
    public CallObserver(Cmdlet cmdlet, Action<Action> post)
    {
        _cmdlet = cmdlet;
        _post = post;
    }

    public void RequestEnded(RequestTrace trace) => _post(() =>
    {
        _cmdlet.WriteVerbose(trace.ToString());
        if (_isShown)
        {
            _isShown = false;
            _cmdlet.WriteProgress(new ProgressRecord(ProgressId, "Waiting", "-") { RecordType = ProgressRecordType.Completed });
        }
    });

    public void Waiting(RetryWait wait) => _post(() =>
    {
        _isShown = true;
        _cmdlet.WriteVerbose(wait.ToString());
        _cmdlet.WriteProgress(new ProgressRecord(ProgressId, "Waiting for the server", wait.ToString())
        {
            SecondsRemaining = (int)Math.Ceiling(wait.Delay.TotalSeconds),
        });
    });
}
