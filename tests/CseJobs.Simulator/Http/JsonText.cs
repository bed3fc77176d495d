using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CseJobs.Simulator.Http;

/// <summary>JSON as a Java server writes it: compact, and with letters of every script as they are instead of escaped.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static byte[] Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
