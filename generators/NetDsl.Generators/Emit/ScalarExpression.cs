using System.Text.RegularExpressions;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>
/// The expression of an elementwise member with its names replaced: operands by what holds them, constants by literals, <c>T</c> by the lanes.
/// </summary>
static class ScalarExpression
{
    /// <summary>An identifier that is not a member of something.</summary>
    static readonly Regex Name = new(@"(?<![\w.@])[A-Za-z_]\w*", RegexOptions.CultureInvariant);

    /// <param name="lanes">What stands for <c>T</c>.</param>
    /// <param name="operands">C# for the value of each of the member's reads.</param>
    /// <param name="random">C# for a uniform random number.</param>
    /// <param name="free">C# for a constant that an instance decides.</param>
    public static string Of(Node node, string lanes, IReadOnlyList<string> operands, string random, Func<Constant, string> free)
    {
        var replacements = new Dictionary<string, string>();
        foreach (var constant in node.Constants)
        {
            replacements[constant.Name] = constant.Free is null && !constant.IsFreeReal ? constant.Literal : free(constant);
        }

        for (var i = 0; i < operands.Count; i++)
        {
            replacements[node.Member.Reads[i]] = operands[i];
        }

        // Last: an axis may be called T too.
        replacements["T"] = lanes;
        replacements["random"] = random;

        return Name.Replace(node.Member.Expression, match => replacements.TryGetValue(match.Value, out var text) ? text : match.Value);
    }
}
