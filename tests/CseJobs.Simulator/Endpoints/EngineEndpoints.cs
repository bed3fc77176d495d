using System.Text.Json;
using CseJobs.Simulator.Data;
using CseJobs.Simulator.Http;
using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The calls about engines themselves: their list, one of them, and the action that retries its last job.</summary>
internal sealed class EngineEndpoints(SimulatorOptions options, EngineDirectory engines) : IEndpointGroup
{
    /// <inheritdoc/>
    public Func<ApiCall, ValueTask<Answer>>? Find(ApiCall call)
    {
        Func<ApiCall, Answer>? handle = call.Segments switch
        {
            ["v2", _, "enginemgr", "engines"] => List,
            ["v2", _, "enginemgr", "engines", { Length: > 0 }] => Detail,
            ["v2", _, "enginemgr", "engines", { Length: > 0 }, "actions"] => Act,
            _ => null,
        };
        if (handle is null)
        {
            return null;
        }

        call.ErrorShape = ErrorShape.Engine;
        call.NeedsSignIn = true;
        call.Engine = call.Segments.Count > 4 ? engines.Find(call.Segments[4]) : null;
        return call => new ValueTask<Answer>(handle(call));
    }

    private Answer List(ApiCall call)
    {
        if ((EngineAccess.RefuseCaller(call, "GET") ?? EngineAccess.RefuseHeaders(call)) is Answer refusal)
        {
            return refusal;
        }

        if (EngineQuery.Parse(call, out Answer? refused) is not EngineQuery query)
        {
            return refused!;
        }

        ScenarioUse refuse = options.ScenarioUses.FirstOrDefault(use => use.Scenario.Name == "refuse");
        if (refuse.Scenario is not null && query.Limit > refuse.Number)
        {
            return Errors.InvalidParameter(call, $"limit must be at most {refuse.Number}");
        }

        SimulatedEngine[] matching = [.. engines.Listed.Where(engine => EngineAccess.Sees(call, engine) && query.Wants(engine))];
        int limit = (int)Math.Min(query.Limit ?? options.DefaultLimit, options.MaxLimit);
        long skip = OffsetMeaning.Skip(options.OffsetReading, query.Offset, limit);
        SimulatedEngine[] page = [.. matching.Skip((int)skip).Take(limit)];
        bool countsPage = options.ScenarioUses.Any(use => use.Scenario.Name == "pagetotal");
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total"u8, countsPage ? page.Length : matching.Length);
            json.WriteStartArray("data"u8);
            foreach (SimulatedEngine engine in page)
            {
                EngineWriter.ListItem(json, EngineProfile.Of(engine, options));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private Answer Detail(ApiCall call)
    {
        if (EngineAccess.RefuseCaller(call, "GET") is Answer refusal)
        {
            return refusal;
        }

        if (EngineAccess.Reach(call, out Answer missing) is not SimulatedEngine engine)
        {
            return missing;
        }

        return EngineAccess.RefuseParameters(call)
            ?? Answer.Json(200, json => EngineWriter.Detail(json, EngineProfile.Of(engine, options), call.Segments[1]));
    }

    private static Answer Act(ApiCall call)
    {
        if (EngineAccess.RefuseCaller(call, "PUT") is Answer refusal)
        {
            return refusal;
        }

        if (!call.Header("Content-Type").StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return Errors.InvalidParameter(call, "Content-Type must be application/json;charset=UTF-8");
        }

        if (EngineAccess.Reach(call, out Answer missing) is not SimulatedEngine engine)
        {
            return missing;
        }

        if (EngineAccess.RefuseParameters(call) is Answer refused)
        {
            return refused;
        }

        if (Action(call.Body) is not string action)
        {
            return Errors.InvalidParameter(call, "the body must be an object with a text named action");
        }

        if (action != "Retry")
        {
            return Errors.InvalidParameter(call, $"unknown action {action}");
        }

        if (engine.Kind != EngineKind.ServiceComb)
        {
            return Errors.BadEngineType(call, "only exclusive ServiceComb engines can retry a job");
        }

        return engine.Retry() is SimulatedJob job
            ? Answer.Json(200, json => EngineWriter.Started(json, engine, job))
            : Errors.InvalidParameter(call, "the latest job of the engine has not failed");
    }

    private static string? Action(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("action", out JsonElement action)
                && action.ValueKind == JsonValueKind.String
                    ? action.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
