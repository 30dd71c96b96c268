using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The one coordinate of a method that takes it in runs, or one by one if it asks for no end of a run.</summary>
sealed class CoordinateRun
{
    /// <summary>Units of a run of a sequence: with eight sums a register tile hides the latency of a multiply-add.</summary>
    const int SequenceRun = 8;

    /// <summary>Columns of a run of a table: each row's part is a few cache lines.</summary>
    const int ScatterRun = 64;

    readonly KernelArgument coordinate;
    readonly KernelArgument? runEnd;
    readonly Size size;
    readonly int length;
    string begin = "";
    string end = "";

    CoordinateRun(Node node, KernelArgument coordinate)
    {
        this.coordinate = coordinate;
        runEnd = node.Member.Arguments.FirstOrDefault(static a => a.Kind == BindingKind.RunEnd);
        size = node.Type.Sizes[coordinate.Axis];
        var run = runEnd is null ? 1 : node.Member.Form == MemberForm.Scatter ? ScatterRun : SequenceRun;
        length = size.IsFree ? run : Math.Min(size.Constant, run);
    }

    /// <summary>C# for the length: a constant, unless there is but one run, a shorter one.</summary>
    string Length => size.IsFree || length < size.Value ? $"{length}" : SizeMark.Of(Coordinates.CountName(coordinate.Parameter), length);

    /// <summary>How many runs there are.</summary>
    public Size Count => (size + length - 1) / length;

    /// <summary>The coordinate of a node's method; none if it has none.</summary>
    public static CoordinateRun? Of(Node node) => Coordinates.Of(node) switch
    {
        [] => null,
        [var coordinate] when coordinate.Axes == 1 => new(node, coordinate),
        _ => throw new InvalidOperationException($"{node.Operator.Name} has more than one coordinate beside those that it walks along."),
    };

    /// <summary>Declares where a run begins and ends; returns C# for its begin and length.</summary>
    public (string Begin, string Length) Declare(CpuBody body, string number)
    {
        begin = body.Names.Add(coordinate.Parameter);
        body.Writer.Line(length == 1 ? $"var {begin} = {number};" : $"var {begin} = {(number.Contains('/') || number == "item" ? number : $"({number})")} * {Length};");
        if (length == 1)
        {
            end = $"{begin} + 1";
            return (begin, "1");
        }

        end = body.Names.Add($"{coordinate.Parameter} end");
        body.Writer.Line($"var {end} = Math.Min({begin} + {Length}, {SizeMark.Of(Coordinates.CountName(coordinate.Parameter), size)});");
        return (begin, $"{end} - {begin}");
    }

    /// <summary>What to pass for a parameter.</summary>
    public string Text(KernelArgument argument) => argument.Kind == BindingKind.RunEnd ? end : begin;
}
