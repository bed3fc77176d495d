using System.Globalization;
using System.Text;

namespace CseJobs.Simulator.Access;

/// <summary>Percent-encoding over bytes, so that a sequence that is not UTF-8 keeps its meaning too.</summary>
internal static class PercentEncoding
{
    private const string Digits = "0123456789ABCDEF";

    /// <summary>Undoes the encoding; a percent sign without two digits after it stands for itself.</summary>
    /// <param name="text">The encoded text.</param>
    /// <param name="form">A plus sign is a blank, as servers read it in a query.</param>
    public static byte[] Decode(string text, bool form)
    {
        byte[] source = Encoding.UTF8.GetBytes(text);
        var decoded = new List<byte>(source.Length);
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] == '%'
                && i + 2 < source.Length
                && byte.TryParse(source.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                decoded.Add(value);
                i += 2;
            }
            else
            {
                decoded.Add(form && source[i] == '+' ? (byte)' ' : source[i]);
            }
        }

        return [.. decoded];
    }

    /// <summary>Encodes all but the unreserved characters of RFC 3986, in upper-case hexadecimal.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte value in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
            {
                text.Append((char)value);
            }
            else
            {
                text.Append('%').Append(Digits[value >> 4]).Append(Digits[value & 15]);
            }
        }

        return text.ToString();
    }
}
