namespace CseJobs.Simulator;

/// <summary>Which versions of the instance metadata service answer.</summary>
public enum MetadataMode
{
    /// <summary>Version 2 with a token, and version 1 without.</summary>
    Both,

    /// <summary>Version 2 alone: 401 without a token.</summary>
    V2Only,

    /// <summary>Version 1 alone: asking for a token is 404.</summary>
    V1Only,

    /// <summary>Tokens are given, but the instance has no agency: the keys are 404.</summary>
    NoAgency,
}
