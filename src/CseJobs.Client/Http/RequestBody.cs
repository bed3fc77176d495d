namespace CseJobs.Client.Http;

/// <summary>A body whose bytes can be looked at: a signature covers them.</summary>
internal sealed class RequestBody(byte[] bytes) : ByteArrayContent(bytes)
{
    public byte[] Bytes { get; } = bytes;
}
