using System;
using System.IO;
using System.IO.Compression;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>Compressed answers.</summary>
internal static class Compression
{
    public static void Gzip(ApiCall call, Answer answer)
    {
        if (!call.Header("Accept-Encoding").Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(answer.Body.Span);
        }

        answer.Body = packed.ToArray();
        answer.Headers["Content-Encoding"] = "gzip";
        answer.Headers["Vary"] = "Accept-Encoding";
    }
}
