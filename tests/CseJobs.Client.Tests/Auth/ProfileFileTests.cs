using System.Diagnostics;
using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>Files of the real file system that credentials are read from, and what only looks like one.</summary>
public sealed class ProfileFileTests : IDisposable
{
    private const string Ini = "[basic]\nak=FILEAK\nsk=FILESK\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("csejobs-profile").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_read_through_a_link_to_it()
    {
        string link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, Written("file", Ini));

        Assert.Equal("FILEAK", Find(link).Key!.Id);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("device")]
    [InlineData("link to a pipe")]
    [InlineData("empty file")]
    [InlineData("directory")]
    public async Task What_is_no_regular_file_with_something_in_it_is_refused_at_once(string kind)
    {
        if (OperatingSystem.IsWindows() && kind is not ("empty file" or "directory"))
        {
            return;
        }

        string path = kind switch
        {
            "device" => "/dev/zero",
            "empty file" => Written("empty", string.Empty),
            "directory" => _folder,
            _ => Pipe(),
        };
        if (kind == "link to a pipe")
        {
            path = File.CreateSymbolicLink(Path.Combine(_folder, "link"), path).FullName;
        }

        // The limit is only there so that a broken build ends.
        string message = (await Assert.ThrowsAsync<ArgumentException>(() => Task.Run(() => Find(path)).WaitAsync(TimeSpan.FromSeconds(30)))).Message;

        Assert.Contains(Path.GetFileName(path), message, StringComparison.Ordinal);
        Assert.Contains(kind == "directory" ? "no profile file" : "not a regular file", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024 * 1024, true)]
    [InlineData((1024 * 1024) + 1, false)]
    public void A_file_has_1_MiB_at_most(int length, bool isRead)
    {
        string path = Written("large", Ini + new string('#', length - Ini.Length));

        if (isRead)
        {
            Assert.Equal("FILEAK", Find(path).Key!.Id);
        }
        else
        {
            Assert.Contains("1 MiB", Assert.Throws<ArgumentException>(() => Find(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sign_in_can_be_left_while_its_file_does_not_answer()
    {
        using var release = new ManualResetEventSlim();
        var reads = new TaskCompletionSource();
        var around = new CredentialEnvironment
        {
            Variable = _ => null,
            ReadFile = _ =>
            {
                reads.SetResult();
                release.Wait();
                return Ini;
            },
            Home = "/",
        };
        using var cancel = new CancellationTokenSource();
        Task<SignInResult> signingIn = Task.Run(() => SignIn.FromEnvironmentAsync(
            new SignInOptions { Endpoint = new Uri("https://cse.example.com"), ProjectId = "p", Environment = around }, "/x", null, cancel.Token));
        await reads.Task;

        await cancel.CancelAsync();
        try
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signingIn.WaitAsync(TimeSpan.FromSeconds(30)));
        }
        finally
        {
            release.Set();
        }
    }

    private static FoundCredential Find(string path) =>
        new CredentialLookup(new SignInOptions { Endpoint = new Uri("https://cse.example.com") }).Find(path);

    private string Written(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Pipe()
    {
        string path = Path.Combine(_folder, "pipe");
        using Process made = Process.Start("mkfifo", path);
        made.WaitForExit();
        return path;
    }
}
