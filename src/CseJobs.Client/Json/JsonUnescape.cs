using System.Globalization;
using System.Text;

namespace CseJobs.Client.Json;

/// <summary>Unescapes the inside of a JSON string that the library refuses (half a surrogate pair): the bad half becomes U+FFFD.</summary>
internal static class JsonUnescape
{
    public static string Unescape(string text)
    {
        var builder = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                builder.Append(text[i]);
                continue;
            }

            char escape = text[++i];
            if (escape == 'u' && TryHex(text, i + 1, out char unit))
            {
                i += 4;
                builder.Append(unit);
                continue;
            }

            builder.Append(escape switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                _ => escape,
            });
        }

        return ReplaceLoneSurrogates(builder);
    }

    private static bool TryHex(string text, int start, out char unit)
    {
        unit = default;
        if (start + 4 > text.Length || !ushort.TryParse(text.AsSpan(start, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }

    private static string ReplaceLoneSurrogates(StringBuilder builder)
    {
        for (int i = 0; i < builder.Length; i++)
        {
            if (char.IsHighSurrogate(builder[i]) && i + 1 < builder.Length && char.IsLowSurrogate(builder[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(builder[i]))
            {
                builder[i] = '\ufffd';
            }
        }

        return builder.ToString();
    }
}
