using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CseJobs.Client.Text;

namespace CseJobs.Client.Json;

/// <summary>
/// Keeps texts so that equal ones are one object: most texts of a job (engine, user, type, status, names of steps) are the
/// same from job to job. Made into text and made safe once, they cost nothing afterwards. Thread-safe without a lock: a slot
/// that two threads fill at once holds one text or the other, whole.
/// </summary>
internal sealed class TextPool
{
    // Longer texts are logs and outputs, which seldom repeat.
    private const int MaxBytes = 64;
    private const int Slots = 512;
    private const int SlotShift = 64 - 9;

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>Reads the text, or what the API has in place of one, at the reader.</summary>
    public string? Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && !reader.HasValueSequence
            ? Get(reader.ValueSpan)
            : JsonText.Read(ref reader);

    /// <param name="utf8">The inside of a JSON string without escapes.</param>
    /// <returns>The text, safe to show.</returns>
    [MethodImpl(Hot.Path)]
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return string.Empty;
        }

        if (utf8.Length > MaxBytes)
        {
            return SafeText.Clean(Encoding.UTF8.GetString(utf8.ToArray()));
        }

        ref Entry? slot = ref _entries[SlotOf(utf8)];
        Entry? entry = slot;
        if (entry is null || !utf8.SequenceEqual(entry.Utf8))
        {
            byte[] own = utf8.ToArray();
            entry = new Entry(own, SafeText.Clean(Encoding.UTF8.GetString(own)));
            slot = entry;
        }

        return entry.Text;
    }

    // By length, beginning and end. Texts that share all three meet in one slot: then the pool merely saves less.
    [MethodImpl(Hot.Path)]
    private static int SlotOf(ReadOnlySpan<byte> utf8)
    {
        ulong mixed = (ulong)utf8.Length;
        if (utf8.Length >= sizeof(ulong))
        {
            mixed ^= BinaryPrimitives.ReadUInt64LittleEndian(utf8) ^ (BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(utf8.Length - sizeof(ulong))) << 1);
        }
        else
        {
            foreach (byte part in utf8)
            {
                mixed = (mixed << 8) + part;
            }
        }

        return (int)((mixed * 0x9E3779B97F4A7C15UL) >> SlotShift);
    }

    private sealed class Entry(byte[] utf8, string text)
    {
        public byte[] Utf8 { get; } = utf8;

        public string Text { get; } = text;
    }
}
