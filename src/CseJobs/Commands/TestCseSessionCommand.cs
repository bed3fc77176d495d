using System.Runtime.InteropServices;
using CseJobs.Completion;
using CseJobs.Formatting;

namespace CseJobs.Commands;

/// <summary>
/// Looks at a session from the name of its host to the lists of its service, and tells what works, what does not, and what to do.
/// Nothing is changed.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "CseSession")]
[OutputType(typeof(SessionCheck), typeof(string))]
public sealed class TestCseSessionCommand : CseSessionCmdlet
{
    /// <summary>The engine whose jobs are asked for, by id or name; the session's own if left out, else one that has jobs.</summary>
    [Parameter(Position = 0)]
    [EngineIdTransformation]
    [ArgumentCompleter(typeof(EngineCompleter))]
    [ValidateNotNullOrEmpty]
    public string? EngineId { get; set; }

    /// <summary>Emits a table in Markdown, line by line, in place of objects.</summary>
    [Parameter]
    public SwitchParameter AsMarkdown { get; set; }

    /// <summary>
    /// The sessions to look at, or their names and patterns. Without it those in the pipeline or that have read the objects there, else the
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
    private protected override void Process(PipedTarget? piped)
    {
        if (piped is { Problem: { } problem })
        {
            Refuse(piped, problem);
            return;
        }

        string? engine = EngineId ?? piped?.EngineId ?? Current.EngineId;
        Attempt(engine ?? Current.Name, null, () => Check(engine));
    }

    private void Check(string? engine)
    {
        bool isFirst = true;
        foreach (SessionCheck made in Each(Current.Doctor.CheckAsync(engine, Observer, StopToken)))
        {
            SessionCheck check = CheckAdvice.AddTo(made) with { Session = Current.Name };
            if (!AsMarkdown)
            {
                WriteObject(check);
                continue;
            }

            if (isFirst)
                WriteObject(Heading(), enumerateCollection: true);

            isFirst = false;
            WriteObject($"| {Cell(check.Check)} | {ViewProperties.Word(check.Result)} | {Cell(check.Advice is null ? check.Detail : $"{check.Detail} {check.Advice}")} |");
        }
    }

    private string[] Heading() =>
    [
        $"Session {Cell(Current.Name)}: CseJobs {MyInvocation.MyCommand.Module?.Version}, PowerShell {Host.Version}, {Cell(RuntimeInformation.OSDescription)}, {ModuleClock.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC",
        string.Empty,
        "| Check | Result | Detail |",
        "|---|---|---|",
    ];

    /// <summary>A text as a cell, in which Markdown finds nothing of its own.</summary>
    private static string Cell(string text) => SafeText.CleanLine(text).Replace("\\", "\\\\").Replace("|", "\\|").Replace("`", "\\`").Replace("*", "\\*").Replace("<", "&lt;").Replace("@", "&#64;");
}
