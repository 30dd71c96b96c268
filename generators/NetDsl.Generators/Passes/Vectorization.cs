using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>What the lanes of a vector hold while a kernel method runs.</summary>
enum Vectorization
{
    /// <summary>One element of sixteen samples: the layout of <see cref="Layout.Samples"/>, where every kernel method runs so.</summary>
    Samples,

    /// <summary>Neighbouring channels of one sample, in channel blocks: the method is called for blocks of channels as if they were channels.</summary>
    Channels,

    /// <summary>Neighbouring channels of one sample, in channel blocks, whose method reads channels beside them: they are laid out in a line first.</summary>
    Neighbours,

    /// <summary>Neighbouring positions of one sample, row-major: the method is called for the first of them.</summary>
    Positions,

    /// <summary>One element of one sample: right for every kernel method, and slow.</summary>
    Elements,
}

/// <summary>Chooses how a kernel method is vectorised where samples lie one after the other, from what its operator declares.</summary>
static class Vectorizations
{
    /// <summary>Fewer positions than the widest vector has lanes are not worth one.</summary>
    public const int EnoughPositions = TensorType.BlockSize;

    public static Vectorization Of(Node node, Func<int, TensorType> type) =>
        IsChannelwise(node, type) ? Vectorization.Channels
        : IsAmongNeighbours(node, type) ? Vectorization.Neighbours
        : IsPositionwise(node) ? Vectorization.Positions
        : Vectorization.Elements;

    /// <summary>Every value has the same channels, or is one number for all of them.</summary>
    static bool IsChannelwise(Node node, Func<int, TensorType> type)
    {
        if (!node.Operator.Channelwise || node.Type.Sizes.Count == 0)
        {
            return false;
        }

        var channels = node.Type.Sizes[0];
        return Fits(node.Type, isResult: true) && node.Operands.Where(static o => o >= 0).All(o => Fits(type(o), isResult: false));

        bool Fits(TensorType value, bool isResult) => value.Batched
            ? value.Sizes.Count > 0 && value.Sizes[0] == channels
            : (value.Sizes.Count == 1 && value.Sizes[0] == channels) || (!isResult && value.Count.Is(1));
    }

    /// <summary>Where an operand lies in channel blocks, rows would have to be made of it.</summary>
    static bool IsAmongNeighbours(Node node, Func<int, TensorType> type) =>
        node.Operator.Neighbours.Length > 0
        && node.Member is { Form: MemberForm.Element, IsRandom: false } member
        && member.Arguments.All(static a => a.Kind != BindingKind.Coordinate || a.Rest || a.Axis == 0)
        && node.Operands.Any(o => type(o).Storage == Storage.Blocks);

    /// <summary>The method takes a position and, by the rule for <c>*S</c>, reads nothing of others.</summary>
    static bool IsPositionwise(Node node)
    {
        var rest = node.Member.Arguments.FirstOrDefault(static a => a.Kind == BindingKind.Coordinate && a.Rest);
        return rest is not null
            && node.Type.Batched
            && rest.Axis + rest.Axes == node.Type.Sizes.Count
            && Positions(node, rest).Value >= EnoughPositions;
    }

    /// <summary>What an instance must meet for its kernels to be vectorised as they were compiled.</summary>
    public static IEnumerable<SizeFact> Conditions(IEnumerable<Kernel> kernels, Func<int, TensorType> type) => kernels
        .Select(static k => k.Nodes[0])
        .Where(n => n.Operator.Class != OperatorClass.Elementwise && Of(n, type) == Vectorization.Positions)
        .Select(static n => (n.Name, Places: Positions(n, n.Member.Arguments.First(static a => a.Kind == BindingKind.Coordinate && a.Rest))))
        .Where(static p => p.Places.IsFree)
        .Select(static p => new SizeFact("", $"{p.Places} >= {EnoughPositions}", $"'{p.Name}' has {FreeSizes.Hole(p.Places)} positions, but works on {EnoughPositions} at a time; give it a larger image"));

    /// <summary>How many values the coordinate of <c>*S</c> takes.</summary>
    public static Size Positions(Node node, KernelArgument rest) => Size.Product(node.Type.Sizes.Skip(rest.Axis).Take(rest.Axes));
}
