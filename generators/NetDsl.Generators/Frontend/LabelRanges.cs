using Microsoft.CodeAnalysis;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// What the operators that read one input of labels take them for. By the convention of <c>NetDsl.Labels</c> the axis C of an operator counts the classes, and its argument <c>ignoreLabel</c> names
/// a label outside of them. All labels of an input are checked against one range when they are given to the network, so operators that differ would compute nonsense for some of them.
/// </summary>
sealed class LabelRanges
{
    const int None = int.MinValue;

    readonly Dictionary<int, List<Reading>> readings = [];

    sealed record Reading(int? Classes, int? Ignored, SyntaxNode Stage);

    /// <summary>Notes a use of labels. Returns an earlier one that takes them for something else, and the difference in words; null if there is none.</summary>
    public (SyntaxNode Earlier, string Difference)? Read(TensorValue labels, Bindings bindings, SyntaxNode stage)
    {
        var reading = new Reading(Integer(bindings, "C"), Integer(bindings, "ignoreLabel"), stage);
        if (!readings.TryGetValue(labels.Id, out var known))
        {
            readings.Add(labels.Id, known = []);
        }

        foreach (var other in known)
        {
            if (Difference(reading, other) is { } difference)
            {
                return (other.Stage, difference);
            }
        }

        known.Add(reading);
        return null;
    }

    static string? Difference(Reading here, Reading there) =>
        here.Classes is { } classes && there.Classes is { } others && classes != others ? $"its labels name {classes} classes here, but {others} there; give the labels of each an input of their own"
        : here.Ignored is null || there.Ignored is null || here.Ignored == there.Ignored ? null
        : here.Ignored == None ? Counts(there.Ignored, here.Classes) ? $"it takes the label {there.Ignored} for a class, which is ignored there; give 'ignoreLabel: {there.Ignored}'" : null
        : there.Ignored == None ? Counts(here.Ignored, there.Classes) ? $"it ignores the label {here.Ignored}, which is taken for a class there; ignore it in both" : null
        : $"it ignores the label {here.Ignored}, but {there.Ignored} is ignored there; one input has one label that is ignored";

    /// <summary>A label that would have to be a class but is none.</summary>
    static bool Counts(int? label, int? classes) => classes is { } count && (label < 0 || label >= count);

    static int? Integer(Bindings bindings, string name) => bindings.Values.TryGetValue(name, out var value) ? (int)value.Value : null;
}
