using System.Globalization;
using System.Net;
using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>What a call says that was not tried again. No test waits.</summary>
public sealed class RetryPolicyTests
{
    [Fact]
    public async Task A_wait_that_is_too_long_is_told_once_though_the_failure_passes_two_calls()
    {
        // The sign-in on the way of a call is refused; the call does not begin again.
        using RequestPipeline iam = Make(new Refuses(300), new TokenCredential("t0ken"));
        using RequestPipeline cse = Make(new Refuses(1), new SignsInBy(iam));

        CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => cse.SendAsync(new ApiCall("/x", "e", 7), _ => 0, null, default));

        Assert.Equal("The server refuses for now: too many requests. (HTTP 429) It asks to wait 300 seconds.", error.Message);
        Assert.Equal(("e", 7L, TimeSpan.FromSeconds(300)), (error.EngineId, error.JobId, error.RetryAfter));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fr-FR")]
    [InlineData("ar-SA")]
    public async Task An_english_message_has_english_numbers(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            using RequestPipeline pipeline = Make(new Refuses(3600), new TokenCredential("t0ken"));

            CseApiException error = await Assert.ThrowsAsync<CseApiException>(() => pipeline.SendAsync(new ApiCall("/x"), _ => 0, null, default));

            Assert.EndsWith(" 3,600 seconds.", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static RequestPipeline Make(HttpMessageHandler handler, CseCredential credential)
    {
        var options = new CseClientOptions { Endpoint = new Uri("https://cse.example.com"), ProjectId = "p", TimeProvider = new TestClock() };
        return new RequestPipeline("https://cse.example.com", options, credential, new CseService(options, namesProject: false), handler);
    }

    private sealed class Refuses(int seconds) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            response.Headers.Add("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
            return Task.FromResult(response);
        }
    }

    private sealed class SignsInBy(RequestPipeline iam) : CseCredential
    {
        public override string IdentityKind => "Test";

        internal override Task<long> AuthorizeAsync(HttpRequestMessage request, ICallObserver? observer, CancellationToken cancellationToken) =>
            iam.SendAsync(new ApiCall("/iam"), _ => 0L, observer, cancellationToken);

        internal override string Redact(string text) => text;

        private protected override void Dispose(bool disposing)
        {
        }
    }
}
