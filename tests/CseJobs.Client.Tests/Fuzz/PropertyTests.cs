using System.Text;
using System.Text.Json;
using CseJobs.Client.Http;
using CseJobs.Client.Paging;
using CseJobs.Client.Json;
using CseJobs.Client.Tests.Paging;
using CseJobs.Client.Text;
using CseJobs.Parameters;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CseJobs.Client.Tests.Fuzz;

/// <summary>What must hold for every input, tried on thousands.</summary>
public sealed class PropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Fact]
    public void An_engine_id_is_refused_or_comes_back_from_its_path_segment_unchanged() =>
        Prop.ForAll<string?>(id =>
        {
            try
            {
                string segment = PathSegment.EngineId(id!);
                return Uri.UnescapeDataString(segment) == id && segment.All(c => c < 0x80 && c is not ('/' or '?' or '#' or '\\' or ' '));
            }
            catch (ArgumentException e)
            {
                return !e.Message.Any(char.IsControl);
            }
        }).Check(Thorough);

    [Fact]
    public void Safe_text_holds_no_control_character_and_cleaning_twice_changes_nothing() =>
        Prop.ForAll<string?>(text =>
        {
            string safe = SafeText.Clean(text ?? string.Empty);
            return safe.Length == (text ?? string.Empty).Length
                && !safe.Any(c => char.IsControl(c) && c is not ('\n' or '\t' or '\r'))
                && SafeText.Clean(safe) == safe
                && !SafeText.CleanLine(safe).Any(char.IsControl);
        }).Check(Thorough);

    [Fact]
    public void Any_text_arrives_as_it_was_but_for_what_is_made_safe() =>
        Prop.ForAll<string?>(text =>
        {
            string valid = new UTF8Encoding(false).GetString(Encoding.UTF8.GetBytes(text ?? string.Empty));
            string json = $"{{\"id\":1,\"description\":{JsonSerializer.Serialize(valid)}}}";
            return JobReader.ReadAnswer(Encoding.UTF8.GetBytes(json), new TextPool()).Description == SafeText.Clean(valid);
        }).Check(Thorough);

    [Fact]
    public void Any_text_as_a_time_gives_a_time_or_a_format_error() =>
        Prop.ForAll<string?>(text =>
        {
            try
            {
                _ = TimeText.Parse(text, new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
                return true;
            }
            catch (FormatException)
            {
                return true;
            }
        }).Check(Thorough);

    [Fact]
    public void Back_off_stays_within_its_bounds_and_a_server_that_asks_for_a_wait_gets_it() =>
        Prop.ForAll<int, int, double>((retry, retryAfterSeconds, jitter) =>
        {
            int count = 1 + (Math.Abs(retry % 40));
            double random = double.IsFinite(jitter) ? Math.Abs(jitter % 1) : 0.5;
            var policy = new RetryPolicy(100, () => random);
            TimeSpan? wait = policy.PauseBefore(Throttled(null), count, TimeSpan.FromHours(1));
            TimeSpan ceiling = TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, count - 1)));
            TimeSpan asked = TimeSpan.FromSeconds(Math.Abs(retryAfterSeconds % 1000));
            TimeSpan? granted = policy.PauseBefore(Throttled(asked), count, TimeSpan.FromHours(1));
            return wait >= TimeSpan.Zero && wait <= ceiling && (asked <= RetryPolicy.MaxRetryAfter ? granted == asked : granted is null);
        }).Check(Thorough);

    /// <summary>A list in memory under any reading, page size and clamp, growing at its head while it is read.</summary>
    [Fact]
    public void The_pager_hands_every_job_on_once_whatever_the_server_means() =>
        Prop.ForAll<(byte Total, byte PageSize, byte Clamp), byte, byte>((sizes, reading, growth) =>
        {
            int total = sizes.Total % 90;
            int pageSize = 1 + (sizes.PageSize % 30);
            int clamp = 1 + (sizes.Clamp % 30);
            int granted = Math.Min(pageSize, clamp);

            // A list that grows by a page with every page can't be read to its end by anybody.
            int growsBy = granted > 2 ? growth % (granted / 2) : 0;
            var server = new List<long>(Enumerable.Range(1, total).Select(i => (long)(1000 - i)));
            long newest = 1000;
            using Pager<EngineJob> pager = TestPager.Over(
                (ask, _) =>
                {
                    for (int i = 0; i < growsBy; i++)
                    {
                        server.Insert(0, newest++);
                    }

                    int size = Math.Min(ask.Limit, clamp);
                    long skip = (reading % 3) switch
                    {
                        0 => ask.Offset * size,
                        1 => Math.Max(0, ask.Offset - 1) * size,
                        _ => ask.Offset,
                    };
                    var page = new ListAnswer<EngineJob> { Total = server.Count };
                    page.Data.AddRange(server.Skip((int)skip).Take(size).Select(id => new EngineJob { Id = id }));
                    return Task.FromResult(page);
                },
                new JobQuery { PageSize = pageSize });

            List<long> ids = SimulatorFixture.ListAllAsync(pager).GetAwaiter().GetResult().Select(job => job.Id).ToList();
            return ids.Count == ids.Distinct().Count()
                && !Enumerable.Range(1, total).Select(i => (long)(1000 - i)).Except(ids).Any()
                && pager.Missing == 0;
        }).Check(Thorough);

    private static CseApiException Throttled(TimeSpan? retryAfter) => new(CseErrorReason.Throttled, "x") { IsTransient = true, RetryAfter = retryAfter };
}
