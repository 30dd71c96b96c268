using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>A range of an axis.</summary>
readonly record struct SliceRange(int Axis, Size Start, Size Length)
{
    public Size End => Start + Length;
}

/// <summary>The gradients by slices of one value, by range.</summary>
sealed class SliceGradients
{
    readonly Dictionary<SliceRange, int> gradients = [];

    /// <summary>Adds a contribution; equal ranges are summed at once.</summary>
    public void Add(SliceRange range, int gradient, Func<int, int, int> sum) =>
        gradients[range] = gradients.TryGetValue(range, out var earlier) ? sum(earlier, gradient) : gradient;

    /// <summary>
    /// The ranges and their gradients in as few layers as possible such that a layer's are disjoint, on one axis and in order: each layer is one concat.
    /// </summary>
    public List<List<(SliceRange Range, int Gradient)>> Layers()
    {
        var layers = new List<List<(SliceRange Range, int Gradient)>>();
        foreach (var range in gradients.Keys.OrderBy(static r => r.Axis).ThenBy(static r => r.Start.Value).ThenBy(static r => r.Length.Value))
        {
            var layer = layers.FirstOrDefault(l => l[l.Count - 1].Range.Axis == range.Axis && Size.IsNeverLess(range.Start, l[l.Count - 1].Range.End));
            if (layer is null)
            {
                layers.Add(layer = []);
            }

            layer.Add((range, gradients[range]));
        }

        return layers;
    }
}
