using System.Buffers;

namespace CseJobs.Client.Http;

/// <summary>
/// Reads a body whole, up to a limit: no server can make the caller's machine run out of memory. The buffer is rented: a page
/// is so large that each one newly made would bring a full garbage collection nearer. Give it back with <see cref="Return"/>.
/// </summary>
internal static class BoundedBody
{
    private const int FirstBuffer = 16 * 1024;

    /// <exception cref="BodyTooLargeException">The body is larger than <paramref name="limit"/>.</exception>
    public static Task<ArraySegment<byte>> ReadAsync(HttpContent content, long limit, CancellationToken cancellationToken) =>
        content.Headers.ContentLength > limit
            ? throw new BodyTooLargeException(limit)
            : ReadAsync(content, limit, cutAtLimit: false, cancellationToken);

    /// <summary>Reads no more than the beginning of a body.</summary>
    public static Task<ArraySegment<byte>> ReadStartAsync(HttpContent content, long limit, CancellationToken cancellationToken) =>
        ReadAsync(content, limit, cutAtLimit: true, cancellationToken);

    /// <summary>Gives a buffer back, emptied: an answer may hold what the next user of the buffer must not see.</summary>
    public static void Return(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer, clearArray: true);

    private static async Task<ArraySegment<byte>> ReadAsync(HttpContent content, long limit, bool cutAtLimit, CancellationToken cancellationToken)
    {
        // The announced length saves growing, but is not trusted with more than a page's worth of memory.
        int size = (int)Math.Min(Math.Max(content.Headers.ContentLength + 1 ?? FirstBuffer, 256), 4 * 1024 * 1024);
        // After a failure the buffer is left to the garbage collector: a broken connection might still write to it.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        int length = 0;
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (length == buffer.Length)
            {
                buffer = Larger(buffer, (int)Math.Min((long)length * 2, limit + 1));
            }

            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return new ArraySegment<byte>(buffer, 0, length);
            }

            length += read;
            if (length > limit)
            {
                return cutAtLimit ? new ArraySegment<byte>(buffer, 0, (int)limit) : throw new BodyTooLargeException(limit);
            }
        }
    }

    private static byte[] Larger(byte[] buffer, int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        Buffer.BlockCopy(buffer, 0, larger, 0, buffer.Length);
        Return(buffer);
        return larger;
    }
}
