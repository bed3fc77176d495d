using CseJobs.Client.Paging;
using Xunit;

namespace CseJobs.Client.Tests.Faults;

/// <summary>Which failures make it needless to send what is still to come.</summary>
public sealed class AuthFailureLatchTests
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
        var latch = new AuthFailureLatch();
        latch.Note(null);
        Assert.Null(latch.For("e", 1));

        latch.Note(new CseApiException(reason, "first"));
        latch.Note(new CseApiException(CseErrorReason.AuthenticationFailed, "second"));

        Assert.Equal(concernsSession ? "first" : "second", latch.For("e", 1)?.Message);
        Assert.Equal(("e", 1L), (latch.For("e", 1)!.EngineId, latch.For("e", 1)!.JobId));
    }

    [Fact]
    public void A_spared_call_is_not_told_how_far_the_listing_of_another_engine_had_come()
    {
        var latch = new AuthFailureLatch();
        latch.Note(new CseApiException(CseErrorReason.SessionClosed, "closed").During(new ListingPosition { Received = 6000, Page = 7, Offset = 6 }));

        Assert.Null(latch.For("other", null)!.Listing);
    }
}
