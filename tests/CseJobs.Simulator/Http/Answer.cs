using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CseJobs.Simulator.Http;

/// <summary>An answer before it is sent. Scenarios may change any part of it, even how it is sent.</summary>
internal sealed class Answer
{
    public required int Status { get; set; }

    public string? ContentType { get; set; } = "application/json;charset=utf-8";

    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>False for what a proxy would write.</summary>
    public bool IsJson => Body.Length > 0 && ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true;

    /// <summary>Further headers.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sends the answer; a fault that stalls or cuts the body replaces it.</summary>
    public Func<HttpContext, Answer, Task> Deliver { get; set; } = DeliverWholeAsync;

    public static Answer Json(int status, Action<Utf8JsonWriter> write) => new() { Status = status, Body = JsonText.Render(write) };

    public static Answer Raw(int status, string? contentType, string body) =>
        new() { Status = status, ContentType = contentType, Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>Puts status and headers on the response; the first half of every delivery.</summary>
    public void Start(HttpResponse response)
    {
        response.StatusCode = Status;
        if (ContentType is not null)
        {
            response.ContentType = ContentType;
        }

        foreach ((string name, string value) in Headers)
        {
            response.Headers[name] = value;
        }
    }

    private static async Task DeliverWholeAsync(HttpContext context, Answer answer)
    {
        answer.Start(context.Response);
        if (answer.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return;
        }

        context.Response.ContentLength = answer.Body.Length;
        try
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The client has gone away; that is its business.
        }
    }
}
