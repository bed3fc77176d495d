using CseJobs.Simulator.Access;
using CseJobs.Simulator.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CseJobs.Simulator.Http;

/// <summary>The way of every request: record, find the endpoint, let the scenarios interfere, answer.</summary>
internal sealed class RequestPipeline(
    IEndpointGroup control, IReadOnlyList<IEndpointGroup> groups, RequestRecorder recorder, Gatekeeper gate, SimulatorClock clock)
{
    private const string ScenarioHeader = "X-Sim-Scenario";
    private const int LongestBody = 1 << 20;

    private readonly CallCounters _withoutEngine = new();

    public async Task HandleAsync(HttpContext context)
    {
        RequestTarget target = RequestTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        byte[] body = await ReadBodyAsync(context.Request).ConfigureAwait(false);
        var call = new ApiCall(context, target, body) { Now = clock.Now, SharedCounters = _withoutEngine };

        // The tests' own questions are not part of what they test.
        if (control.Find(call) is { } handle)
        {
            Answer told = await handle(call).ConfigureAwait(false);
            await told.Deliver(context, told).ConfigureAwait(false);
            return;
        }

        RequestRecorder.Entry entry = recorder.Arrive(context, target, call.Body);
        try
        {
            Answer answer = await AnswerAsync(call, entry).ConfigureAwait(false);
            answer.Headers[call.TraceHeader] = call.RequestId;
            if (clock.DateHeader is string date)
            {
                answer.Headers["Date"] = date;
            }

            recorder.Identify(entry, call.Identity);
            recorder.Complete(entry, answer.Status);
            await answer.Deliver(context, answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (call.Aborted.IsCancellationRequested)
        {
            // The client gave up while a scenario kept it waiting.
        }
        catch (Exception bug)
        {
            // Kestrel turns it into a bare 500; without logging nobody would learn why.
            await Console.Error.WriteLineAsync($"simulator: {bug}").ConfigureAwait(false);
            throw;
        }
        finally
        {
            recorder.End(entry);
        }
    }

    private async Task<Answer> AnswerAsync(ApiCall call, RequestRecorder.Entry entry)
    {
        var handle = groups.Select(group => group.Find(call)).FirstOrDefault(found => found is not null);
        if (call.NeedsSignIn)
        {
            // Before the scenarios, as a gateway stands before its services; and known even if the client does not wait for
            // the answer.
            gate.Identify(call);
            recorder.Identify(entry, call.Identity);
        }

        call.Ordinal = call.Engine?.CountCall() ?? 0;
        if (!ScenarioCatalog.TryParseList(call.Header(ScenarioHeader), out List<ScenarioUse> asked, out string unknown))
        {
            return Errors.InvalidParameter(call, $"{ScenarioHeader}: there is no scenario '{unknown}'");
        }

        // What the request asks for replaces the engine's own use of the same scenario (another number, for instance).
        call.Scenarios = call.Engine is null
            ? asked
            : [.. call.Engine.Definition.Scenarios.Where(own => !asked.Exists(use => use.Scenario == own.Scenario)), .. asked];

        Answer? answer = null;
        foreach (ScenarioUse use in call.Scenarios)
        {
            if (use.Scenario.Before is { } before)
            {
                answer ??= await before(call, use.Number).ConfigureAwait(false);
            }
        }

        answer ??= handle is null ? Errors.NoSuchPath(call) : await handle(call).ConfigureAwait(false);
        foreach (ScenarioUse use in call.Scenarios)
        {
            use.Scenario.After?.Invoke(call, answer, use.Number);
        }

        foreach (Action<ApiCall, Answer> fault in call.Faults)
        {
            fault(call, answer);
        }

        return answer;
    }

    private static async ValueTask<byte[]> ReadBodyAsync(HttpRequest request)
    {
        // Most requests have none, and reading would cost a stream and a buffer each.
        if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
        {
            return [];
        }

        using var copy = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while (copy.Length < LongestBody
            && (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
        {
            copy.Write(buffer, 0, read);
        }

        return copy.ToArray();
    }
}
