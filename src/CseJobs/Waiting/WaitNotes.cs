using System.Globalization;
using System.Management.Automation;
using CseJobs.Client;
using CseJobs.Client.Waiting;

namespace CseJobs.Waiting;

/// <summary>Shows how a wait goes on: progress bars, verbose lines, and one warning for an outage.</summary>
internal sealed class WaitNotes(Cmdlet cmdlet, WaitProgress progress, Action<Action> post) : IWaitObserver
{
    public void GoesOn(WaitedJob job) => post(() => progress.Show(job));

    public void MayComeBack(WaitedJob job) => post(() =>
    {
        cmdlet.WriteVerbose($"{WaitText.Name(job)} reads {WaitText.Status(job.Last!)}, but it was retried or ran a moment ago: it may come back.");
        progress.Show(job);
    });

    public void Missed(WaitedJob job, CseApiException error, TimeSpan delay, bool isNews) => post(() =>
    {
        string text = string.Format(
            CultureInfo.InvariantCulture,
            "{0} could not be read ({1}). The wait goes on; next try in {2:0.###} s. {3}",
            WaitText.Name(job),
            error.Reason,
            delay.TotalSeconds,
            error.Message);
        if (isNews)
        {
            cmdlet.WriteWarning(text);
        }
        else
        {
            cmdlet.WriteVerbose(text);
        }
    });
}
