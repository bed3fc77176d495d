using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace CseJobs.Simulator.Http;

/// <summary>Bad ways of sending an answer; see <see cref="Answer.Deliver"/>.</summary>
internal static class Delivery
{
    // A reset throws away what the system has not yet handed over; on the same machine this is ample.
    private static readonly TimeSpan HandOver = TimeSpan.FromMilliseconds(30);

    /// <summary>No headers, but a reset (RST).</summary>
    public static void Reset(Answer answer)
    {
        // Never answered, so no status is recorded.
        answer.Status = 0;
        answer.Deliver = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
    }

    /// <summary>Headers, half the body, and a reset.</summary>
    public static void Cut(Answer answer, bool chunked) => answer.Deliver = async (context, answer) =>
    {
        await SendHalfAsync(context, answer, chunked).ConfigureAwait(false);
        await Task.Delay(HandOver, context.RequestAborted).ConfigureAwait(false);
        context.Abort();
    };

    /// <summary>Headers, half the body, and nothing more until the client goes away.</summary>
    public static void Stall(Answer answer) => answer.Deliver = async (context, answer) =>
    {
        await SendHalfAsync(context, answer, chunked: false).ConfigureAwait(false);
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(false);
    };

    /// <summary>Each byte on its own, with pauses that spread the whole evenly over a time.</summary>
    public static void Dribble(Answer answer, TimeSpan time) => answer.Deliver = async (context, answer) =>
    {
        answer.Start(context.Response);
        context.Response.ContentLength = answer.Body.Length;
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < answer.Body.Length; i++)
        {
            await context.Response.Body.WriteAsync(answer.Body.Slice(i, 1), context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            TimeSpan ahead = (time * (i + 1) / answer.Body.Length) - watch.Elapsed;
            if (ahead > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(ahead, context.RequestAborted).ConfigureAwait(false);
            }
        }
    };

    private static async Task SendHalfAsync(HttpContext context, Answer answer, bool chunked)
    {
        answer.Start(context.Response);
        context.Response.ContentLength = chunked ? null : answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body[..(answer.Body.Length / 2)], context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
