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

    // Sessions whose engines are listed at once.
    private const int MaxLists = 16;

    private OrderedOutput _output = null!;
    private CseSession? _sessionOfIds;
    private bool _areIdsTyped;

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
    /// were it to bind to -Id, an engine of that number would be asked for. It may be empty: sessions have a property EngineId, too.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = EngineIdSet)]
    [AllowNull]
    [AllowEmptyString]
    public string[] EngineId { get; set; } = Array.Empty<string>();

    /// <summary>Only engines of this kind; the server chooses.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateSet("ALL", "CSE", "Nacos", "MicroGateway")]
    public string? Type { get; set; }

    /// <summary>
    /// The sessions to use, or their names and patterns. Without it engines and jobs go to the session that has read them, everything else to the
    /// default one: the runspace's own, else the process's.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [SessionTransformation(IsList = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public CseSession[]? Session { get; set; }

    /// <inheritdoc/>
    private protected override CseSession[]? Sessions => Session;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _output = new OrderedOutput(MaxLists, isEager: true, StopToken);
        if (MyInvocation.BoundParameters.TryGetValue(nameof(EngineId), out object? ids) && (ids is null or Array { Length: 0 } || (ids is string[] texts && Array.Exists(texts, string.IsNullOrEmpty))))
            Refuse("What -EngineId was given is no engine's id: it is empty.");

        // Later on what the pipeline gave is bound as well.
        _areIdsTyped = IsTyped(nameof(Id)) || IsTyped(nameof(EngineId));
        if (_areIdsTyped && Sessions is { Length: > 1 })
            Refuse("Ids name engines of one project, but -Session names several sessions. Call the cmdlet once for each, or name the engines.", Sessions);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _output.ShowAll();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _output?.Dispose();
    }

    /// <inheritdoc/>
    private protected override void Process(PipedTarget? piped)
    {
        if (piped is null or { Item: CseSession })
        {
            if (!_areIdsTyped)
                List();
            else if (piped is not null && (_sessionOfIds ??= Current) != Current)
                Refuse(piped, "Ids name engines of one project, but in the pipeline are several sessions. Call the cmdlet once for each, or name the engines.");
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
        _output.ShowAll();
        foreach (string id in ids)
            Attempt(id, null, () => WriteObject(SessionMark.On(Send(id, client => client.GetEngineAsync(id, Observer, StopToken)))));
    }

    /// <summary>Begins to list the engines; those of several sessions are listed side by side, and shown one after the other.</summary>
    private void List()
    {
        CseSession session = Current;
        Pager<Engine> pager = session.Client.ListEngines(new EngineQuery { Type = Type }, Observer);
        Task<Page<Engine>?> first = pager.NextAsync(StopToken);
        _output.Add(
            first,
            () =>
            {
                Use(session);
                Show(pager, first);
            },
            pager);
    }

    private void Show(Pager<Engine> pager, Task<Page<Engine>?> next)
    {
        NamePattern[] names = (Name ?? ["*"]).Select(name => new NamePattern(name)).ToArray();
        ulong received = 0;
        try
        {
            for (; Await(next) is { } page; next = pager.NextAsync(StopToken))
            {
                received += (ulong)page.Items.Count;

                // Each pattern is asked, so that it knows whether it has found something.
                WriteObject(SessionMark.OnAll(page.Items.Where(engine => Array.FindAll(names, name => name.Matches(engine.Name)).Length > 0).ToList()), enumerateCollection: true);
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
