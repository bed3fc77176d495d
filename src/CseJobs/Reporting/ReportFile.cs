namespace CseJobs.Reporting;

/// <summary>
/// A file that is written whole or not at all: beside its place, under a name that nobody can guess or plant a link at, and moved there in
/// one step. A link at the place itself is replaced; what it points to stays as it is.
/// </summary>
internal static class ReportFile
{
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text, bool overwrites, bool overwritesReadOnly)
    {
        var old = new FileInfo(path);
        bool isReadOnly = old.Exists && old.IsReadOnly;
        if (isReadOnly && !overwritesReadOnly)
            throw new UnauthorizedAccessException($"The file '{path}' is read-only.");

        string part = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}.part");
        try
        {
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            // Windows moves nothing over such a file. A link's own attributes are meant, and its target's are what would be changed.
            if (isReadOnly && old.LinkTarget is null)
                old.IsReadOnly = false;

            File.Move(part, path, overwrites);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
