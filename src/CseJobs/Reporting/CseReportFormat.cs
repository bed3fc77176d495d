namespace CseJobs;

/// <summary>The format of a report.</summary>
public enum CseReportFormat
{
    /// <summary>One page that needs nothing else.</summary>
    Html = 0,

    /// <summary>For pull requests, chats and the summaries of CI steps, as GitHub renders it.</summary>
    Markdown = 1,
}
