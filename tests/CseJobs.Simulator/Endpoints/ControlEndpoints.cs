using System.Globalization;
using System.Text.Json;
using CseJobs.Simulator.Data;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>What tests in another process ask the simulator itself, below /_sim. No sign-in, never recorded.</summary>
internal sealed class ControlEndpoints(CseSimulator simulator, RequestRecorder recorder, EngineDirectory engines) : IEndpointGroup
{
    /// <inheritdoc/>
    public Func<ApiCall, ValueTask<Answer>>? Find(ApiCall call) =>
        call.Segments is ["_sim", ..] ? call => new ValueTask<Answer>(Handle(call)) : null;

    private Answer Handle(ApiCall call) => (call.Method, call.Segments) switch
    {
        ("GET", [_, "requests"]) => Requests(),
        ("DELETE", [_, "requests"]) => Done(recorder.Clear),
        ("GET", [_, "stats"]) => Stats(),
        ("POST", [_, "expire-tokens"]) => Done(simulator.ExpireTokens),
        ("POST", [_, "expire-agency-keys"]) => Done(simulator.ExpireAgencyKeys),
        ("GET", [_, "engines"]) => Engines(),
        ("POST", [_, "engines"]) => ControlBody.Read(call, AddEngine),
        ("GET", [_, "engines", var id]) => WithEngine(id, Engine),
        ("POST", [_, "engines", var id, "jobs"]) => WithEngine(id, engine => ControlBody.Read(call, body => AddJob(engine, body))),
        ("PUT", [_, "engines", var id, "jobs", var job]) =>
            WithEngine(id, engine => ControlBody.Read(call, body => SetStatus(engine, job, body))),
        ("DELETE", [_, "engines", var id, "jobs", var job]) => WithEngine(id, engine => RemoveJob(engine, job)),
        _ => NotFound($"{call.Method} {call.Target.Path}"),
    };

    private Answer Requests() => Answer.Json(200, json =>
    {
        json.WriteStartArray();
        foreach (RecordedRequest request in recorder.Snapshot())
        {
            json.WriteStartObject();
            json.WriteString("method", request.Method);
            json.WriteString("path", request.Path);
            json.WriteString("rawQuery", request.RawQuery);
            json.WriteStartObject("headers");
            foreach ((string name, string value) in request.Headers)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteString("body", request.Body);
            json.WriteNumber("statusCode", request.StatusCode);
            json.WriteString("at", request.At);
            json.WriteString("identity", request.Identity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static Answer Done(Action act)
    {
        act();
        return new Answer { Status = 204 };
    }

    private Answer Stats() => Answer.Json(200, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("peakConcurrency", recorder.PeakConcurrency);
        json.WriteNumber("requests", recorder.Count);
        json.WriteNumber("requestsUnderWay", simulator.RequestsUnderWay);
        json.WriteNumber("openConnections", simulator.OpenConnections);
        json.WriteNumber("tokensIssued", simulator.TokensIssued);
        json.WriteNumber("failedSignatures", simulator.FailedSignatures);
        json.WriteNumber("agencyKeysIssued", simulator.AgencyKeysIssued);
        json.WriteEndObject();
    });

    private Answer WithEngine(string id, Func<SimulatedEngine, Answer> handle) =>
        engines.Find(id) is SimulatedEngine engine ? handle(engine) : NotFound($"engine {id}");

    private static Answer Engine(SimulatedEngine engine) => Answer.Json(200, json => WriteEngine(json, engine));

    private static void WriteEngine(Utf8JsonWriter json, SimulatedEngine engine)
    {
        json.WriteStartObject();
        json.WriteString("id", engine.Id);
        WriteState(json, engine);
        json.WriteString("offsetReading", engine.OffsetReading.ToString());
        json.WriteNumber("maxLimit", engine.MaxLimit);
        json.WriteStartArray("jobs");
        foreach (SimulatedJob job in engine.Jobs)
        {
            WriteJob(json, job);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, SimulatedEngine engine)
    {
        json.WriteString("name", engine.Name);
        json.WriteString("status", engine.Status);
        json.WriteBoolean("gone", engine.IsGone);
        json.WriteString("enterpriseProjectId", engine.EnterpriseProjectId);
    }

    private Answer Engines() => Answer.Json(200, json =>
    {
        json.WriteStartArray();
        foreach (SimulatedEngine engine in simulator.Engines)
        {
            json.WriteStartObject();
            json.WriteString("id", engine.Id);
            WriteState(json, engine);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private Answer AddEngine(ControlBody body)
    {
        string name = body.Text("name") ?? throw new FormatException("name is missing");
        string id = body.Text("id") ?? EngineIds.For(name, 0);
        if (!Enum.TryParse(body.Text("kind") ?? nameof(EngineKind.ServiceComb), out EngineKind kind))
        {
            throw new FormatException("kind is ServiceComb, Shared, Nacos or MicroGateway");
        }

        return Answer.Json(201, json => WriteEngine(json, simulator.AddEngine(
            id,
            body.Number("jobs") ?? 5,
            body.Text("scenarios"),
            enterpriseProjectId: body.Text("enterpriseProjectId") ?? "0",
            name: name,
            kind: kind)));
    }

    private static Answer AddJob(SimulatedEngine engine, ControlBody body)
    {
        SimulatedJob job = engine.AddJob(body.Text("status") ?? JobStatuses.Executing, body.Text("type") ?? JobTypes.Configure);
        return Answer.Json(201, json => WriteJob(json, job));
    }

    private static Answer SetStatus(SimulatedEngine engine, string job, ControlBody body)
    {
        string status = body.Text("status") ?? throw new FormatException("status is missing");
        return long.TryParse(job, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            && engine.SetJobStatus(id, status) is SimulatedJob changed
                ? Answer.Json(200, json => WriteJob(json, changed))
                : NotFound($"job {job}");
    }

    private static Answer RemoveJob(SimulatedEngine engine, string job) =>
        long.TryParse(job, NumberStyles.None, CultureInfo.InvariantCulture, out long id) && engine.RemoveJob(id)
            ? new Answer { Status = 204 }
            : NotFound($"job {job}");

    private static void WriteJob(Utf8JsonWriter json, SimulatedJob job)
    {
        json.WriteStartObject();
        json.WriteNumber("id", job.Id);
        json.WriteString("status", job.Status);
        json.WriteString("type", job.Type);
        if (job.StartTime is long start)
        {
            json.WriteNumber("startTime", start);
        }

        json.WriteEndObject();
    }

    private static Answer NotFound(string what) => Answer.Json(404, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", "not found: " + what);
        json.WriteEndObject();
    });
}
