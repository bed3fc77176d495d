using CseJobs.Client.Http;
using CseJobs.Client.Text;

namespace CseJobs.Client.Auth;

/// <summary>What can be known of names and keys without asking anybody.</summary>
internal static class SignInRules
{
    private const int MaxNameLength = 256;

    /// <exception cref="ArgumentException">A part of the key cannot be right.</exception>
    public static void CheckKey(AccessKey key)
    {
        CheckHeaderText(key.Id, "access key");
        if (string.IsNullOrWhiteSpace(key.SecretKey.Reveal()))
        {
            throw new ArgumentException("The secret key is empty.");
        }

        if (key.SecurityToken is not null)
        {
            CheckHeaderText(key.SecurityToken.Reveal(), "security token");
        }
    }

    /// <summary>A name that JSON and URLs would have to change (half a character) would be another name.</summary>
    /// <exception cref="ArgumentException">The name cannot be right.</exception>
    public static void CheckName(string? name, string what)
    {
        if (string.IsNullOrWhiteSpace(name) || name!.Length > MaxNameLength || !SafeText.IsSafeLine(name) || SafeText.HasHalfCharacter(name))
        {
            throw new ArgumentException($"The {what} '{SafeText.Quote(name ?? string.Empty)}' must have 1 to {MaxNameLength} characters, none of them a control character.");
        }
    }

    private static void CheckHeaderText(string? value, string what)
    {
        if (string.IsNullOrEmpty(value) || !HeaderRules.CanCarry(value!))
        {
            throw new ArgumentException($"The {what} is empty, or holds a blank, a line break or another character that it cannot have.");
        }
    }
}
