using System.ComponentModel;

namespace CseJobs.Formatting;

/// <summary>The texts of the engines' views, called from CseJobs.Types.ps1xml as hidden code properties.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EngineView
{
    /// <summary>Status in the server's words, in the colour of the job status that corresponds to it.</summary>
    /// <param name="item">An engine.</param>
    /// <returns>The text.</returns>
    public static string Status(PSObject item)
    {
        string text = ViewValue.OneLine(item, "Status");
        return Palette.Paint(ToJobStatus(text), text.Length == 0 ? "-" : text);
    }

    /// <summary>Name in one line.</summary>
    /// <param name="item">An engine.</param>
    /// <returns>The text.</returns>
    public static string Name(PSObject item) => ViewValue.OneLine(item, "Name");

    /// <summary>Version, with a plus when there is a newer one.</summary>
    /// <param name="item">An engine.</param>
    /// <returns>For example <c>2.4.0 +</c>.</returns>
    public static string Version(PSObject item)
    {
        string version = ViewValue.OneLine(item, "Version");
        string latest = ViewValue.OneLine(item, "LatestVersion");
        return latest.Length == 0 || version.Length == 0 || latest == version ? version : version + " +";
    }

    /// <summary>Instances registered, and how many there can be.</summary>
    /// <param name="item">An engine.</param>
    /// <returns>For example <c>23/200</c>; empty for an engine read by its id: that answer has no numbers.</returns>
    public static string Instances(PSObject item)
    {
        string used = Number(item, "UsedInstance");
        string total = Number(item, "TotalInstance");
        return used.Length + total.Length == 0 ? string.Empty : $"{used}/{total}";
    }

    private static string Number(PSObject item, string property) =>
        System.Convert.ToString(item.Properties[property]?.Value, CultureInfo.InvariantCulture) ?? string.Empty;

    private static JobStatus ToJobStatus(string status) => status switch
    {
        "Available" => JobStatus.Finished,
        "Unavailable" or "CreateFailed" or "DeleteFailed" or "UpgradeFailed" or "ModifyFailed" => JobStatus.Error,
        "Creating" or "Deleting" or "Upgrading" or "Modifying" => JobStatus.Executing,
        "Freezed" => JobStatus.Init,
        _ => JobStatus.Unknown,
    };
}
