using System.Text;
using System.Text.Json;
using CseJobs.Client.Json;
using Xunit;

namespace CseJobs.Client.Tests.Json;

/// <summary>Fields that nobody documents, and documented ones in forms that nobody documents.</summary>
public sealed class OddFieldTests
{
    [Theory]
    [InlineData("""{"id":1,"zone":"a","Zone":"b"}""")]
    [InlineData("""{"id":1,"zone":"a","zone":"b"}""")]
    [InlineData("""{"id":1,"zone\u0007":"a","zone\u2407":"b"}""")]
    public void Of_unknown_fields_with_one_name_the_last_one_counts(string json)
    {
        KeyValuePair<string, object?> field = Assert.Single(Job(json).AdditionalProperties);

        Assert.StartsWith("zone", field.Key);
        Assert.Equal("b", field.Value);
    }

    [Fact]
    public void Unknown_fields_within_one_are_found_in_any_case_too()
    {
        var place = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(Job("""{"id":1,"place":{"zone":"a","Zone":"b"}}""").AdditionalProperties["PLACE"]);

        Assert.Equal("b", Assert.Single(place).Value);
        Assert.Equal("b", place["ZONE"]);
    }

    [Fact]
    public void A_number_that_no_type_holds_keeps_its_digits()
    {
        IReadOnlyDictionary<string, object?> extra = Job("""{"id":1,"a":1e999,"b":-1e999,"c":1e300,"d":12345678901234567890}""").AdditionalProperties;

        Assert.Equal(new object?[] { "1e999", "-1e999", 1e300, 12345678901234567890d }, "abcd".Select(name => extra[name.ToString()]));
    }

    [Theory]
    [InlineData("""["a",null,"b"]""", "a; b")]
    [InlineData("\"a\"", "a")]
    [InlineData("\"\"", "")]
    [InlineData("[null]", "")]
    [InlineData("null", "")]
    public void Names_in_a_list_are_texts_in_phases_and_engines_alike(string names, string expected)
    {
        JobPhase phase = Assert.Single(Job($$"""{"id":1,"tasks":[{"taskName":"p","taskNames":{{names}}}]}""").Phases);
        Engine engine = EngineReader.ReadAnswer(Encoding.UTF8.GetBytes($$"""{"id":"e","vmIds":{{names}}}"""), new TextPool());

        Assert.Equal((expected, expected), (phase.TaskNames.ToString(), engine.VmIds.ToString()));
        Assert.DoesNotContain(null, phase.TaskNames);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Deep_nesting_is_refused_wherever_it_stands(string open, string close)
    {
        string deep = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));
        foreach (string json in new[] { deep, $$"""{"id":1,"new":{{deep}}}""", $$"""{"id":1,"context":{{deep}}}""", $$"""{"id":1,"tasks":{{deep}}}""", $$"""{"OK":{{deep}}}""" })
        {
            Assert.ThrowsAny<JsonException>(() => Job(json));
            Assert.ThrowsAny<JsonException>(() => JobReader.ReadPage(Encoding.UTF8.GetBytes(json), new TextPool()));
        }
    }

    [Theory]
    [InlineData("""{"id":{}}""", "A job id was expected, not StartObject (at byte 6).")]
    [InlineData("""{"id":1,"startTime":"soon"}""", "A number was expected, not String (at byte 20).")]
    [InlineData("""{"id":1,"tasks":7}""", "An array was expected, not Number (at byte 16).")]
    [InlineData("""{"status":"Error"}""", "A job's id was expected, not EndObject (at byte 17).")]
    public void What_cannot_be_read_is_told_with_its_place(string json, string message) =>
        Assert.Equal(message, Assert.ThrowsAny<JsonException>(() => Job(json)).Message);

    [Theory]
    [InlineData("\\ud83d", "\ufffd")]
    [InlineData("\\ude80\\ud83d", "\ufffd\ufffd")]
    [InlineData("\\ud83d\\ude80\\ud83d", "\U0001F680\ufffd")]
    [InlineData("\\\\ud83d \\ud83d \\\"\\u00e9\\n", "\\ud83d \ufffd \"\u00e9\n")]
    public void Half_a_surrogate_pair_costs_that_character_in_texts_and_names(string json, string expected)
    {
        EngineJob job = Job($$"""{"id":1,"description":"{{json}}","{{json}}":"x"}""");

        Assert.Equal(expected, job.Description);
        Assert.Equal(expected, Assert.Single(job.AdditionalProperties).Key);
    }

    private static EngineJob Job(string json) => JobReader.ReadAnswer(Encoding.UTF8.GetBytes(json), new TextPool());
}
