using System.Buffers.Binary;

namespace CseJobs.Simulator.Data;

/// <summary>UUIDs that are the same on every run.</summary>
internal static class EngineIds
{
    /// <summary>The id that goes with a name and a seed.</summary>
    public static string For(string name, int seed)
    {
        var dice = new Dice(Dice.Hash(name) ^ ((ulong)(uint)seed << 32));
        return Next(ref dice);
    }

    /// <summary>A random UUID (version 4) by the dice.</summary>
    public static string Next(ref Dice dice)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, dice.Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], dice.Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
