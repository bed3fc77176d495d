using System.Text;
using CseJobs.Client.Http;
using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>Bodies are read into rented buffers, which somebody else in the process gets next.</summary>
public sealed class BodyBufferTests
{
    [Fact]
    public async Task A_buffer_goes_back_empty()
    {
        using var content = new StringContent("""{"credential":{"secret":"not for the next one"}}""");
        ArraySegment<byte> body = await BoundedBody.ReadAsync(content, 1000, cutAtLimit: false, CancellationToken.None);
        using (Answer(body))
        {
            Assert.Contains("not for the next one", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        }

        Assert.All(body.Array!, part => Assert.Equal(0, part));
    }

    [Fact]
    public async Task An_answer_shows_nothing_after_its_buffer_went_back()
    {
        using var content = new StringContent("text");
        HttpAnswer answer = Answer(await BoundedBody.ReadAsync(content, 1000, cutAtLimit: false, CancellationToken.None));

        answer.Dispose();
        answer.Dispose();

        Assert.Equal(0, answer.Body.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16 * 1024)]
    [InlineData(16 * 1024 + 1)]
    [InlineData(300_000)]
    public async Task A_body_of_unknown_length_arrives_whole(int length)
    {
        byte[] sent = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        using var content = new StreamContent(new Drip(sent));

        ArraySegment<byte> body = await BoundedBody.ReadAsync(content, 1_000_000, cutAtLimit: false, CancellationToken.None);

        Assert.Equal(sent, body.ToArray());
    }

    private static HttpAnswer Answer(ArraySegment<byte> body) => new(new HttpResponseMessage(), body);

    /// <summary>Gives a few bytes at a time and does not know its length.</summary>
    private sealed class Drip(byte[] bytes) : System.IO.MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1000));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }
}
