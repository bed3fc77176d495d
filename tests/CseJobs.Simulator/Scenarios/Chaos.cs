using CseJobs.Simulator.Data;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>The faults of the scenario <c>chaos</c>: by chance, but the same for the same engine and number of the call.</summary>
internal static class Chaos
{
    private const string Name = "chaos";

    private static readonly Func<ApiCall, ValueTask<Answer?>>[] Faults =
    [
        call => new(Errors.Throttled(call)),
        call => new(Errors.Internal(call)),
        _ => new(StatusFaults.Html502()),
        _ => new(StatusFaults.Html503()),
        call => new(StatusFaults.BackendTimeout(call)),
        call => Spoil(call, Delivery.Reset),
        call => Spoil(call, answer => Delivery.Cut(answer, chunked: false)),
        call => Spoil(call, BodyFaults.Truncate),
        SlowAsync,
    ];

    public static ValueTask<Answer?> BeforeAsync(ApiCall call, int percent)
    {
        var dice = new Dice(Dice.Hash($"{call.Engine?.Id} {call.Count(Name)}"));
        bool spared = dice.Below(100) >= percent;
        return spared ? default : dice.Pick(Faults)(call);
    }

    private static ValueTask<Answer?> Spoil(ApiCall call, Action<Answer> fault)
    {
        call.Faults.Add((_, answer) => fault(answer));
        return default;
    }

    private static async ValueTask<Answer?> SlowAsync(ApiCall call)
    {
        await Task.Delay(20, call.Aborted).ConfigureAwait(false);
        return null;
    }
}
