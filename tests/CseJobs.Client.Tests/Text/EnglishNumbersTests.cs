using System.Globalization;
using CseJobs.Client.Http;
using CseJobs.Client.Waiting;
using CseJobs.Waiting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

/// <summary>Messages are English, whatever the culture of the reader: so are the numbers in them.</summary>
public sealed class EnglishNumbersTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public EnglishNumbersTests() => CultureInfo.CurrentCulture = new CultureInfo("de-DE");

    public void Dispose() => CultureInfo.CurrentCulture = _before;

    [Fact]
    public void The_time_of_a_wait() => Assert.StartsWith(
        "Job 5 of engine e had not ended after 3,600 seconds.",
        WaitText.TimedOut(new TrackedJob("e", 5), TimeSpan.FromHours(1)),
        StringComparison.Ordinal);

    [Fact]
    public void The_time_of_a_request()
    {
        var options = new CseClientOptions { Endpoint = new Uri("https://cse.example.com"), ProjectId = "p" };
        CseApiException failure = new TransportFailure(options.Endpoint, null, text => text, new CseService(options, namesProject: false)).Of(
            new OperationCanceledException(), TimeSpan.FromSeconds(1.5), isClosed: false);

        Assert.Equal("cse.example.com did not answer within 1.5 seconds.", failure.Message);
    }
}
