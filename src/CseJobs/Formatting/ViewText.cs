using System.Text;

namespace CseJobs.Formatting;

/// <summary>Texts of the server as the views write them.</summary>
internal static class ViewText
{
    private static readonly char[] LineBreakers = { '\r', '\n', '\t', '\u2028', '\u2029' };

    /// <summary>A text in one line: line ends and tabs become a blank.</summary>
    public static string OneLine(string text)
    {
        if (text.IndexOfAny(LineBreakers) < 0)
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            bool blank = Array.IndexOf(LineBreakers, c) >= 0;
            if (!blank)
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[line.Length - 1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }
}
