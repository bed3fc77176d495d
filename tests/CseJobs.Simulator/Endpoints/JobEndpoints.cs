using System.Globalization;
using CseJobs.Simulator.Data;
using CseJobs.Simulator.Http;
using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The two documented calls: the list of an engine's jobs, and one job.</summary>
internal sealed class JobEndpoints(SimulatorOptions options, EngineDirectory engines) : IEndpointGroup
{
    /// <inheritdoc/>
    public Func<ApiCall, ValueTask<Answer>>? Find(ApiCall call)
    {
        bool list = call.Segments is ["v2", _, "enginemgr", "engines", _, "jobs"];
        if (!list && call.Segments is not ["v2", _, "enginemgr", "engines", _, "jobs", { Length: > 0 }])
        {
            return null;
        }

        call.ErrorShape = list ? ErrorShape.List : ErrorShape.Detail;
        call.NeedsSignIn = true;
        call.Engine = engines.Find(call.Segments[4]);
        return list ? call => new ValueTask<Answer>(List(call)) : call => new ValueTask<Answer>(Detail(call));
    }

    private Answer List(ApiCall call)
    {
        if ((EngineAccess.RefuseCaller(call, "GET") ?? EngineAccess.RefuseHeaders(call)) is Answer refusal)
        {
            return refusal;
        }

        if (EngineAccess.Reach(call, out Answer missing) is not SimulatedEngine engine)
        {
            return missing;
        }

        if (ListQuery.Parse(call.Target, out string problem) is not ListQuery query)
        {
            return Errors.InvalidParameter(call, problem);
        }

        if (engine.Id == CseSimulator.SeedEngineId)
        {
            return new Answer { Status = 200, Body = query.Offset is null or 0 or 1 ? Samples.List : Samples.EmptyList };
        }

        return Page(call, engine, query);
    }

    private Answer Page(ApiCall call, SimulatedEngine engine, ListQuery query)
    {
        var plan = new ListPlan(engine)
        {
            Offset = query.Offset ?? 0,
            Limit = (int)Math.Min(query.Limit ?? options.DefaultLimit, engine.MaxLimit),
            OldestFirst = call.Scenarios.Any(use => use.Scenario.OldestFirst),
        };
        foreach (ScenarioUse use in call.Scenarios)
        {
            use.Scenario.List?.Invoke(plan, use.Number);
        }

        if (plan.RejectsZero && query.Offset == 0)
        {
            return Errors.InvalidParameter(call, "offset must be at least 1");
        }

        if (query.Limit > plan.RefusedAbove)
        {
            return Errors.InvalidParameter(call, $"limit must be at most {plan.RefusedAbove}");
        }

        if (TimeWindow.Parse(plan.Window, query, out string problem) is not TimeWindow window)
        {
            return Errors.InvalidParameter(call, problem);
        }

        (SimulatedJob[] jobs, int count) = engine.Select(plan.Skip, plan.Limit, window.IsOpen ? null : window.Includes, plan.OldestFirst);
        return new Answer { Status = 200, Body = JobRenderer.Page(call, plan, jobs, plan.Total(count, jobs.Length)) };
    }

    private static Answer Detail(ApiCall call)
    {
        if (EngineAccess.RefuseCaller(call, "GET") is Answer refusal)
        {
            return refusal;
        }

        if (EngineAccess.Reach(call, out Answer missing) is not SimulatedEngine engine)
        {
            return missing;
        }

        string text = call.Segments[6];
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
        {
            return Errors.BadJobId(call, text);
        }

        if (EngineAccess.RefuseParameters(call) is Answer refused)
        {
            return refused;
        }

        if (engine.ReadJob(id) is not SimulatedJob job)
        {
            return Errors.NoSuchJob(call, id);
        }

        bool sample = engine.Id == CseSimulator.SeedEngineId && id == 12339;
        return new Answer { Status = 200, Body = sample ? Samples.Detail : JobRenderer.One(call, job, TaskShape.Phases) };
    }
}
