using System.Text;
using CseJobs.Client.Json;
using Xunit;

namespace CseJobs.Client.Tests.Json;

public sealed class TextPoolTests
{
    private readonly TextPool _texts = new();

    [Fact]
    public void Equal_texts_are_one_object() => Assert.Same(Get("Finished"), Get("Finished"));

    [Theory]
    [InlineData("a", "b")]
    [InlineData("prefix-1-suffix-of-eight", "prefix-2-suffix-of-eight")]
    [InlineData("", " ")]
    public void Texts_that_meet_in_one_slot_stay_apart(string one, string other)
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(one, Get(one));
            Assert.Equal(other, Get(other));
        }
    }

    [Fact]
    public void A_text_is_made_safe_once_and_stays_so()
    {
        Assert.Equal("\ufffd", Get("\u009b"));
        Assert.Equal("\ufffd", Get("\u009b"));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5000)]
    public void Long_texts_arrive_whole(int length) => Assert.Equal(new string('x', length), Get(new string('x', length)));

    [Fact]
    public void Threads_that_share_it_each_get_their_own_text() => Parallel.For(0, 16, thread =>
    {
        for (int i = 0; i < 20_000; i++)
        {
            string text = $"text {(i * 7919) + thread}";
            Assert.Equal(text, Get(text));
        }
    });

    private string Get(string text) => _texts.Get(Encoding.UTF8.GetBytes(text));
}
