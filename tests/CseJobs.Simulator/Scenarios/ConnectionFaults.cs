using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>Faults of the connection: resets, cuts, waits.</summary>
internal static class ConnectionFaults
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario.Spoil(
            "reset",
            "Resets the connection before the headers, for the first N calls, for all without a number.",
            (_, answer) => Delivery.Reset(answer)),
        new("failonce", "Only the Nth call meets a reset before the headers (2).")
        {
            Number = 2,
            Before = (call, which) =>
            {
                if (call.Count("failonce") == which)
                {
                    call.Faults.Add((_, answer) => Delivery.Reset(answer));
                }

                return default;
            },
        },
        Scenario.Spoil(
            "cut",
            "Headers with a Content-Length and half the body, then a reset, for the first N calls, for all without a number.",
            (_, answer) => Delivery.Cut(answer, chunked: false)),
        Scenario.Spoil(
            "cutchunked",
            "Half of a chunked body, then a reset, for the first N calls, for all without a number.",
            (_, answer) => Delivery.Cut(answer, chunked: true)),
        new("slowheaders", "Headers never come: waits until the client goes away, for the first N calls, for all without a number.")
        {
            Number = Scenario.EveryCall,
            Before = async (call, calls) =>
            {
                if (call.Count("slowheaders") <= calls)
                {
                    await Task.Delay(Timeout.Infinite, call.Aborted).ConfigureAwait(false);
                }

                return null;
            },
        },
        Scenario.Spoil(
            "stall",
            "Headers and half the body, then nothing until the client goes away, for the first N calls, for all without a number.",
            (_, answer) => Delivery.Stall(answer)),
        new("dribble", "The body comes byte by byte, spread over N milliseconds (300).")
        {
            Number = 300,
            Before = (call, milliseconds) =>
            {
                call.Faults.Add((_, answer) => Delivery.Dribble(answer, TimeSpan.FromMilliseconds(milliseconds)));
                return default;
            },
        },
        Scenario.Spoil(
            "wronglength",
            "The Content-Length is 100 more than the body, then the connection is closed, for the first N calls, for all without a number.",
            (_, answer) => RawDelivery.WrongLength(answer)),
        Scenario.Spoil(
            "http10close",
            "HTTP/1.0 without a length: the body ends with the connection, for the first N calls, for all without a number.",
            (_, answer) => RawDelivery.UntilClose(answer)),
        new(
            "chaos",
            "N percent of the calls (20) meet one of 429, 500, 502, 503, 504, reset, cut, truncated, 20 ms; the same ones on every run.")
        {
            Number = 20,
            Before = Chaos.BeforeAsync,
        },
    ];
}
