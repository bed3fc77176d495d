using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using CseJobs.Client;
using CseJobs.Client.Auth;
using CseJobs.Client.Jobs;
using CseJobs.Client.Tests;

namespace CseJobs.Desktop.Tests;

/// <summary>A simulator in another process, and clients to it.</summary>
internal sealed class Remote(Uri address)
{
    public const string Project = "0123456789abcdef0123456789abcdef";
    public const string Engine = "3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60";
    public const string SeedEngine = "ad76972c-a743-4770-859c-c98a680f4d98";

    public Uri Address { get; } = address;

    public CseClient Connect(
        string token = "sim-token", TimeSpan? timeout = null, bool skipCertificateCheck = false, Uri? endpoint = null, Uri? proxy = null) => new(
        new CseClientOptions
        {
            Endpoint = endpoint ?? Address,
            ProjectId = Project,
            Timeout = timeout ?? TimeSpan.FromSeconds(50),
            MaxResponseBytes = 64 * 1024 * 1024,
            SkipCertificateCheck = skipCertificateCheck,
            AllowUnencryptedAuthentication = true,
            Proxy = proxy,
            Delay = (_, _) => Task.CompletedTask,
        },
        new TokenCredential(token));

    public SignInOptions SignIn(string? project = null) =>
        new() { Endpoint = Address, IamEndpoint = Address, Region = "cn-north-4", ProjectId = project };

    public static SecureString Secret(string text)
    {
        var secret = new SecureString();
        text.ToList().ForEach(secret.AppendChar);
        return secret;
    }

    public static async Task<List<EngineJob>> ListAsync(CseClient client, string engine, JobQuery? query = null, Recorder? recorder = null)
    {
        var jobs = new List<EngineJob>();
        using JobPager pager = client.ListJobs(engine, query, recorder);
        while (await pager.NextAsync().ConfigureAwait(false) is { } page)
        {
            pager.Prefetch();
            jobs.AddRange(page.Jobs);
        }

        return jobs;
    }

    /// <summary>Ends when the simulator has seen a request for the engine.</summary>
    public async Task SeenAsync(string engine, CancellationToken cancellationToken = default)
    {
        using var asking = new WebClient();
        while (!(await asking.DownloadStringTaskAsync(Ask("requests")).ConfigureAwait(false)).Contains(engine))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public string Ask(string what) => $"{Address}_sim/{what}";
}
