using CseJobs.Completion;
using CseJobs.Listing;
using CseJobs.Reporting;

namespace CseJobs.Commands;

/// <summary>Writes a report of jobs that can be looked at and handed on: a page of HTML that needs nothing else, or Markdown.</summary>
[Cmdlet(VerbsData.Export, "CseEngineJobReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCseEngineJobReportCommand : CseCmdlet
{
    // As Get-CseEngineJob has it.
    private const int RequestsAtOnce = 4;

    private readonly List<JobFacts> _jobs = new();
    private string _file = string.Empty;

    /// <summary>The file. It is taken as it is: [ and ] are no pattern.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "LP", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The jobs, of any engines and sessions.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>The heading; what it is, in the words of the report's language, if left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>HTML or Markdown; by the ending of the file if left out.</summary>
    [Parameter]
    public CseReportFormat? Format { get; set; }

    /// <summary>The language: Chinese for zh, English for all others; that of the user's interface if left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReportCultureCompleter))]
    public CultureInfo? Culture { get; set; }

    /// <summary>Replaces a file that is read-only, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves a file as it is that is there already.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Emits the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _file = GetUnresolvedProviderPath();

        // Before anything is read in vain; it is looked at again when the file is written.
        CheckPlace();
        Format ??= System.IO.Path.GetExtension(_file).ToLowerInvariant() is ".md" or ".markdown" ? CseReportFormat.Markdown : CseReportFormat.Html;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object? item in InputObject ?? [null])
        {
            if (JobFacts.Of(item) is { } job)
                _jobs.Add(job);
            else
                WriteError(ErrorRecords.NoJobInPipeline(item));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!ShouldProcess(_file))
            return;

        ReportLimits limits = Format == CseReportFormat.Html ? ReportLimits.Html : ReportLimits.Markdown;
        HashSet<JobFacts> unread = ReadDetails(limits);
        var words = new ReportWords(Culture ?? CultureInfo.CurrentUICulture);
        var report = JobReport.Of(_jobs, limits, SafeText.OneLine(Title ?? words.Title), ModuleClock.UtcNow, unread);
        string text = Format == CseReportFormat.Html ? HtmlReport.Write(report, words) : MarkdownReport.Write(report, words);
        CheckPlace();
        try
        {
            ReportFile.Write(_file, text, overwrites: !NoClobber, overwritesReadOnly: Force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.FileNotWritten(e, _file));
        }

        if (PassThru)
            WriteObject(InvokeProvider.Item.Get([_file], force: true, literalPath: true), enumerateCollection: true);
    }

    private string GetUnresolvedProviderPath()
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
            Refuse($"-Path names no file: '{SafeText.Quote(Path)}' is a place of the provider {provider.Name}.", Path);

        return path;
    }

    private void CheckPlace()
    {
        if (Directory.Exists(_file))
            ThrowTerminatingError(ErrorRecords.FileNotWritten(new IOException($"'{_file}' is a folder."), _file));

        // A link that leads nowhere is there, too.
        if (NoClobber && new FileInfo(_file) is { } file && (file.Exists || file.LinkTarget is not null))
            ThrowTerminatingError(ErrorRecords.FileExists(_file));
    }

    private HashSet<JobFacts> ReadDetails(ReportLimits limits)
    {
        HashSet<JobFacts> wanted = JobReport.InFull(_jobs, limits.InFull).Where(job => !job.HasPhases).ToHashSet();
        if (wanted.Count == 0)
            return wanted;

        using var requests = new OrderedOutput(RequestsAtOnce, isEager: false, StopToken);
        using var progress = new ListingProgress(this, ListingProgress.OfInput, "Reading jobs for the report", " jobs", ModuleClock.Current);
        var details = new ReportDetails(requests, Observer, StopToken);
        int read = 0;
        Await(Done(details.ReadAsync(_jobs, wanted, () => Post(() => progress.Report(++read, wanted.Count)))));
        if (details.Unread.Count > 0)
            WriteWarning(FormattableString.Invariant($"{details.Unread.Count:N0} jobs could not be read in detail; the report says which. {details.Problem}"));

        return details.Unread;

        static async Task<bool> Done(Task work)
        {
            await work.ConfigureAwait(false);
            return true;
        }
    }
}
