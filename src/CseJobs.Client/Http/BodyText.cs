using System.Text;

namespace CseJobs.Client.Http;

/// <summary>Makes a body readable as UTF-8, which JSON is read from: takes a byte order mark away and converts other charsets.</summary>
internal static class BodyText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ArraySegment<byte> ToUtf8(ArraySegment<byte> body, string? charset)
    {
        if (StartsWith(body, 0xFF, 0xFE))
        {
            return Convert(Encoding.Unicode, Skip(body, 2));
        }

        if (StartsWith(body, 0xFE, 0xFF))
        {
            return Convert(Encoding.BigEndianUnicode, Skip(body, 2));
        }

        ArraySegment<byte> text = StartsWith(body, 0xEF, 0xBB, 0xBF) ? Skip(body, 3) : body;
        Encoding declared = EncodingOf(charset) ?? Encoding.UTF8;

        // UTF-16 without a mark passes for UTF-8 with zeroes. Of all others, what is valid UTF-8 is UTF-8, whatever a gateway
        // declares; and bytes that are not cost a character, not the answer.
        bool isWide = declared is UnicodeEncoding || declared is UTF32Encoding;
        return isWide || !IsUtf8(text) ? Convert(declared, text) : text;
    }

    private static bool IsUtf8(ArraySegment<byte> text)
    {
        try
        {
            Strict.GetCharCount(text.Array!, text.Offset, text.Count);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>A charset that is unknown here, or known and refused as UTF-7 is, is taken for UTF-8: what JSON must be, whatever a server claims.</summary>
    private static Encoding? EncodingOf(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset))
        {
            return null;
        }

        try
        {
            return Encoding.GetEncoding(charset!.Trim('"', '\'', ' '));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static ArraySegment<byte> Convert(Encoding from, ArraySegment<byte> body) =>
        new(Encoding.Convert(from, Encoding.UTF8, body.Array!, body.Offset, body.Count));

    private static ArraySegment<byte> Skip(ArraySegment<byte> body, int count) =>
        new(body.Array!, body.Offset + count, body.Count - count);

    private static bool StartsWith(ArraySegment<byte> body, params byte[] mark)
    {
        if (body.Count < mark.Length)
        {
            return false;
        }

        for (int i = 0; i < mark.Length; i++)
        {
            if (body.Array![body.Offset + i] != mark[i])
            {
                return false;
            }
        }

        return true;
    }
}
