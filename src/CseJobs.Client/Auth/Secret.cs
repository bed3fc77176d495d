using System;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;

namespace CseJobs.Client.Auth;

/// <summary>
/// Holds a secret for as long as a session lives. No member hands it to a formatter or serialiser; <see cref="Clear"/> wipes
/// the copy held here. (The text that goes into a request header is a string, which .NET cannot wipe.)
/// </summary>
internal sealed class Secret
{
    private const string Mask = "[hidden]";

    // A very short "secret" would tear holes into ordinary words.
    private const int ShortestRemoved = 4;

    private readonly object _gate = new();
    private char[]? _value;

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
        {
            return _value is null ? throw new ObjectDisposedException(nameof(Secret), "The session is closed.") : new string(_value);
        }
    }

    /// <summary>Takes the secret out of a text that may leave the module, for a server can echo what it was sent, escaped or not.</summary>
    public string RemoveFrom(string text)
    {
        string value;
        lock (_gate)
        {
            if (_value is null || _value.Length < ShortestRemoved)
            {
                return text;
            }

            value = new string(_value);
        }

        return text.Replace(value, Mask)
            .Replace(JsonEncodedText.Encode(value).ToString(), Mask)
            .Replace(Uri.EscapeDataString(value), Mask);
    }

    public void Clear()
    {
        lock (_gate)
        {
            if (_value is not null)
            {
                Array.Clear(_value, 0, _value.Length);
                _value = null;
            }
        }
    }

    public override string ToString() => Mask;
}
