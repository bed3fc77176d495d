using System.Text;
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

    private static EngineJob Job(string json) => JobReader.ReadAnswer(Encoding.UTF8.GetBytes(json), new TextPool());
}
