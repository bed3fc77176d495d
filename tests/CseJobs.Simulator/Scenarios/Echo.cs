using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>A server that gives away what it was told, secrets included; it proves that a client redacts what it prints.</summary>
internal static class Echo
{
    public static string Of(ApiCall call) =>
        "Incorrect IAM authentication information: received "
        + string.Join("; ", call.Context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))
        + "; body: " + call.Body;
}
