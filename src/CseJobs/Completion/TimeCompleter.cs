using System.Collections;
using System.Management.Automation.Language;

namespace CseJobs.Completion;

/// <summary>Completes the times that are asked for most. The tool tip says which time that is.</summary>
internal sealed class TimeCompleter : IArgumentCompleter
{
    private static readonly string[] Times = ["-1h", "-24h", "-7d", "today", "yesterday"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // Never in quotes: -1h is no parameter to PowerShell.
        var context = new CompletionContext(wordToComplete, fakeBoundParameters);
        return Times.Where(context.Matches).Select(text => new CompletionResult(text, text, CompletionResultType.ParameterValue, Tell(text, parameterName)));
    }

    private static string Tell(string text, string parameter)
    {
        DateTimeOffset time = TimeText.Parse(text, ModuleClock.Current.GetLocalNow(), isEnd: parameter == nameof(Commands.GetCseEngineJobCommand.To));
        return string.Create(CultureInfo.InvariantCulture, $"{time.LocalDateTime:yyyy-MM-dd HH:mm:ss}, local time");
    }
}
