using CseJobs.Reporting;

namespace CseJobs.Commands;

/// <summary>Counts jobs by time, type, engine and so on: how many there were, how many failed, and how long they took.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CseEngineJob")]
[OutputType(typeof(JobFigures))]
public sealed class MeasureCseEngineJobCommand : CseCmdlet
{
    private readonly Dictionary<object?[], JobGroup> _groups = new(GroupKeys.Rules);

    /// <summary>What the jobs are grouped by, in this order; all are one group if left out.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public CseJobGrouping[] By { get; set; } = [];

    /// <summary>The jobs, of any engines and sessions.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => By = By.Distinct().ToArray();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object? item in InputObject ?? [null])
        {
            if (JobFacts.Of(item) is not { } job)
            {
                WriteError(ErrorRecords.NoJobInPipeline(item));
                continue;
            }

            object?[] keys = JobGroup.KeysOf(job, By);
            if (!_groups.TryGetValue(keys, out JobGroup? group))
                _groups.Add(keys, group = new JobGroup(keys));

            group.Add(job);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        int engine = Array.IndexOf(By, CseJobGrouping.Engine);
        IEnumerable<(JobGroup Group, object?[] Shown)> groups = _groups.Values
            .Select(group => (group, group.Keys.Select((key, place) => place == engine ? group.Engine : key).ToArray()))
            .OrderBy(one => one.Item2, GroupKeys.Rules).ThenBy(one => one.group.Keys, GroupKeys.Rules);
        foreach ((JobGroup group, object?[] shown) in groups)
        {
            var figures = PSObject.AsPSObject(group.ToFigures());
            for (int i = 0; i < shown.Length; i++)
                figures.Properties.Add(new PSNoteProperty(By[i].ToString(), shown[i]));

            // By its id the engine can be asked for more.
            if (engine >= 0)
                figures.Properties.Add(new PSNoteProperty("EngineId", group.Keys[engine]));

            WriteObject(figures);
        }
    }
}
