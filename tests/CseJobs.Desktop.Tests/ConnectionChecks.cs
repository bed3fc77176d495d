using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CseJobs.Client;
using CseJobs.Client.Jobs;
using CseJobs.Client.Tests;

namespace CseJobs.Desktop.Tests;

/// <summary>TLS, proxies, hosts that are not there, and cancellation.</summary>
internal static class ConnectionChecks
{
    public static IEnumerable<Check> All(Uri address, Uri tlsAddress)
    {
        var remote = new Remote(address);
        var tls = new Remote(tlsAddress);
        yield return new Check("tls: an untrusted certificate ends the call at once", async () =>
        {
            using CseClient client = tls.Connect();
            var recorder = new Recorder();
            CseApiException error = await Expect.FailsAsync(
                CseErrorReason.ConnectionFailed, () => client.GetJobAsync(Remote.SeedEngine, 12339, recorder)).ConfigureAwait(false);
            Expect.True(error.Message.Contains("certificate"), $"'{error.Message}' names the certificate");
            Expect.Equal(0, recorder.Waits.Count, "the number of retries");
        });
        yield return new Check("tls: SkipCertificateCheck accepts it, for that client alone", async () =>
        {
            using CseClient trusting = tls.Connect(skipCertificateCheck: true);
            Expect.Equal(12339, (await trusting.GetJobAsync(Remote.SeedEngine, 12339).ConfigureAwait(false)).Id, "the id");
            using CseClient careful = tls.Connect();
            await Expect.FailsAsync(CseErrorReason.ConnectionFailed, () => careful.GetJobAsync(Remote.SeedEngine, 12339)).ConfigureAwait(false);
        });
        yield return Check.Of("tls: 1.2 is allowed whatever the process began with", () =>
        {
            SecurityProtocolType before = ServicePointManager.SecurityProtocol;
            try
            {
                // Where Windows PowerShell begins on a machine without further settings.
                ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;
                remote.Connect().Dispose();
                Expect.Equal(SecurityProtocolType.Tls | SecurityProtocolType.Tls12, ServicePointManager.SecurityProtocol, "what is allowed");
            }
            finally
            {
                ServicePointManager.SecurityProtocol = before;
            }
        });
        yield return new Check("proxy: requests go through it", async () =>
        {
            using CseClient client = remote.Connect(endpoint: new Uri("http://cse.no-such-host.invalid"), proxy: remote.Address);
            Expect.Equal(12339, (await client.GetJobAsync(Remote.SeedEngine, 12339).ConfigureAwait(false)).Id, "the id");
        });
        yield return Check.Of("proxy: one that only .NET can use is refused in so many words", () =>
            Expect.Throws<ArgumentException>(() => remote.Connect(proxy: new Uri("socks5://127.0.0.1:1"))));
        yield return new Check("host: one that does not exist ends the call at once", async () =>
        {
            using CseClient client = remote.Connect(endpoint: new Uri("https://cse.no-such-host.invalid"));
            var recorder = new Recorder();
            CseApiException error = await Expect.FailsAsync(
                CseErrorReason.ConnectionFailed, () => client.GetJobAsync("e", 1, recorder)).ConfigureAwait(false);
            Expect.True(error.Message.Contains("There is no host named cse.no-such-host.invalid"), $"'{error.Message}' says so");
        });
        yield return new Check("host: a refused connection is tried again", async () =>
        {
            using CseClient client = remote.Connect(endpoint: new Uri("http://127.0.0.1:1"));
            CseApiException error = await Expect.FailsAsync(CseErrorReason.ConnectionFailed, () => client.GetJobAsync("e", 1)).ConfigureAwait(false);
            Expect.Equal((4, true), (error.Retries, error.IsUnsent), "retries, and whether nothing was sent for certain");
        });
        foreach (string scenario in new[] { "slowheaders", "stall" })
        {
            yield return new Check($"cancellation: {scenario}", async () =>
            {
                string engine = $"sim-jobs5-{scenario}-idcancel";
                using CseClient client = remote.Connect();
                using var cancel = new CancellationTokenSource();
                using JobPager pager = client.ListJobs(engine);
                Task call = pager.NextAsync(cancel.Token);
                await remote.SeenAsync(engine).ConfigureAwait(false);
                cancel.Cancel();
                await Expect.CancelledAsync(call).ConfigureAwait(false);
            });
        }

        yield return new Check("cancellation: a session that is closed while it waits", async () =>
        {
            const string Engine = "sim-jobs5-slowheaders-idclosed";
            CseClient client = remote.Connect();
            Task call = client.GetJobAsync(Engine, 1);
            await remote.SeenAsync(Engine).ConfigureAwait(false);
            client.Dispose();
            await Expect.FailsAsync(CseErrorReason.SessionClosed, () => call).ConfigureAwait(false);
        });
        yield return new Check("timeout: a body that stalls", async () =>
        {
            using CseClient client = remote.Connect(timeout: TimeSpan.FromMilliseconds(300));
            await Expect.FailsAsync(CseErrorReason.TimeoutReached, async () =>
            {
                using JobPager pager = client.ListJobs("sim-jobs5-stall-idtimeout");
                await pager.NextAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
        });
    }
}
