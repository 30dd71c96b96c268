using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>Where one tensor begins in another: <c>x.OffsetOf(like)</c>.</summary>
sealed partial class PartialEvaluator
{
    /// <summary>What a position may miss a whole number by: a stride that is no power of two leaves a rest in the last bits.</summary>
    const double Exactness = 1e-6;

    readonly Positions positions = new();

    ArrayValue OffsetOf(TensorValue x, TensorValue like, IOperation site)
    {
        var stage = Visible(site).Syntax;
        unused.Measured(like, stage);
        Spend(graph.NodeCount, site);
        if (x.Type is not { Batched: true, Sizes.Count: > 1 } || !like.Type.Batched || like.Type.Sizes.Count != x.Type.Sizes.Count)
        {
            throw NoOffset($"{x.Type} and {like.Type} must both be [N, C, …] with equally many axes; give the offset");
        }

        if (positions.Map(like, x) is not { } axes)
        {
            throw NoOffset("no way leads from both tensors to one that they are computed from, over layers that say where their results lie; give the offset");
        }

        var offsets = new ArrayValue([]);
        for (var i = 0; i < axes.Length; i++)
        {
            var (axis, offset) = (i + 2, Math.Round(axes[i].Shift));
            if (Math.Abs(axes[i].Scale - 1) > Exactness)
            {
                throw NoOffset(axes[i].Scale > 1
                    ? FormattableString.Invariant($"{like.Type} is {Math.Round(axes[i].Scale, 3)} times as coarse as {x.Type} on axis {axis}; enlarge it first, or give the offset")
                    : FormattableString.Invariant($"{x.Type} is {Math.Round(1 / axes[i].Scale, 3)} times as coarse as {like.Type} on axis {axis}; enlarge it first, or give the offset"));
            }

            if (Math.Abs(axes[i].Shift - offset) > Exactness)
            {
                throw NoOffset(FormattableString.Invariant($"{like.Type} begins between two elements of {x.Type} on axis {axis}, at {Math.Round(axes[i].Shift, 3)}; change a kernel or padding by one, or give the offset"));
            }

            offsets.Items.Add((int)offset);
        }

        return offsets;

        AnalysisException NoOffset(string reason) => Failure(Descriptors.NoOffset, site, $"{TextOf(stage)} cannot find its offset: {reason}");
    }
}
