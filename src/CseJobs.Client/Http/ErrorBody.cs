using CseJobs.Client.Json;

namespace CseJobs.Client.Http;

/// <summary>
/// What an error answer says, in whichever of its shapes it comes: ServiceStage (<c>errorCode, errorMessage, detail</c>), CSE
/// (<c>error_code, error_msg</c> or <c>error_message</c>), gateway (adds <c>request_id</c>), IAM (<c>error: {code, message}</c>),
/// others (<c>code, message</c>), or no JSON at all.
/// </summary>
internal sealed record ErrorBody(string? Code, string? Message, string? Detail, string? RequestId)
{
    private const int MaxTextLength = 300;

    // Far more than is shown: a token that a page repeats must be found whole.
    private const int MaxRead = 512 * 1024;

    private static readonly string[] CodeNames = ["error.error_code", "error.errorcode", "error.code", "error_code", "errorcode", "code"];
    private static readonly string[] MessageNames =
    [
        "error.error_msg", "error.error_message", "error.errormessage", "error.errormsg", "error.message",
        "error_msg", "error_message", "errormessage", "errormsg", "message", "error",
    ];

    /// <summary>Nothing is known.</summary>
    public static ErrorBody None { get; } = new(null, null, null, null);

    /// <param name="body">The body.</param>
    /// <param name="redact">Takes secrets out of a text; done before anything is cut, so that no part of one stays.</param>
    public static ErrorBody Read(ArraySegment<byte> body, Func<string, string> redact)
    {
        try
        {
            var fields = new Dictionary<string, string>();
            if (JsonFieldReader.ReadAnswer(body, new TextPool(), (ref JsonFieldReader json) => Read(ref json, fields, string.Empty)))
            {
                string? First(params string[] names) =>
                    Array.Find(names, name => fields.GetValueOrDefault(name) is { Length: > 0 }) is { } found ? Cut(SafeText.Clean(redact(fields[found]))) : null;

                return new ErrorBody(First(CodeNames), First(MessageNames), First("detail", "details"), First("request_id", "requestid"));
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

    /// <summary>Collects the texts and numbers of an answer by their names in lower case, those of an inner error as <c>error.name</c>.</summary>
    /// <returns>Whether it is an object.</returns>
    private static bool Read(ref JsonFieldReader json, Dictionary<string, string> fields, string prefix)
    {
        bool isObject = json.Value() == JsonTokenType.StartObject;
        while (isObject && json.NextField())
        {
            string name = prefix + json.Name.ToString();
            switch (json.Value())
            {
                case JsonTokenType.String: fields.TryAdd(name, json.RawText()); break;
                case JsonTokenType.Number: fields.TryAdd(name, json.Text()!); break;
                case JsonTokenType.StartObject when name == "error": Read(ref json, fields, "error."); break;
                default: json.Skip(); break;
            }
        }

        return isObject;
    }

    private static string Cut(string text) => text.Length <= MaxTextLength ? text : string.Concat(text.AsSpan(0, MaxTextLength), "…");
}
