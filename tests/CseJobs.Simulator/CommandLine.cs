using System.Globalization;
using CseJobs.Simulator.Data;
using CseJobs.Simulator.Scenarios;

namespace CseJobs.Simulator;

/// <summary>The options of the program.</summary>
internal sealed class CommandLine
{
    // Ten years, so that no clock runs out of its range.
    private const int MostSkew = 315_360_000;

    private CommandLine()
    {
    }

    public SimulatorOptions Options { get; } = new();

    public bool Help { get; private set; }

    public bool IgnoreStdin { get; private set; }

    /// <summary>The program is this listener and nothing else; null if it is the simulator.</summary>
    public StalledListenerMode? ListenOnly { get; private set; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">An option is unknown or its value is not usable.</exception>
    public static CommandLine Parse(string[] args)
    {
        var line = new CommandLine();
        var projects = new List<SimulatedProject>();
        for (int i = 0; i < args.Length; i++)
        {
            string name = args[i];
            switch (name)
            {
                case "--help" or "-h" or "-?":
                    line.Help = true;
                    break;
                case "--no-stdin":
                    line.IgnoreStdin = true;
                    break;
                case "--iam-echo":
                    line.Options.IamEcho = true;
                    break;
                case "--region":
                    string[] pair = ++i < args.Length ? args[i].Split('=') : [];
                    projects.Add(pair is [var region, var id] ? new SimulatedProject(id, region) : throw new FormatException($"{name} needs NAME=PROJECT"));
                    break;
                case "--jobs" or "--engines" or "--port" or "--token" or "--project" or "--reading" or "--max-limit" or "--seed" or "--now"
                    or "--scenarios" or "--token-lifetime" or "--metadata" or "--date-skew" or "--tls" or "--listen-only":
                    line.Set(name, ++i < args.Length ? args[i] : throw new FormatException($"{name} needs a value"));
                    break;
                default:
                    throw new FormatException($"unknown option {name}");
            }
        }

        line.Options.Accounts = [.. line.Options.Accounts.Select((account, i) => i == 0 ? account with { Projects = [.. account.Projects, .. projects] } : account)];
        return line;
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--jobs":
                Options.Jobs = Number(name, value, 0, 2_000_000);
                break;
            case "--engines":
                Options.Engines = Number(name, value, 0, 100_000);
                break;
            case "--port":
                Options.Port = Number(name, value, 0, 65535);
                break;
            case "--token":
                Options.Token = value;
                break;
            case "--project":
                Options.ProjectId = value;
                break;
            case "--scenarios":
                Options.Scenarios = ScenarioCatalog.TryParseList(value, out _, out string unknown)
                    ? value
                    : throw new FormatException($"{name}: there is no scenario '{unknown}'");
                break;
            case "--max-limit":
                Options.MaxLimit = Number(name, value, 1, int.MaxValue);
                break;
            case "--seed":
                Options.Seed = Number(name, value, 0, int.MaxValue);
                break;
            case "--token-lifetime":
                Options.TokenLifetime = TimeSpan.FromSeconds(Number(name, value, 0, int.MaxValue));
                break;
            case "--date-skew":
                Options.DateSkew = TimeSpan.FromSeconds(Number(name, value, -MostSkew, MostSkew));
                break;
            case "--tls":
                Options.Tls = value switch
                {
                    "none" => TlsMode.None,
                    "untrusted" => TlsMode.Untrusted,
                    "expired" => TlsMode.Expired,
                    "wronghost" => TlsMode.WrongHost,
                    _ => throw new FormatException($"{name} is none, untrusted, expired or wronghost, not '{value}'"),
                };
                break;
            case "--listen-only":
                ListenOnly = value switch
                {
                    "stalled" => StalledListenerMode.AcceptsOnly,
                    "closing" => StalledListenerMode.RefusesAfterAccept,
                    _ => throw new FormatException($"{name} is stalled or closing, not '{value}'"),
                };
                break;
            case "--metadata":
                Options.MetadataMode = value switch
                {
                    "both" => MetadataMode.Both,
                    "v2" => MetadataMode.V2Only,
                    "v1" => MetadataMode.V1Only,
                    "none" => MetadataMode.NoAgency,
                    _ => throw new FormatException($"{name} is both, v2, v1 or none, not '{value}'"),
                };
                break;
            case "--reading":
                Options.OffsetReading = EngineName.ParseReading(value)
                    ?? throw new FormatException($"{name} is pages0, pages1 or records, not '{value}'");
                break;
            default:
                Options.Now = DateTimeOffset.TryParse(
                    value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset now)
                    ? now
                    : throw new FormatException($"{name} is an ISO 8601 time, not '{value}'");
                break;
        }
    }

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, least < 0 ? NumberStyles.AllowLeadingSign : NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} is a number from {least} to {most}, not '{value}'");
}
