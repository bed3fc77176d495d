using Microsoft.AspNetCore.Http;

namespace CseJobs.Simulator.Http;

/// <summary>Bodies of absurd size: one long string is put into the first object, streamed from a small buffer.</summary>
internal static class BulkDelivery
{
    private const int Piece = 1 << 16;
    private const int PiecesOfMegabyte = (1 << 20) / Piece;

    private static readonly ReadOnlyMemory<byte> Filling = Fill();

    /// <summary>A member before all others, without a Content-Length: the rest only comes to those who read all of it.</summary>
    public static void Before(Answer answer, int megabytes) => answer.Deliver = (context, answer) =>
    {
        int at = answer.Body.Span.IndexOf((byte)'{') + 1;
        return SendAsync(context, answer, at, ("\"padding\":\""u8.ToArray(), "\","u8.ToArray()), megabytes, declared: false);
    };

    /// <summary>A member after all others, with a Content-Length.</summary>
    public static void Behind(Answer answer, int megabytes) => answer.Deliver = (context, answer) =>
    {
        int at = answer.Body.Span.LastIndexOf((byte)'}');
        return SendAsync(context, answer, at, (",\"trace\":\""u8.ToArray(), "\""u8.ToArray()), megabytes, declared: true);
    };

    private static async Task SendAsync(
        HttpContext context, Answer answer, int at, (byte[] Open, byte[] Close) member, int megabytes, bool declared)
    {
        HttpResponse response = context.Response;
        answer.Start(response);
        if (declared)
        {
            response.ContentLength = answer.Body.Length + member.Open.Length + member.Close.Length + ((long)megabytes << 20);
        }

        await response.Body.WriteAsync(answer.Body[..at], context.RequestAborted).ConfigureAwait(false);
        await response.Body.WriteAsync(member.Open, context.RequestAborted).ConfigureAwait(false);
        for (long left = (long)megabytes * PiecesOfMegabyte; left > 0; left--)
        {
            await response.Body.WriteAsync(Filling, context.RequestAborted).ConfigureAwait(false);
        }

        await response.Body.WriteAsync(member.Close, context.RequestAborted).ConfigureAwait(false);
        await response.Body.WriteAsync(answer.Body[at..], context.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] Fill()
    {
        var bytes = new byte[Piece];
        bytes.AsSpan().Fill((byte)'x');
        return bytes;
    }
}
