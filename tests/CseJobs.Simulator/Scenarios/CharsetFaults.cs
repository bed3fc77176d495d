using System.Text;
using System.Text.Json;

namespace CseJobs.Simulator.Scenarios;

/// <summary>Other character sets, declared rightly and wrongly. Descriptions get a few letters beyond ASCII, so that it shows.</summary>
internal static class CharsetFaults
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Charset(
            "badcharset",
            "UTF-8, but declared as a charset that does not exist; descriptions end with ' é 升级'.",
            "x-no-such-charset",
            " é 升级",
            Encoding.UTF8),
        Charset("wrongcharset", "UTF-8, but declared as gbk; descriptions end with ' é 升级'.", "gbk", " é 升级", Encoding.UTF8),
        Charset("utf7", "UTF-8, but declared as UTF-7, which .NET knows and refuses; descriptions end with ' é 升级'.", "utf-7", " é 升级", Encoding.UTF8),
        Charset("utf16", "UTF-16 (little-endian, with its mark), declared so; descriptions end with ' é 升级'.", "utf-16", " é 升级", Encoding.Unicode),
        Charset("utfwide", "UTF-32 (little-endian, with its mark), declared so; descriptions end with ' é 升级'.", "utf-32", " é 升级", Encoding.UTF32),
        Charset("noncharacters", "Descriptions end with U+FFFE and U+FFFF, which JSON can hold and XML cannot.", "utf-8", "\ufffe\uffff", Encoding.UTF8),
        Charset("latin1", "ISO 8859-1, declared so; descriptions end with ' é'.", "iso-8859-1", " é", Encoding.Latin1),
        new("bom", "A UTF-8 byte order mark before the JSON.")
        {
            After = (_, answer, _) => answer.Body = (byte[])[0xEF, 0xBB, 0xBF, .. answer.Body.Span],
        },
        new("badutf8", "The first description begins with bytes that are not UTF-8: C3 28 FF.")
        {
            After = (_, answer, _) => answer.Body = BreakUtf8(answer.Body.Span),
        },
    ];

    private static Scenario Charset(string name, string description, string charset, string letters, Encoding encoding) => new(name, description)
    {
        Distort = (_, job) =>
        {
            if (job["description"]?.GetValueKind() == JsonValueKind.String)
            {
                job["description"] = job["description"]!.GetValue<string>() + letters;
            }
        },
        After = (_, answer, _) =>
        {
            if (!answer.IsJson)
            {
                return;
            }

            answer.ContentType = "application/json;charset=" + charset;
            byte[] mark = encoding is UnicodeEncoding or UTF32Encoding ? encoding.GetPreamble() : [];
            answer.Body = (byte[])[.. mark, .. Encoding.Convert(Encoding.UTF8, encoding, answer.Body.ToArray())];
        },
    };

    private static byte[] BreakUtf8(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> key = "\"description\""u8;
        int at = body.IndexOf(key);
        if (at < 0)
        {
            return body.ToArray();
        }

        at += key.Length;
        at += body[at..].IndexOf((byte)'"') + 1;
        return [.. body[..at], 0xC3, 0x28, 0xFF, .. body[at..]];
    }
}
