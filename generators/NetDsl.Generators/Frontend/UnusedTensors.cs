using Microsoft.CodeAnalysis;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// Finds stages whose result leads nowhere. A place counts as used when any of its tensors is read somewhere else: parts of a split that nobody takes, and what a loop makes
/// in its last round, are no mistakes.
/// </summary>
sealed class UnusedTensors
{
    readonly Dictionary<int, SyntaxNode> places = [];
    readonly HashSet<int> read = [];
    readonly HashSet<SyntaxNode> used = [];

    /// <summary>Notes a tensor, what it is computed from, and the stage.</summary>
    public void Made(TensorValue value, EquatableArray<int> operands, SyntaxNode place)
    {
        places.Add(value.Id, place);
        foreach (var operand in operands)
        {
            read.Add(operand);
            if (places.TryGetValue(operand, out var source) && source != place)
            {
                used.Add(source);
            }
        }
    }

    /// <summary>Notes a tensor that is returned, or discarded by <c>_ = …</c>: Caffe's Silence.</summary>
    public void Meant(object? value)
    {
        if (value is TensorValue tensor)
        {
            read.Add(tensor.Id);
            if (places.TryGetValue(tensor.Id, out var source))
            {
                used.Add(source);
            }
        }
        else if (value is TupleValue tuple)
        {
            foreach (var item in tuple.Items)
            {
                Meant(item);
            }
        }
    }

    /// <summary>Notes a tensor whose shape is asked for: by another stage that is a use, as of what <c>Crop</c> cuts to.</summary>
    public void Measured(TensorValue value, SyntaxNode place)
    {
        if (places.TryGetValue(value.Id, out var source) && !source.Span.Contains(place.Span))
        {
            Meant(value);
        }
    }

    /// <summary>The stages, in the order of evaluation.</summary>
    public IEnumerable<SyntaxNode> Find() => places.Where(p => !read.Contains(p.Key) && !used.Contains(p.Value)).OrderBy(static p => p.Key).Select(static p => p.Value).Distinct();
}
