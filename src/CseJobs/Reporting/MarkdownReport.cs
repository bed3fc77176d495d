namespace CseJobs.Reporting;

internal static class MarkdownReport
{
    public static string Write(JobReport report, ReportWords words) => report.Title + words.Title;
}
