using System.Net;
using System.Runtime.CompilerServices;
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

    public static Secret? OrNull(string? value) => value is null ? null : new Secret(value);

    /// <exception cref="ArgumentNullException">There is none; the exception has the name that the caller gave it.</exception>
    public static Secret From(SecureString? value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(value, name);
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
        HashSet<string> parts;
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
            Array.Clear(_value ?? []);
            _value = null;
            _parts = null;
        }
    }

    public override string ToString() => Mask;

    private static HashSet<string> PartsOf(string value) => value.Length < 2 * PartLength
        ? []
        : Enumerable.Range(0, value.Length - PartLength + 1).Select(i => value.Substring(i, PartLength)).ToHashSet(StringComparer.Ordinal);

    private static string RemoveParts(string text, HashSet<string> parts)
    {
        var clean = new StringBuilder(text.Length);
        int copied = 0;
        for (int i = 0; i + PartLength <= text.Length; i++)
        {
            if (!parts.Contains(text.Substring(i, PartLength)))
                continue;

            // Parts that touch or overlap are one.
            if (i > copied || clean.Length == 0)
                clean.Append(text, copied, i - copied).Append(Mask);

            copied = i + PartLength;
        }

        return clean.Append(text, copied, text.Length - copied).ToString();
    }
}

/// <summary>
/// Passwords of proxies, and the form in which they are sent: a proxy can echo both, and the run-time's own messages repeat the
/// address of one that comes from the environment, password included.
/// </summary>
internal sealed class ProxySecret
{
    private static readonly string[] Variables = { "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy" };

    // What stands before the last @ of an address, whose scheme may be missing.
    private static readonly Regex UserPart = new("^(?>(?:.*?//)?)(?<user>[^:]+):(?<password>.+)@", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private readonly List<Secret> _secrets = new();

    public ProxySecret(NetworkCredential? credential)
    {
        string domain = string.IsNullOrEmpty(credential?.Domain) ? string.Empty : credential.Domain + "\\";
        Add(domain + credential?.UserName, credential?.Password);
        foreach (Match match in Variables.Select(name => UserPart.Match(Environment.GetEnvironmentVariable(name) ?? string.Empty)).Where(match => match.Success))
        {
            string password = match.Groups["password"].Value;
            _secrets.Add(new Secret(password));
            Add(Uri.UnescapeDataString(match.Groups["user"].Value), Uri.UnescapeDataString(password));
        }
    }

    public string RemoveFrom(string text) => _secrets.Aggregate(text, (current, secret) => secret.RemoveFrom(current));

    public void Clear() => _secrets.ForEach(secret => secret.Clear());

    private void Add(string? user, string? password)
    {
        if (!string.IsNullOrEmpty(password))
        {
            _secrets.Add(new Secret(password));
            _secrets.Add(new Secret(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));
        }
    }
}
