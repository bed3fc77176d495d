using CseJobs.Client.Json;

namespace CseJobs.Client.Http;

/// <summary>
/// What an error answer says, in whichever of its shapes it comes: ServiceStage (<c>errorCode, errorMessage, detail</c>), CSE
/// (<c>error_code, error_msg</c> or <c>error_message</c>), gateway (adds <c>request_id</c>), IAM (<c>error: {code, message}</c>),
/// others (<c>code, message</c>), or no JSON at all.
/// </summary>
internal sealed class ErrorBody
{
    private const int MaxTextLength = 300;

    // Far more than is shown: a token that a page repeats must be found whole.
    private const int MaxRead = 512 * 1024;

    private ErrorBody(string? code, string? message, string? detail, string? requestId)
    {
        Code = code;
        Message = message;
        Detail = detail;
        RequestId = requestId;
    }

    public string? Code { get; }

    public string? Message { get; }

    public string? Detail { get; }

    public string? RequestId { get; }

    /// <summary>Nothing is known.</summary>
    public static ErrorBody None { get; } = new(null, null, null, null);

    /// <param name="body">The body.</param>
    /// <param name="redact">Takes secrets out of a text; done before anything is cut, so that no part of one stays.</param>
    public static ErrorBody Read(ArraySegment<byte> body, Func<string, string> redact)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                JsonElement inner = Find(root, "error") is { ValueKind: JsonValueKind.Object } error ? error : root;
                return new ErrorBody(
                    First(inner, redact, "error_code", "errorCode", "code") ?? First(root, redact, "error_code", "errorCode", "code"),
                    First(inner, redact, "error_msg", "error_message", "errorMessage", "errorMsg", "message") ?? First(root, redact, "error_msg", "error_message", "errorMessage", "errorMsg", "message", "error"),
                    First(root, redact, "detail", "details"),
                    First(root, redact, "request_id", "requestId"));
            }
        }
        catch (JsonException)
        {
            // Not JSON: a proxy's or load balancer's page. Its first words are all there is.
        }

        return new ErrorBody(null, FirstWords(body, redact), null, null);
    }

    /// <summary>The first printable characters of a body that is not JSON, without HTML tags; null when there are none.</summary>
    public static string? FirstWords(ArraySegment<byte> body, Func<string, string> redact)
    {
        string text = redact(Encoding.UTF8.GetString(body.Array!, body.Offset, Math.Min(body.Count, MaxRead)));
        var words = new StringBuilder();
        bool inTag = false;
        foreach (char c in text)
        {
            bool blank = inTag || c == '<' || char.IsWhiteSpace(c) || char.IsControl(c) || c == '\ufffd' || c == '\ufeff';
            inTag = (inTag || c == '<') && c != '>';
            if (!blank)
            {
                words.Append(c);
            }
            else if (words.Length > 0 && words[words.Length - 1] != ' ')
            {
                words.Append(' ');
            }
        }

        string result = words.ToString().Trim();
        return result.Length == 0 ? null : Cut(result);
    }

    private static JsonElement? Find(JsonElement element, string name)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (string.Equals(JsonNames.NameOf(property), name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }

    private static string? First(JsonElement element, Func<string, string> redact, params string[] names)
    {
        foreach (string name in names)
        {
            if (Find(element, name) is { } value && Text(value) is { Length: > 0 } text)
                return Cut(SafeText.Clean(redact(text)));
        }

        return null;
    }

    private static string? Text(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return JsonNames.TextOf(value);
            case JsonValueKind.Number:
                return value.GetRawText();
            default:
                return null;
        }
    }

    private static string Cut(string text) => text.Length <= MaxTextLength ? text : string.Concat(text.AsSpan(0, MaxTextLength), "…");
}
