namespace CseJobs.Client.Http;

/// <summary>Which values can stand in a request header.</summary>
internal static class HeaderRules
{
    private const int MaxLength = 256;

    /// <param name="value">The value; null when the header is not sent.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="ArgumentException">The value cannot stand in a header.</exception>
    public static void Check(string? value, string what)
    {
        if (value is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(value) || value.Length > MaxLength)
        {
            throw new ArgumentException($"The {what} must have 1 to {MaxLength} characters.");
        }

        if (!CanCarry(value))
        {
            throw new ArgumentException($"The {what} '{Text.SafeText.CleanLine(value)}' holds a blank, a line break or a character outside ASCII.");
        }
    }

    /// <summary>Whether a value arrives as it is: visible ASCII, no blanks. An empty one does.</summary>
    public static bool CanCarry(string value)
    {
        foreach (char c in value)
        {
            if (c is <= ' ' or >= '\u007f')
            {
                return false;
            }
        }

        return true;
    }
}
