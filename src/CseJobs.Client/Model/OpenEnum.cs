namespace CseJobs.Client.Model;

/// <summary>Reads the API's open enumerations: any case, and never an exception for a value that a newer server may send.</summary>
internal static class OpenEnum
{
    public static JobStatus ToJobStatus(string? text) => text switch
    {
        // The exact spellings first: a job is asked for its status once per filter, view and sort.
        "Finished" => JobStatus.Finished,
        "Error" => JobStatus.Error,
        "Executing" => JobStatus.Executing,
        _ => Parse(text, JobStatus.Unknown),
    };

    public static JobType ToJobType(string? text) => Parse(text, JobType.Unknown);

    // Digits are refused: Enum.TryParse would take "4" for Error.
    private static T Parse<T>(string? text, T unknown)
        where T : struct, Enum =>
        !string.IsNullOrEmpty(text) && char.IsLetter(text![0]) && text.IndexOf(',') < 0 && Enum.TryParse(text, ignoreCase: true, out T value)
            ? value
            : unknown;
}
