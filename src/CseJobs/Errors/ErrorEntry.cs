namespace CseJobs.Errors;

/// <summary>A kind of error: its stable id, its category, what it means and what to do about it.</summary>
/// <param name="Id">First part of FullyQualifiedErrorId.</param>
/// <param name="Category">PowerShell's category.</param>
/// <param name="Meaning">What it means, for the tables of README and help.</param>
/// <param name="Action">What to do: ErrorDetails.RecommendedAction.</param>
internal sealed record ErrorEntry(string Id, ErrorCategory Category, string Meaning, string Action);
