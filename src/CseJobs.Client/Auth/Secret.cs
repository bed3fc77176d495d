using System;
using System.Security;

namespace CseJobs.Client.Auth;

/// <summary>
/// Holds a secret for as long as a session lives. No member hands it to a formatter or serialiser; <see cref="Clear"/> wipes
/// the copy held here. (The text that goes into a request header is a string, which .NET cannot wipe.)
/// </summary>
internal sealed class Secret
{
    private readonly object _gate = new();
    private char[]? _value;

    public Secret(string value) => _value = value.ToCharArray();

    public bool IsCleared
    {
        get
        {
            lock (_gate)
            {
                return _value is null;
            }
        }
    }

    public static Secret From(SecureString value)
    {
        IntPtr pointer = System.Runtime.InteropServices.Marshal.SecureStringToGlobalAllocUnicode(value);
        try
        {
            return new Secret(System.Runtime.InteropServices.Marshal.PtrToStringUni(pointer, value.Length));
        }
        finally
        {
            System.Runtime.InteropServices.Marshal.ZeroFreeGlobalAllocUnicode(pointer);
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

    /// <summary>Takes the secret out of a text that may leave the module, for a server can echo what it was sent.</summary>
    public string RemoveFrom(string text)
    {
        lock (_gate)
        {
            // A very short "secret" would tear holes into ordinary words.
            return _value is null || _value.Length < 4 ? text : text.Replace(new string(_value), "[hidden]");
        }
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

    public override string ToString() => "[hidden]";
}
