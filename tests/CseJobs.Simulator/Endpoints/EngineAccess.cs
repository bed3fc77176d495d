using CseJobs.Simulator.Access;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>Who may call, and what they may see of the engines: the same for every call below enginemgr.</summary>
internal static class EngineAccess
{
    /// <summary>Refuses a caller, a method or a project; null lets the call pass.</summary>
    public static Answer? RefuseCaller(ApiCall call, string method) => call.Method != method
        ? Errors.MethodNotAllowed(call, method)
        : call.Refusal ?? Gatekeeper.RefuseProject(call, call.Segments[1]);

    /// <summary>Refuses a list call without the headers that its document calls mandatory; null lets it pass.</summary>
    public static Answer? RefuseHeaders(ApiCall call)
    {
        if (!call.Header("Content-Type").StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return Errors.InvalidParameter(call, "Content-Type must be application/json;charset=UTF-8");
        }

        return call.Header("Accept").Contains("application/json", StringComparison.OrdinalIgnoreCase)
            ? null
            : Errors.InvalidParameter(call, "Accept must be application/json");
    }

    /// <summary>Refuses a call that takes no parameters but has one; null lets it pass.</summary>
    public static Answer? RefuseParameters(ApiCall call) =>
        call.Target.Parameters().Select(parameter => parameter.Name).FirstOrDefault() is string unknown
            ? Errors.InvalidParameter(call, $"unknown parameter {unknown}")
            : null;

    /// <summary>Whether the caller sees this engine: one of another enterprise project is as good as none.</summary>
    public static bool Sees(ApiCall call, SimulatedEngine engine)
    {
        string project = call.Header("X-Enterprise-Project-ID");
        return engine.EnterpriseProjectId == (project.Length == 0 ? "0" : project);
    }

    /// <summary>The engine of the path, if the caller sees it and it is still there; else <paramref name="missing"/> says that it is not.</summary>
    public static SimulatedEngine? Reach(ApiCall call, out Answer missing)
    {
        SimulatedEngine? engine = call.Engine is { } found && Sees(call, found) ? found : null;
        bool told401 = engine is { IsGone: true } && engine.Definition.Scenarios.Exists(use => use.Scenario.GoneAs401);
        missing = told401 ? Errors.NoSuchEngine401() : Errors.NoSuchEngine(call, call.Segments[4]);
        return engine is { IsGone: false } ? engine : null;
    }
}
