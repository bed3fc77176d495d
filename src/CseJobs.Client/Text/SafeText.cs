using System.Text.RegularExpressions;

namespace CseJobs.Client.Text;

/// <summary>
/// Makes text of the server safe to show: a control character would act on the terminal of whoever prints it (colours,
/// cursor, title, clipboard), so each becomes its visible picture (U+2400 block; U+FFFD for C1). So do the marks that turn the
/// direction of a line, with which a text can pose as another, and what XML cannot hold (U+FFFE, U+FFFF, halves of characters).
/// Line ends and tabs stay.
/// </summary>
public static class SafeText
{
    private const int MaxQuotedLength = 80;

    private static readonly Regex LineBreaks = new(@" ?[\r\n\t\u2028\u2029]+", RegexOptions.CultureInvariant);

    /// <summary>Makes a text safe that may have several lines.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The same text when nothing in it is unsafe.</returns>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder? cleaned = null;

        // Most texts are printable ASCII from end to end.
        int first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        for (int i = first < 0 ? text.Length : first; i < text.Length; i++)
        {
            if (IsUnsafe(text, i))
                (cleaned ??= new StringBuilder(text))[i] = Picture(text[i]);
        }

        return cleaned?.ToString() ?? text;
    }

    /// <summary>The same for a text that must stay in one line: line ends and tabs become pictures too.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text in one line.</returns>
    public static string CleanLine(string text) =>
        Clean(text).Replace('\r', '\u240d').Replace('\n', '\u240a').Replace('\t', '\u2409');

    /// <summary>A text in one line as views show it: line ends and tabs become a blank.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text in one line.</returns>
    public static string OneLine(string text) =>
        LineBreaks.IsMatch(text) ? LineBreaks.Replace(text, match => match.Index == 0 ? string.Empty : " ").TrimEnd() : text;

    /// <summary>A value as a message can quote it: in one line, and not longer than one.</summary>
    /// <param name="text">The value.</param>
    /// <returns>At most 80 characters of it, and an ellipsis when it has more.</returns>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string line = CleanLine(text.Length > MaxQuotedLength ? text.Substring(0, MaxQuotedLength) : text);
        return line.Length < text.Length ? line + "…" : line;
    }

    /// <summary>Whether nothing of a text has to be made safe, line ends included.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True when <see cref="CleanLine"/> would not change it.</returns>
    public static bool IsSafeLine(string text) => CleanLine(text) == text;

    /// <summary>Whether a text holds half of a surrogate pair, which UTF-8 cannot carry: it would arrive as another text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True when there is a lone surrogate in it.</returns>
    public static bool HasHalfCharacter(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) != text;

    // A lone carriage return is unsafe: it lets a line overwrite itself.
    private static bool IsUnsafe(string text, int index) => text[index] switch
    {
        '\n' or '\t' => false,
        '\r' => index + 1 >= text.Length || text[index + 1] != '\n',
        < ' ' or (>= '\u007f' and <= '\u009f') => true,
        (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufffe' or '\uffff' => true,
        (>= '\ud800' and <= '\udbff') => index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]),
        (>= '\udc00' and <= '\udfff') => index == 0 || !char.IsHighSurrogate(text[index - 1]),
        _ => false,
    };

    private static char Picture(char c) => c switch
    {
        < ' ' => (char)('\u2400' + c),
        '\u007f' => '\u2421',
        _ => '\ufffd',
    };
}
