using System.IO.Compression;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>Compressed answers.</summary>
internal static class Compression
{
    // Made once: a gzip stream may consist of many, one behind the other.
    private static readonly Lazy<byte[]> Blanks = new(() =>
    {
        byte[] megabyte = new byte[1 << 20];
        megabyte.AsSpan().Fill((byte)' ');
        return Packed(megabyte, CompressionLevel.SmallestSize);
    });

    public static void Gzip(ApiCall call, Answer answer, int number)
    {
        if (call.Header("Accept-Encoding").Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            Pack(answer);
            answer.Headers["Vary"] = "Accept-Encoding";
        }
    }

    /// <summary>Compresses the body, unless it is already.</summary>
    public static void Pack(Answer answer)
    {
        if (answer.Headers.TryAdd("Content-Encoding", "gzip"))
        {
            answer.Body = Packed(answer.Body.Span, CompressionLevel.Fastest);
        }
    }

    /// <summary>Puts blanks in front of the body, which take next to no room.</summary>
    public static void Bomb(Answer answer, int megabytes)
    {
        Pack(answer);
        byte[] blanks = Blanks.Value;
        var bomb = new byte[(blanks.Length * megabytes) + answer.Body.Length];
        for (int i = 0; i < megabytes; i++)
        {
            blanks.CopyTo(bomb, i * blanks.Length);
        }

        answer.Body.CopyTo(bomb.AsMemory(blanks.Length * megabytes));
        answer.Body = bomb;
    }

    private static byte[] Packed(ReadOnlySpan<byte> plain, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
