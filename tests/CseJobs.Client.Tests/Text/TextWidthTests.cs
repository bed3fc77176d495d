using CseJobs.Formatting;
using Xunit;

namespace CseJobs.Client.Tests.Text;

public sealed class TextWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("plain", 5)]
    [InlineData("升级引擎", 8)]
    [InlineData("엔진", 4)]
    [InlineData("ｶﾅ", 2)]
    [InlineData("Ａ", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("🚀", 2)]
    [InlineData("данные", 6)]
    public void Wide_characters_take_two_cells_and_marks_none(string text, int expected) => Assert.Equal(expected, TextWidth.Of(text));

    [Fact]
    public void Half_a_character_is_no_reason_to_fail() => Assert.Equal(2, TextWidth.Of("a\ud83d"));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("abcd", 1, "")]
    [InlineData("abcd", -5, "")]
    [InlineData("升级引擎", 8, "升级引擎")]
    [InlineData("升级引擎", 7, "升级引…")]
    [InlineData("升级引擎", 6, "升级…")]
    [InlineData("🚀🚀", 3, "🚀…")]
    public void A_text_is_cut_to_its_room(string text, int width, string expected) => Assert.Equal(expected, TextWidth.Cut(text, width));

    [Theory]
    [InlineData("abc", 5, "abc  ")]
    [InlineData("升级引擎", 6, "升级… ")]
    [InlineData("升级", 6, "升级  ")]
    public void A_text_fills_its_column(string text, int width, string expected) => Assert.Equal(expected, TextWidth.Fit(text, width));

    [Theory]
    [InlineData("one two three", 8, "one two |three")]
    [InlineData("onetwothree", 4, "onet|woth|ree")]
    [InlineData("a onetwothreefour", 10, "a onetwoth|reefour")]
    [InlineData("升级引擎", 5, "升级|引擎")]
    [InlineData("🚀🚀", 1, "🚀|🚀")]
    public void A_long_text_goes_on_below_itself_with_nothing_lost(string text, int width, string expected)
    {
        string[] pieces = [.. TextWidth.Wrap(text, width)];

        Assert.Equal(expected, string.Join('|', pieces));
        Assert.Equal(text, string.Concat(pieces));
    }

    [Fact]
    public void An_empty_text_has_no_pieces() => Assert.Empty(TextWidth.Wrap(string.Empty, 10).ToArray());
}
