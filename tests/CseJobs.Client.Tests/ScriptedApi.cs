using CseJobs.Client.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CseJobs.Client.Tests;

/// <summary>
/// A server that answers by script, for what no sound server says: lists that move between two requests, errors that quote what
/// was sent. The simulator is for everything else.
/// </summary>
internal sealed class ScriptedApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<string> _targets = [];

    private ScriptedApi(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Path and query of each request, in their order.</summary>
    public IReadOnlyList<string> Targets
    {
        get
        {
            lock (_gate)
            {
                return [.. _targets];
            }
        }
    }

    /// <summary>Starts a server; the script gets the number of the request, from 1, and says what is answered.</summary>
    public static Task<ScriptedApi> StartAsync(Func<int, string> answer) => StartAsync((number, _) => (200, answer(number)));

    public static async Task<ScriptedApi> StartAsync(Func<int, HttpResponse, (int Status, string Body)> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var api = new ScriptedApi(builder.Build());
        api._app.Run(async context =>
        {
            (context.Response.StatusCode, string body) = answer(api.Note(context.Request), context.Response);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
        });
        await api._app.StartAsync();
        return api;
    }

    /// <summary>A client that tries nothing twice, so that each request is one of the script.</summary>
    public CseClient Connect(string token = "token-of-the-tests") => new(
        new CseClientOptions { Endpoint = Address, ProjectId = "p", MaximumRetryCount = 0 }, new TokenCredential(token));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private int Note(HttpRequest request)
    {
        lock (_gate)
        {
            _targets.Add(request.Path + request.QueryString);
            return _targets.Count;
        }
    }
}
