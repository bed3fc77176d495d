namespace CseJobs.Client.Auth.Lookup;

/// <summary>Where credentials are looked up: environment variables, files, the home directory. Tests bring their own.</summary>
internal sealed class Surroundings
{
    public static Surroundings OfProcess { get; } = new()
    {
        Variable = Environment.GetEnvironmentVariable,
        ReadFile = path => File.Exists(path) ? File.ReadAllText(path) : null,
        Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
    };

    public required Func<string, string?> Variable { get; init; }

    /// <summary>Text of a file; null when there is none.</summary>
    public required Func<string, string?> ReadFile { get; init; }

    public required string Home { get; init; }

    /// <summary>A variable that is set to something; an empty one counts as not set.</summary>
    public string? Get(string name) => Variable(name) is { } value && value.Trim().Length > 0 ? value.Trim() : null;
}
