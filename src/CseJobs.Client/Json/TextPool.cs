namespace CseJobs.Client.Json;

/// <summary>
/// Keeps texts so that equal ones are one object: most texts of a job (engine, user, type, status, names of steps) are the same
/// from job to job, and without it they are half of the memory of a list. Thread-safe without a lock: a slot holds one text or
/// another, and what it holds is compared before it is handed out.
/// </summary>
internal sealed class TextPool
{
    // Longer texts are logs and outputs, which seldom repeat.
    private const int MaxLength = 64;

    private readonly string?[] _slots = new string?[512];

    /// <summary>The text of what is inside a JSON string without escapes, safe to show.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8.Length > MaxLength)
            return SafeText.Clean(Encoding.UTF8.GetString(utf8));

        // Texts that meet in one slot are only shared less.
        int hash = (((((utf8.Length * 31) + utf8[0]) * 31) + utf8[utf8.Length / 2]) * 31) + utf8[^1];
        ref string? slot = ref _slots[hash % _slots.Length];
        if (slot is not { } text || !Ascii.Equals(utf8, text))
            slot = text = SafeText.Clean(Encoding.UTF8.GetString(utf8));

        return text;
    }
}
