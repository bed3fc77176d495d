using System.Net;
using CseJobs.Simulator.Access;
using CseJobs.Simulator.Data;
using CseJobs.Simulator.Endpoints;
using CseJobs.Simulator.Http;
using CseJobs.Simulator.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CseJobs.Simulator;

/// <summary>
/// The engine-job API on a loopback port, with IAM and the instance metadata service at the same address, written from the
/// specification alone. Engines are added, or made on demand by
/// self-describing names such as <c>sim-jobs1000-records-max7</c>; see <c>--help</c> for the scenarios.
/// </summary>
public sealed class CseSimulator : IAsyncDisposable
{
    /// <summary>The engine with <see cref="SimulatorOptions.Jobs"/> jobs and no surprises.</summary>
    public const string DefaultEngineId = "3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60";

    /// <summary>The engine of the specification: serves its two samples byte for byte.</summary>
    public const string SeedEngineId = "ad76972c-a743-4770-859c-c98a680f4d98";

    private readonly SimulatorOptions _options;
    private readonly EngineDirectory _engines;
    private readonly RequestRecorder _recorder;
    private readonly TokenStore _tokens;
    private readonly AgencyKeyStore _agencyKeys;
    private readonly SignatureCheck _signatures;
    private readonly ConnectionCounter _connections = new();
    private readonly WebApplication _app;

    private CseSimulator(SimulatorOptions options)
    {
        _options = options;
        _engines = new EngineDirectory(options);
        _recorder = new RequestRecorder(options.RecordLimit);
        _app = Build(options, _connections);

        AddEngine(DefaultEngineId, options.Jobs);
        AddEngine(SeedEngineId, 1, name: "test");
        foreach (EngineDefinition definition in Fleet.Create(options))
        {
            _engines.Add(definition);
        }

        var clock = new SimulatorClock(options);
        var accounts = new AccountDirectory(options);
        Accounts = accounts.All;
        _tokens = new TokenStore(options, clock);
        _agencyKeys = new AgencyKeyStore(options, clock, accounts);
        _signatures = new SignatureCheck(clock, accounts, _agencyKeys);
        var gate = new Gatekeeper(options, clock, accounts, _tokens, _signatures);
        IEndpointGroup[] groups =
        [
            new JobEndpoints(options, _engines),
            new EngineEndpoints(options, _engines),
            new IamEndpoints(options, accounts, _tokens, _agencyKeys),
            new MetadataEndpoints(options, clock, _agencyKeys),
        ];
        var pipeline = new RequestPipeline(new ControlEndpoints(this, _recorder, _engines), groups, _recorder, gate, clock);
        _app.Run(pipeline.HandleAsync);
    }

    /// <summary>Where it listens, such as http://127.0.0.1:43211/; https://localhost:43211/ with <see cref="SimulatorOptions.Tls"/>.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The project of <see cref="Token"/>.</summary>
    public string ProjectId => _options.ProjectId;

    /// <summary>The token that is accepted without having been issued.</summary>
    public string Token => _options.Token;

    /// <summary>Who can sign in.</summary>
    public IReadOnlyList<SimulatedAccount> Accounts { get; }

    /// <summary>How many tokens IAM has issued since the start.</summary>
    public int TokensIssued => _tokens.Issued;

    /// <summary>
    /// How many signatures have been refused since the start, for any reason but that the key was locked already.
    /// </summary>
    public int FailedSignatures => _signatures.Failures;

    /// <summary>How many sets of temporary keys the metadata service and IAM have given since the start.</summary>
    public int AgencyKeysIssued => _agencyKeys.Issued;

    /// <summary>The API requests since <see cref="ClearRequests"/> in the order of their arrival: a copy, taken now. Questions to /_sim are left out.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _recorder.Snapshot();

    /// <summary>
    /// The most API requests that were under way at once since <see cref="ClearRequests"/>. A request counts from its arrival
    /// until its answer begins to be sent.
    /// </summary>
    public int PeakConcurrency => _recorder.PeakConcurrency;

    /// <summary>
    /// The client connections that are open now, idle ones, unfinished TLS handshakes and whoever asks /_sim included. One that
    /// the client closes is missed a moment later.
    /// </summary>
    public int OpenConnections => _connections.Open;

    /// <summary>
    /// The API requests that are not over yet: from their arrival until the last byte is sent, or the client has gone away. A
    /// client that has just read its answer to the end may still find it here for a moment.
    /// </summary>
    public int RequestsUnderWay => _recorder.Unfinished;

