namespace CseJobs.Client.Http;

/// <summary>Is told what a call does, on any thread. Whatever it throws is the caller's: it should not.</summary>
public interface ICallObserver
{
    /// <summary>A request has ended, well or not.</summary>
    /// <param name="trace">The request.</param>
    void RequestEnded(RequestTrace trace);

    /// <summary>A request failed and will be tried again after a wait.</summary>
    /// <param name="wait">The wait.</param>
    void Waiting(RetryWait wait);

    /// <summary>Something was noticed that calls for a person's attention, though the call goes on.</summary>
    /// <param name="message">What it is, in a sentence.</param>
    void Warning(string message)
    {
    }

    /// <summary>Something was found out about the service that explains what the call does.</summary>
    /// <param name="message">What it is, in a sentence.</param>
    void Notice(string message)
    {
    }
}
