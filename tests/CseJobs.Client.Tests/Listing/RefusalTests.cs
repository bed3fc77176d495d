using CseJobs.Listing;
using Xunit;

namespace CseJobs.Client.Tests.Listing;

/// <summary>Which failures make it needless to send what is still to come.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(CseErrorReason.AuthenticationFailed, true)]
    [InlineData(CseErrorReason.SessionClosed, true)]
    [InlineData(CseErrorReason.PermissionDenied, false)]
    [InlineData(CseErrorReason.EngineNotFound, false)]
    [InlineData(CseErrorReason.Throttled, false)]
    [InlineData(CseErrorReason.ConnectionFailed, false)]
    public void Only_one_of_the_whole_session_is_told_of_every_further_call(CseErrorReason reason, bool concernsSession)
    {
        var refusal = new Refusal();
        refusal.Note(null);
        Assert.Null(refusal.For("e", 1));

        refusal.Note(new CseApiException(reason, "first"));
        refusal.Note(new CseApiException(CseErrorReason.AuthenticationFailed, "second"));

        Assert.Equal(concernsSession ? "first" : "second", refusal.For("e", 1)?.Message);
        Assert.Equal(("e", 1L), (refusal.For("e", 1)!.EngineId, refusal.For("e", 1)!.JobId));
    }
}
