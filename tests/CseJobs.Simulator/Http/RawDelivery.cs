using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace CseJobs.Simulator.Http;

/// <summary>
/// Answers that Kestrel would not write, put on the wire past it; an orderly end of the connection (FIN) follows. With TLS
/// the end is a reset after a while instead.
/// </summary>
internal static class RawDelivery
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>HTTP/1.0: no length, the body ends with the connection.</summary>
    public static void UntilClose(Answer answer) =>
        answer.Deliver = (context, answer) => SendAsync(context, answer, "HTTP/1.0", null);

    /// <summary>A Content-Length that promises more than comes.</summary>
    public static void WrongLength(Answer answer) =>
        answer.Deliver = (context, answer) => SendAsync(context, answer, "HTTP/1.1", answer.Body.Length + 100);

    private static async Task SendAsync(HttpContext context, Answer answer, string version, int? length)
    {
        PipeWriter output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await output.WriteAsync(Encoding.Latin1.GetBytes(Head(answer, version, length)), context.RequestAborted).ConfigureAwait(false);
        await output.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
        await output.CompleteAsync().ConfigureAwait(false);
        try
        {
            await Task.Delay(Patience, context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }

        // Or else Kestrel would answer too.
        context.Abort();
    }

    private static string Head(Answer answer, string version, int? length)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{version} {answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)}\r\n");
        head.Append("Connection: close\r\n");
        if (answer.ContentType is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {answer.ContentType}\r\n");
        }

        if (length is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        }

        foreach ((string name, string value) in answer.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return head.Append("\r\n").ToString();
    }
}
