using System.Text;

namespace NetDsl.Generators.Emit;

/// <summary>Collects the lines of an emitted file: indentation, line feeds only, nothing that depends on the machine or the day.</summary>
sealed class SourceWriter
{
    readonly StringBuilder text = new();
    int depth;

    /// <summary>Writes text at the current indentation. It may hold several lines; empty ones carry no blanks.</summary>
    public void Line(string lines = "")
    {
        foreach (var line in lines.Split('\n'))
        {
            if (line.Length > 0)
            {
                text.Append(' ', depth * 4).Append(line);
            }

            text.Append('\n');
        }
    }

    /// <summary>Writes <paramref name="header"/> and an opening brace; disposing the result writes <paramref name="end"/>.</summary>
    public Scope Block(string header, string end = "}") => Enter(header.Length == 0 ? "{" : $"{header}\n{{", end);

    /// <summary>As <see cref="Block"/>, for a collection expression.</summary>
    public Scope List(string header, string end = "],") => Enter($"{header}\n[", end);

    /// <summary>A further level of indentation, without braces.</summary>
    public Scope Indent()
    {
        depth++;
        return new(this, null);
    }

    /// <summary>An XML documentation element; the text is escaped.</summary>
    public void Documentation(string element, string lines)
    {
        var escaped = Xml(lines);
        Line(escaped.IndexOf('\n') < 0
            ? $"/// <{element}>{escaped}</{EndTag(element)}>"
            : $"/// <{element}>\n/// {escaped.Replace("\n", "\n/// ")}\n/// </{EndTag(element)}>");
    }

    public override string ToString() => text.ToString();

    /// <summary>Text as content of an XML element.</summary>
    public static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    static string EndTag(string element) => element.Split(' ')[0];

    Scope Enter(string lines, string end)
    {
        Line(lines);
        depth++;
        return new(this, end);
    }

    /// <summary>Ends an indented region.</summary>
    public readonly struct Scope(SourceWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer.depth--;
            if (end is not null)
            {
                writer.Line(end);
            }
        }
    }
}
