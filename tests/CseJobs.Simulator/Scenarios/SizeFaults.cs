using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Scenarios;

/// <summary>Absurd sizes, and compression.</summary>
internal static class SizeFaults
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Sized("huge", "A valid page whose first member is a string of N MB (200); chunked.", 200, BulkDelivery.Before),
        new("hugeerror", "500 with the service's error body, whose last member is a string of N MB (50); with a Content-Length.")
        {
            Number = 50,
            Before = (call, megabytes) =>
            {
                Answer answer = Errors.Internal(call);
                BulkDelivery.Behind(answer, megabytes);
                return new(answer);
            },
        },
        Sized("gzipbomb", "gzip, asked for or not: N MB of blanks (1024) in front of the valid page, 1 KB packed for each.", 1024, Compression.Bomb),
        Scenario.Spoil(
            "gzipcut",
            "Half of a gzip stream, asked for or not, with the right Content-Length, for the first N calls, for all without a number.",
            (_, answer) =>
            {
                Compression.Pack(answer);
                BodyFaults.Truncate(answer);
            }),
    ];

    private static Scenario Sized(string name, string description, int number, Action<Answer, int> fault) => new(name, description)
    {
        Number = number,
        Before = (call, megabytes) =>
        {
            call.Faults.Add((_, answer) => fault(answer, megabytes));
            return default;
        },
    };
}