    /// <summary>Starts a simulator; it is ready when the task ends.</summary>
    /// <param name="options">How it is set up; null takes the defaults.</param>
    /// <returns>The running simulator. Dispose it to stop it.</returns>
    public static async Task<CseSimulator> StartAsync(SimulatorOptions? options = null)
    {
        var simulator = new CseSimulator(options ?? new SimulatorOptions());
        try
        {
            await simulator._app.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            await simulator._app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var listening = new Uri(simulator._app.Urls.First() + "/");
        simulator.BaseAddress = simulator._options.Tls == TlsMode.None ? listening : new Uri($"https://localhost:{listening.Port}/");
        return simulator;
    }

    /// <summary>Adds an engine; one that has the same id is replaced.</summary>
    /// <param name="engineId">Any id; a name beginning with sim- is not read as a description here.</param>
    /// <param name="jobs">How many jobs it has.</param>
    /// <param name="scenarios">Names of scenarios, separated by commas; null for none.</param>
    /// <param name="reading">What offset counts; null takes that of the options.</param>
    /// <param name="maxLimit">The largest page; null takes that of the options.</param>
    /// <param name="enterpriseProjectId">The enterprise project it belongs to.</param>
    /// <param name="name">Its name; null makes one of the id.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="listed">Whether the list of engines shows it.</param>
    /// <returns>The engine. Its jobs are changed there: <see cref="SimulatedEngine.AddJob"/>, <see cref="SimulatedEngine.SetJobStatus"/>.</returns>
    /// <exception cref="ArgumentException">There is no such scenario.</exception>
    public SimulatedEngine AddEngine(
        string engineId,
        int jobs,
        string? scenarios = null,
        OffsetReading? reading = null,
        int? maxLimit = null,
        string enterpriseProjectId = "0",
        string? name = null,
        EngineKind kind = EngineKind.ServiceComb,
        bool listed = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(engineId);
        ArgumentOutOfRangeException.ThrowIfNegative(jobs);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLimit ?? 1, 1, nameof(maxLimit));
        if (!ScenarioCatalog.TryParseList(scenarios, out List<ScenarioUse> uses, out string unknown))
        {
            throw new ArgumentException($"There is no scenario '{unknown}'.", nameof(scenarios));
        }

        return _engines.Add(new EngineDefinition(engineId)
        {
            Name = name ?? EngineDefinition.NameOf(engineId),
            Kind = kind,
            Listed = listed,
            Jobs = jobs,
            Reading = reading ?? _options.OffsetReading,
            MaxLimit = maxLimit ?? _options.MaxLimit,
            EnterpriseProjectId = enterpriseProjectId,
            Scenarios = uses,
        }).Value;
    }

    /// <summary>The engines that the API lists, of all enterprise projects, in its order. One that is gone is left out.</summary>
    public IReadOnlyList<SimulatedEngine> Engines => _engines.Listed;

    /// <summary>Gives an engine, also one that is only made by its name.</summary>
    /// <param name="id">The engine's id.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="KeyNotFoundException">There is no such engine.</exception>
    public SimulatedEngine GetEngine(string id) =>
        _engines.Find(id) ?? throw new KeyNotFoundException($"There is no engine '{id}'.");

    /// <summary>Forgets the recorded requests and the peak of concurrency.</summary>
    public void ClearRequests() => _recorder.Clear();

    /// <summary>Gives the recorded requests and forgets them in one step: one that arrives meanwhile is in the next answer.</summary>
    /// <returns>The requests since the last call.</returns>
    public IReadOnlyList<RecordedRequest> TakeRequests() => _recorder.Take();

    /// <summary>Makes every token issued so far old: calls with it get 401 APIGW.0307. <see cref="Token"/> stays good.</summary>
    public void ExpireTokens() => _tokens.EndAll();

    /// <summary>Makes every temporary key given so far old: calls signed with it get 401 APIGW.0301.</summary>
    public void ExpireAgencyKeys() => _agencyKeys.EndAll();

    /// <summary>Stops listening and cuts what is still under way.</summary>
    /// <returns>A task that ends when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        // A stalled answer must not hold up the end of a test; half a second is for those that are just being sent.
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    // Empty: no configuration from the environment (ASPNETCORE_URLS), no logging to stdout.
    private static WebApplication Build(SimulatorOptions options, ConnectionCounter connections)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        if (options.Tls != TlsMode.None)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                // First, so that a handshake that never ends counts too.
                listen.Use(connections.Wrap);
                if (options.Tls != TlsMode.None)
                {
                    // HTTP/2 would leave the connection faults without their meaning.
                    listen.Protocols = HttpProtocols.Http1;
                    listen.UseHttps(TlsCertificates.Create(options.Tls));
                }
            });
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder.Build();
    }
}
