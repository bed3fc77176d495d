namespace CseJobs.Formatting;

/// <summary>What the console can show.</summary>
internal static class ConsoleFacts
{
    private const int Utf8 = 65001;

    /// <summary>Cells of a line; 80, which is also what the engine takes, when there is no console to ask.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.IsOutputRedirected || Console.WindowWidth < 40 ? 80 : Console.WindowWidth;
            }
            catch (IOException)
            {
                return 80;
            }
        }
    }

    /// <summary>Only UTF-8 has all the signs; what another encoding lacks would come out as question marks.</summary>
    public static Glyphs Glyphs
    {
        get
        {
            try
            {
                return Console.OutputEncoding.CodePage == Utf8 ? Glyphs.Unicode : Glyphs.Ascii;
            }
            catch (IOException)
            {
                return Glyphs.Ascii;
            }
        }
    }
}
