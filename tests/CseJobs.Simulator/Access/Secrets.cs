using System.Security.Cryptography;

namespace CseJobs.Simulator.Access;

/// <summary>Random texts. They begin with a known mark, so that a test that searches for leaks finds one it has not seen.</summary>
internal static class Secrets
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Base64 with a hyphen instead of the slash, as IAM's tokens have it.</summary>
    public static string Base64(string mark, int bytes) =>
        mark + Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes)).Replace('/', '-');

    public static string Letter(string mark, int length) => mark + RandomNumberGenerator.GetString(Letters, length - mark.Length);
}
