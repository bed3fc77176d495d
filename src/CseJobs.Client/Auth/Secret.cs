using System.Net;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.RegularExpressions;

namespace CseJobs.Client.Auth;

/// <summary>
/// Holds a secret for as long as a session lives. No member hands it to a formatter or serialiser; <see cref="Clear"/> wipes
/// the copy held here. (The text that goes into a request header is a string, which .NET cannot wipe.)
/// </summary>
internal sealed class Secret
{
    private const string Mask = "[hidden]";

    // A very short "secret" would tear holes into ordinary words.
    private const int MinRemovedLength = 4;

    // A run of this length that a long secret shares with a text is no coincidence.
    private const int PartLength = 10;

    private readonly object _gate = new();
    private char[]? _value;
    private HashSet<string>? _parts;

    public Secret(string value) => _value = value.ToCharArray();

    public static Secret From(SecureString value)
    {
        IntPtr pointer = Marshal.SecureStringToGlobalAllocUnicode(value);
        try
        {
            return new Secret(Marshal.PtrToStringUni(pointer, value.Length));
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    /// <summary>The secret, for the moment of use.</summary>
    /// <exception cref="ObjectDisposedException">The secret was cleared.</exception>
    public string Reveal()
    {
        lock (_gate)
            return _value is null ? throw new ObjectDisposedException(nameof(Secret), "The session is closed.") : new string(_value);
    }

    /// <summary>
    /// Takes the secret out of a text that may leave the module, for a server can echo what it was sent: whole, escaped, or (of a
    /// long one) any part.
    /// </summary>
    public string RemoveFrom(string text)
    {
        string value;
        HashSet<string>? parts;
        lock (_gate)
        {
            if (_value is null || _value.Length < MinRemovedLength)
                return text;

            value = new string(_value);
            parts = _parts ??= PartsOf(value);
        }

        string whole = text.Replace(value, Mask)
            .Replace(JsonEncodedText.Encode(value).ToString(), Mask)
            .Replace(Uri.EscapeDataString(value), Mask);
        return parts.Count == 0 ? whole : RemoveParts(whole, parts);
    }

    public void Clear()
    {
        lock (_gate)
        {
            if (_value is not null)
            {
                Array.Clear(_value, 0, _value.Length);
                _value = null;
                _parts = null;
            }
        }
    }

    public override string ToString() => Mask;

    private static HashSet<string> PartsOf(string value)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; value.Length >= 2 * PartLength && i + PartLength <= value.Length; i++)
            parts.Add(value.Substring(i, PartLength));

        return parts;
    }

    private static string RemoveParts(string text, HashSet<string> parts)
    {
        StringBuilder? clean = null;
        int copied = 0;
        int hiddenUntil = 0;
        for (int i = 0; i + PartLength <= text.Length; i++)
        {
            if (!parts.Contains(text.Substring(i, PartLength)))
                continue;

            if (i > hiddenUntil || clean is null)
            {
                clean ??= new StringBuilder(text.Length);
                clean.Append(text, copied, i - copied).Append(Mask);
            }

            hiddenUntil = i + PartLength;
            copied = hiddenUntil;
        }

        return clean is null ? text : clean.Append(text, copied, text.Length - copied).ToString();
    }
}

/// <summary>
/// Passwords of proxies, and the form in which they are sent: a proxy can echo both, and the run-time's own messages repeat the
/// address of one that comes from the environment, password included.
/// </summary>
internal sealed class ProxySecret
{
    private static readonly string[] Variables = { "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy" };

    private readonly List<Secret> _secrets = new();

    public ProxySecret(NetworkCredential? credential)
    {
        Add(credential?.UserName, credential?.Password);
        foreach (string variable in Variables)
            AddUserPart(Environment.GetEnvironmentVariable(variable));
    }

    public string RemoveFrom(string text) => _secrets.Aggregate(text, (current, secret) => secret.RemoveFrom(current));

    public void Clear() => _secrets.ForEach(secret => secret.Clear());

    private void AddUserPart(string? address)
    {
        if (address is null || address.LastIndexOf('@') is var at && at < 0)
            return;

        string user = address.Substring(0, at);
        user = user.Substring(user.IndexOf("//", StringComparison.Ordinal) is >= 0 and var start ? start + 2 : 0);
        int colon = user.IndexOf(':');
        if (colon > 0 && colon < user.Length - 1)
        {
            string password = user.Substring(colon + 1);
            _secrets.Add(new Secret(password));
            Add(Uri.UnescapeDataString(user.Substring(0, colon)), Uri.UnescapeDataString(password));
        }
    }

    private void Add(string? user, string? password)
    {
        if (!string.IsNullOrEmpty(password))
        {
            _secrets.Add(new Secret(password!));
            _secrets.Add(new Secret(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));
        }
    }
}

/// <summary>Takes out of a text what signing puts into requests.</summary>
internal static class Redaction
{
    // A signature is 64 hexadecimal digits. Gateways echo it, along with hashes of the same form that nobody will miss.
    private static readonly Regex Signature = new("[0-9a-fA-F]{64}|(?<=Signature=)[0-9a-fA-F]+", RegexOptions.CultureInvariant);

    public static string OfKey(AccessKey key, string text) => OfSignature(key.RemoveFrom(text));

    public static string OfSignature(string text) => Signature.Replace(text, "[hidden]");
}
