using System.Text.RegularExpressions;

namespace CseJobs.Client.Auth;

/// <summary>Takes out of a text what signing puts into requests.</summary>
internal static class Redaction
{
    // A signature is 64 hexadecimal digits. Gateways echo it, along with hashes of the same form that nobody will miss.
    private static readonly Regex Signature = new("[0-9a-fA-F]{64}|(?<=Signature=)[0-9a-fA-F]+", RegexOptions.CultureInvariant);

    public static string OfKey(AccessKey key, string text) => OfSignature(key.RemoveFrom(text));

    public static string OfSignature(string text) => Signature.Replace(text, "[hidden]");
}
