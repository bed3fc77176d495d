using System.Text;

namespace CseJobs.Reporting;

/// <summary>
/// Writes HTML that is well-formed by construction. Every text and every value of an attribute is encoded; there is no way to write markup
/// but <see cref="Tag"/>, whose names stand in the code. Attributes hold no address and no style.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new("<!DOCTYPE html>\n");

    /// <summary>Opens an element; what it returns closes it.</summary>
    public Element Tag(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is null)
                continue;

            _text.Append(' ').Append(attribute).Append("=\"");
            Append(value);
            _text.Append('"');
        }

        _text.Append('>');
        return new Element(this, name);
    }

    /// <summary>An element that has no end, or no contents.</summary>
    public void Void(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes);
        _text.Append('\n');
    }

    /// <summary>An element with a text.</summary>
    public void Text(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (Tag(name, attributes))
            Text(text);
    }

    /// <summary>A text.</summary>
    public void Text(string text) => Append(text);

    /// <summary>The style of the page. The parser of HTML takes it as it is.</summary>
    public void Style(string css) => _text.Append("<style>").Append(css).Append("</style>\n");

    /// <summary>A time, to be read by people and, with its distance from UTC, by programs.</summary>
    public void Time(DateTime utc, string format = "yyyy-MM-dd HH:mm")
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), TimeZoneInfo.Local);
        Text("time", local.ToString(format, CultureInfo.InvariantCulture), ("datetime", local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)));
    }

    public override string ToString() => _text.ToString();

    private void Append(string text)
    {
        foreach (char c in SafeText.Clean(text))
        {
            _ = c switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                _ => _text.Append(c),
            };
        }
    }

    /// <summary>An open element.</summary>
    internal readonly struct Element(HtmlWriter writer, string name) : IDisposable
    {
        public void Dispose() => writer._text.Append("</").Append(name).Append(">\n");
    }
}
