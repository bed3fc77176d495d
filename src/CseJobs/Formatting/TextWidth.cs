using System.Text;

namespace CseJobs.Formatting;

/// <summary>Width of texts in cells of a console: Chinese, Japanese and Korean characters and emoji take two, combining marks none.</summary>
internal static class TextWidth
{
    /// <summary>The cells that a text takes.</summary>
    public static int Of(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
            width += Of(rune);

        return width;
    }

    /// <summary>Cuts a text to a width; an ellipsis stands for the rest.</summary>
    public static string Cut(string text, int width, char ellipsis = '…') =>
        Of(text) <= width ? text : width < 2 ? string.Empty : text[..End(text, 0, width - 1)] + ellipsis;

    /// <summary>A text of exactly this width: cut or filled up.</summary>
    public static string Fit(string text, int width, char ellipsis = '…')
    {
        string cut = Cut(text, width, ellipsis);
        return cut + new string(' ', Math.Max(0, width - Of(cut)));
    }

    /// <summary>The whole text in pieces of at most this width, broken at a blank when one is in their second half; no character is lost or split.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = End(text, start, width);
            int blank = end < text.Length ? text.LastIndexOf(' ', end - 1, end - start) : -1;
            end = blank - start > (end - start) / 2 ? blank + 1 : end;
            yield return text[start..end];
            start = end;
        }
    }

    // Index after a piece of this width, which has at least one character.
    private static int End(string text, int start, int width)
    {
        int end = start;
        foreach (Rune rune in text.AsSpan(start).EnumerateRunes())
        {
            width -= Of(rune);
            if (width < 0 && end > start)
                break;

            end += rune.Utf16SequenceLength;
        }

        return end;
    }

    private static int Of(Rune rune) => rune.Value < 0x300 ? 1 : Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    // The blocks that Unicode's East Asian Width property has as wide or fullwidth, as consoles and PowerShell's own tables measure them.
    private static bool IsWide(int code) => code is
        (>= 0x1100 and <= 0x115F) or 0x2329 or 0x232A
        or (>= 0x2E80 and <= 0xA4CF and not 0x303F)
        or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE10 and <= 0xFE19) or (>= 0xFE30 and <= 0xFE6F)
        or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F900 and <= 0x1F9FF)
        or (>= 0x20000 and <= 0x3FFFD);
}
