using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>
/// Passes over JSON in the one form in which servers write it: without blanks, numbers as digits. Whatever else it meets
/// makes it say no, and the job is read again by <see cref="Utf8JsonReader"/>, which takes every form. It exists because a
/// process that lists jobs for a second spends most of that second in a JSON library that is not yet compiled well.
/// </summary>
internal ref struct CompactCursor
{
    private const int MaxDigits = 18;

    private static readonly byte[] Null = "null"u8.ToArray();

    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    public CompactCursor(ReadOnlySpan<byte> bytes, TextPool texts)
    {
        _bytes = bytes;
        _at = 0;
        Texts = texts;
    }

    public TextPool Texts { get; }

    public int Position
    {
        readonly get => _at;
        set => _at = value;
    }

    public readonly ReadOnlySpan<byte> Rest => _bytes.Slice(_at);

    public readonly bool IsAtEnd => _at == _bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsAt(byte expected) => _at < _bytes.Length && _bytes[_at] == expected;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsAt(byte[] expected) =>
        expected.Length <= _bytes.Length - _at && _bytes.Slice(_at, expected.Length).SequenceEqual(expected);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Pass(byte expected)
    {
        bool passes = IsAt(expected);
        _at += passes ? 1 : 0;
        return passes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Pass(byte[] expected)
    {
        bool passes = IsAt(expected);
        _at += passes ? expected.Length : 0;
        return passes;
    }

    /// <summary>Passes over a whole number of up to 18 digits; the next byte must end it.</summary>
    [MethodImpl(Hot.Path)]
    public bool TryNumber(out long value)
    {
        value = 0;
        bool negative = Pass((byte)'-');
        int start = _at;
        while (_at < _bytes.Length && (uint)(_bytes[_at] - '0') <= 9)
        {
            value = (value * 10) + (_bytes[_at] - '0');
            _at++;
        }

        int digits = _at - start;
        value = negative ? -value : value;
        return digits is > 0 and <= MaxDigits
            && (digits == 1 || _bytes[start] != '0')
            && _at < _bytes.Length && _bytes[_at] is (byte)',' or (byte)'}';
    }

    /// <summary>Passes over a string or null.</summary>
    [MethodImpl(Hot.Path)]
    public bool TryText(out string? text)
    {
        text = null;
        if (!Pass((byte)'"'))
        {
            return Pass(Null);
        }

        int start = _at;
        bool escaped = false;
        for (; _at < _bytes.Length; _at++)
        {
            byte b = _bytes[_at];
            if (b == '"')
            {
                text = escaped ? Unescape(start - 1, _at + 1) : Texts.Get(_bytes.Slice(start, _at - start));
                _at++;
                return true;
            }

            if (b == '\\')
            {
                escaped = true;
                _at++;
            }
            else if (b < ' ')
            {
                return false;
            }
        }

        return false;
    }

    private readonly string? Unescape(int start, int end)
    {
        var reader = new Utf8JsonReader(_bytes.Slice(start, end - start));
        reader.Read();
        return JsonText.Read(ref reader);
    }
}
