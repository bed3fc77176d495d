using System;
using System.Collections.Generic;
using System.Threading;
using CseJobs.Simulator.Scenarios;
using Microsoft.AspNetCore.Http;

namespace CseJobs.Simulator.Http;

/// <summary>One request on its way through the simulator.</summary>
internal sealed class ApiCall(HttpContext context, RequestTarget target, string body)
{
    public HttpContext Context { get; } = context;

    public RequestTarget Target { get; } = target;

    public string Body { get; } = body;

    public string Method => Context.Request.Method;

    public IReadOnlyList<string> Segments => Target.Segments;

    public string RequestId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The engine the path names, if it exists. Set by the endpoint group, so that the engine's scenarios apply.</summary>
    public SimulatedEngine? Engine { get; set; }

    /// <summary>Which call to its engine this is, counted from 1; 0 without an engine.</summary>
    public int Ordinal { get; set; }

    /// <summary>How errors of the service are spelt here.</summary>
    public ErrorShape ErrorShape { get; set; } = ErrorShape.Gateway;

    /// <summary>The scenarios that apply: the engine's and those of the X-Sim-Scenario header.</summary>
    public IReadOnlyList<ScenarioUse> Scenarios { get; set; } = [];

    /// <summary>A request header; empty if absent.</summary>
    public string Header(string name) => Context.Request.Headers[name].ToString();
}
