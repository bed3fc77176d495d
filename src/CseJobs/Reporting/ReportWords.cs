using CseJobs.Formatting;

namespace CseJobs.Reporting;

/// <summary>The words of a report, in English or Chinese. Dates and numbers are the same in every language.</summary>
internal sealed class ReportWords(CultureInfo culture)
{
    private readonly bool _isChinese = culture.TwoLetterISOLanguageName == "zh";

    public string Language => Of("en", "zh-CN");
    public string Title => Of("Engine jobs of CSE", "CSE 引擎任务报告");
    public string Jobs => Of("Jobs", "任务");
    public string Job => Of("Job", "任务");
    public string Engine => Of("Engine", "引擎");
    public string Engines => Of("Engines", "引擎");
    public string Session => Of("Session", "会话");
    public string Sessions => Of("Sessions", "会话");
    public string Window => Of("Jobs begun", "任务开始时间");
    public string To => Of("to", "至");
    public string Zone => Of("Times", "时间");
    public string Made => Of("Made", "生成时间");
    public string MadeWith => Of("Made with", "生成工具：");
    public string Failed => Of("Failed", "失败");
    public string Finished => Of("Finished", "成功");
    public string Running => Of("Running", "正在运行");
    public string Waiting => Of("Waiting", "等待");
    public string Other => Of("Other", "其他");
    public string WhatFailed => Of("What failed, by engine", "各引擎的失败任务");
    public string NothingFailed => Of("No job has failed.", "没有失败的任务。");
    public string FailedJobs => Of("Failed jobs", "失败的任务");
    public string RunningJobs => Of("Running jobs", "正在运行的任务");
    public string Figures => Of("Figures by engine", "各引擎的统计");
    public string AllJobs => Of("All jobs", "所有任务");
    public string NoJobs => Of("There are no jobs.", "没有任务。");
    public string AsTable => Of("The chart as a table", "以表格显示");
    public string Type => Of("Type", "类型");
    public string Status => Of("Status", "状态");
    public string Step => Of("Step", "步骤");
    public string Reason => Of("Reason", "原因");
    public string User => Of("User", "用户");
    public string Description => Of("Description", "描述");
    public string Start => Of("Start", "开始");
    public string Duration => Of("Duration", "耗时");
    public string Median => Of("Median duration", "耗时中位数");
    public string Longest => Of("Longest", "最长耗时");
    public string Newest => Of("Newest", "最新");
    public string Count => Of("Count", "数量");
    public string Timeline => Of("Timeline", "时间线");
    public string EndOfLog => Of("End of the log", "日志末尾");
    public string NotBegun => Of("not begun", "尚未开始");
    public string Now => Of("now", "现在");
    public string NotRead => Of("(not read)", "（未读取）");
    public string NoSteps => Of("Its steps are not known.", "步骤未知。");
    public string Unread => Of("This job could not be read in detail: what follows is what the list told.", "无法读取此任务的详情，以下为列表中的内容。");

    public string Per(TimeUnit unit) => unit switch
    {
        TimeUnit.Week => Of("Jobs a week, by status", "每周任务数（按状态）"),
        TimeUnit.Month => Of("Jobs a month, by status", "每月任务数（按状态）"),
        _ => Of("Jobs a day, by status", "每日任务数（按状态）"),
    };

    public string Unit(TimeUnit unit) => unit switch
    {
        TimeUnit.Week => Of("Week from", "周（起始日）"),
        TimeUnit.Month => Of("Month", "月"),
        _ => Of("Day", "日期"),
    };

    /// <summary>The word for a <see cref="Glyphs.Kind"/>.</summary>
    public string Kind(int kind) => kind switch { 0 => Finished, 1 => Failed, 2 => Running, 3 => Waiting, _ => Other };

    public string Earlier(int jobs) => Of($"{N(jobs)} jobs began earlier and are not in the chart.", $"另有 {N(jobs)} 个任务开始得更早，未列入图中。");

    public string WaitingForStart(int jobs) => Of($"{N(jobs)} jobs have not begun and are not in the chart.", $"{N(jobs)} 个任务尚未开始，未列入图中。");

    public string MoreFailures(int jobs) => Of($"{N(jobs)} more failed for other reasons.", $"另有 {N(jobs)} 个任务因其他原因失败。");

    public string MoreEngines(int engines) => Of($"{N(engines)} more engines are left out here.", $"此处省略了另外 {N(engines)} 个引擎。");

    public string ShownInFull(int shown, int all) => Of($"The newest {N(shown)} of {N(all)} are shown in full; the others are counted above.", $"此处详细显示最新的 {N(shown)} 个（共 {N(all)} 个），其余只计入以上统计。");

    public string Listed(int shown, int all) => Of($"The newest {N(shown)} of {N(all)} are listed; all are in the figures.", $"此处列出最新的 {N(shown)} 个（共 {N(all)} 个），统计包含所有任务。");

    public string UnreadJobs(int jobs) => Of($"{N(jobs)} jobs could not be read in detail.", $"{N(jobs)} 个任务无法读取详情。");

    public static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>So many of all, <c>12.5 %</c> for example.</summary>
    public static string Percent(int part, int all) => all == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / all:0.#} %");

    public static string Span(TimeSpan? span) => span is { } value ? ViewTime.Duration(value < TimeSpan.Zero ? TimeSpan.Zero : value) : string.Empty;

    /// <summary>The zone of the times, with its distance from UTC; with both where the clocks change in between.</summary>
    public static string ZoneOf(IEnumerable<DateTime> times)
    {
        TimeZoneInfo zone = TimeZoneInfo.Local;
        string[] offsets = times.Select(time => zone.GetUtcOffset(time)).Distinct().Order().Select(offset =>
            $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture)}").ToArray();
        return $"{zone.Id} ({string.Join(", ", offsets)})";
    }

    private string Of(string english, string chinese) => _isChinese ? chinese : english;
}
