using System;
using System.IO;
using System.IO.Compression;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace CseJobs.Client.Http;

/// <summary>
/// The body of an answer on .NET Framework, unpacked. Its own stream neither stops waiting when a read is cancelled nor says that
/// a body ended before its time, and once it unpacks nobody can tell whether one did.
/// </summary>
internal sealed class FrameworkBody(HttpWebResponse answer, HttpWebRequest request) : Stream
{
    private readonly Stream _body = IsPacked(answer)
        ? new GZipStream(answer.GetResponseStream(), CompressionMode.Decompress)
        : answer.GetResponseStream();

    private long _position;
    private bool _isRead;

    /// <summary>Bytes that there should be; null when the server did not say, or says it of the packed body.</summary>
    public long? Announced { get; } = IsPacked(answer) || answer.ContentLength < 0 ? null : answer.ContentLength;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration abort = cancellationToken.Register(request.Abort);
        try
        {
            int read = await _body.ReadAsync(buffer, offset, count, CancellationToken.None).ConfigureAwait(false);
            _position += read;
            _isRead = read == 0;
            return read == 0 && count > 0 && _position < Announced
                ? throw new EndOfStreamException($"The connection was closed after {_position:N0} of {Announced:N0} bytes.")
                : read;
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (WebException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Else the rest would be read first, so that the connection can be used again.
            if (!_isRead)
            {
                request.Abort();
            }

            _body.Dispose();
            answer.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsPacked(HttpWebResponse answer) => answer.ContentEncoding?.Equals("gzip", StringComparison.OrdinalIgnoreCase) == true;
}
