using CseJobs.Client.Paging;
using CseJobs.Completion;
using CseJobs.Listing;

namespace CseJobs.Commands;

/// <summary>Lists the engines of the project, or reads single ones with all details.</summary>
[Cmdlet(VerbsCommon.Get, "CseEngine", DefaultParameterSetName = NameSet)]
[OutputType(typeof(Engine))]
public sealed class GetCseEngineCommand : CseSessionCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";
    private const string EngineIdSet = "EngineId";

    /// <summary>Names of engines; wildcards are allowed, case does not matter. All engines when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EngineNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The engines to read with all details. Exact ids, no wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [EngineIdTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EngineIdCompleter))]
    public string[] Id { get; set; } = Array.Empty<string>();

    /// <summary>
    /// The engines of what is piped in: engines themselves, jobs. A parameter of its own, because the Id of a job is the job's:
    /// were it to bind to -Id, an engine of that number would be asked for.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = EngineIdSet)]
    [ValidateNotNullOrEmpty]
    public string[] EngineId { get; set; } = Array.Empty<string>();

    /// <summary>Only engines of this kind; the server chooses.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateSet("ALL", "CSE", "Nacos", "MicroGateway")]
    public string? Type { get; set; }

    /// <inheritdoc/>
    private protected override void Process(PipedTarget? piped)
    {
        if (piped is null or { Item: CseSession })
        {
            if (ParameterSetName == NameSet)
                List();
            else
                Read(ParameterSetName == IdSet ? Id : EngineId);
        }
        else if (IsTyped(nameof(Name)) || IsTyped(nameof(Id)))
        {
            Refuse(piped, "Engines are named in the pipeline and by parameters. Leave out one of them.");
        }
        else if ((piped.Property(nameof(EngineId)) ?? (piped.IsBare ? null : piped.EngineId))?.ToString() is { Length: > 0 } id)
        {
            Read([id]);
        }
        else
        {
            Refuse(piped, "What is in the pipeline names no engine: it has no property EngineId. Names are passed with -Name, ids with -Id.");
        }
    }

    private void Read(string[] ids)
    {
        foreach (string id in ids)
            Attempt(id, null, () => WriteObject(Send(id, client => client.GetEngineAsync(id, Observer, StopToken))));
    }

    private void List()
    {
        NamePattern[] names = (Name ?? ["*"]).Select(name => new NamePattern(name)).ToArray();
        ulong received = 0;
        using Pager<Engine> pager = Current.Client.ListEngines(new EngineQuery { Type = Type }, Observer);
        try
        {
            while (Await(pager.NextAsync(StopToken)) is { } page)
            {
                received += (ulong)page.Items.Count;

                // Each pattern is asked, so that it knows whether it has found something.
                WriteObject(page.Items.Where(engine => Array.FindAll(names, name => name.Matches(engine.Name)).Length > 0).ToList(), enumerateCollection: true);
            }
        }
        catch (CseApiException e)
        {
            WriteError(ErrorRecords.OfEngineListing(e, received));
            return;
        }

        if (EngineNames.Shortfall(pager) is { } warning)
            WriteWarning(warning);

        foreach (NamePattern name in names.Where(name => name.IsMissing))
            WriteError(ErrorRecords.EngineNameNotFound(name.Text, Current, Type));
    }
}
