namespace CseJobs.Client.Waiting;

/// <summary>Is told how a wait goes on, on any thread.</summary>
internal interface IWaitObserver
{
    /// <summary>A job was read and goes on.</summary>
    void GoesOn(WaitedJob job);

    /// <summary>A failed job is read again, because it was retried and may not have begun.</summary>
    void MayComeBack(WaitedJob job);

    /// <summary>A job could not be read for a passing reason.</summary>
    /// <param name="job">The job.</param>
    /// <param name="error">Why.</param>
    /// <param name="delay">When it is tried again.</param>
    /// <param name="isNews">False while an outage that was told of goes on.</param>
    void Missed(WaitedJob job, CseApiException error, TimeSpan delay, bool isNews);
}
