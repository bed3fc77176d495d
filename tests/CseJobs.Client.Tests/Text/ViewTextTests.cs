using System;
using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class ViewTextTests
{
    [Theory]
    [InlineData(0, "0:00:00")]
    [InlineData(364, "0:06:04")]
    [InlineData(86_399, "23:59:59")]
    [InlineData(183_600, "2.03:00:00")]
    public void A_duration_reads_as_hours_minutes_and_seconds(int seconds, string expected) =>
        Assert.Equal(expected, ViewText.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\tc\n", "a b c")]
    [InlineData("a\u2028b", "a b")]
    public void A_text_goes_into_one_line(string text, string expected) => Assert.Equal(expected, ViewText.OneLine(text));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("abcd", 1, "")]
    [InlineData("abcd", -5, "")]
    public void A_text_is_cut_to_its_room(string text, int width, string expected) => Assert.Equal(expected, ViewText.Cut(text, width));
}
