namespace CseJobs.Client.Http;

/// <summary>Puts ids into a URL path: refuses what could leave its segment, percent-encodes the rest.</summary>
internal static class PathSegment
{
    // API path parameter project_id: 1 to 64 characters.
    private const int MaxProjectIdLength = 64;

    // Engine ids are UUIDs. The bound only keeps a pasted file from becoming a URL.
    private const int MaxEngineIdLength = 256;

    /// <exception cref="ArgumentException">The id cannot be a project id.</exception>
    public static string ProjectId(string id) => Encode(id, "project id", MaxProjectIdLength);

    /// <exception cref="ArgumentException">The id cannot be an engine id.</exception>
    public static string EngineId(string id) => Encode(id, "engine id", MaxEngineIdLength);

    private static string Encode(string id, string what, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException($"The {what} is empty.");
        }

        if (id.Length > maxLength)
        {
            throw new ArgumentException($"The {what} has {id.Length} characters; at most {maxLength} are possible.");
        }

        if (Problem(id) is { } problem)
        {
            throw new ArgumentException($"The {what} '{Text.SafeText.CleanLine(id)}' {problem}.");
        }

        return PercentEncoding.Escape(id);
    }

    private static string? Problem(string id)
    {
        if (id is "." or "..")
        {
            return "is a relative path, not an id";
        }

        foreach (char c in id)
        {
            if (c is '/' or '\\')
            {
                return $"holds '{c}', which cannot be part of an id";
            }

            if (c is '*' or '?' or '[' or ']')
            {
                return $"holds the wildcard character '{c}'; wildcards cannot be used here, pass the exact id";
            }

            if (char.IsControl(c))
            {
                return "holds a line break or another control character; it may have been copied with more than the id";
            }

            if (char.IsWhiteSpace(c))
            {
                return "holds a blank; ids have none";
            }
        }

        return Text.SafeText.HasHalfCharacter(id) ? "holds half of a character (a lone surrogate)" : null;
    }
}
