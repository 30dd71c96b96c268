using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>
/// The call of an operator's kernel method: views and coordinates first, then sizes and arguments as named literals, which inlining folds.
/// </summary>
static class KernelCall
{
    /// <param name="node">The equation.</param>
    /// <param name="lanes">The first type argument; empty for a method that is not generic.</param>
    /// <param name="bind">C# for a parameter that is no constant, and its view type (empty for a number).</param>
    /// <param name="literal">C# for a constant, where that is not its literal.</param>
    public static string Of(Node node, string lanes, Func<KernelArgument, (string Text, string ViewType)> bind, Func<Constant, string>? literal = null)
    {
        var types = new SortedDictionary<int, string>();
        var (variables, constants) = (new List<string>(), new List<string>());
        foreach (var argument in node.Member.Arguments)
        {
            if (argument.Kind == BindingKind.Constant)
            {
                var constant = node.Constants.First(c => c.Name == argument.Name);
                constants.Add($"{argument.Parameter}: {literal?.Invoke(constant) ?? constant.Literal}");
                continue;
            }

            var (text, viewType) = bind(argument);
            // By position, unless a constant stands before it.
            (constants.Count == 0 ? variables : constants).Add(constants.Count == 0 ? text : $"{argument.Parameter}: {text}");
            if (argument.TypeParameter >= 0)
            {
                types[argument.TypeParameter] = viewType;
            }
        }

        var call = lanes.Length == 0 ? node.Member.Method : $"{node.Member.Method}<{string.Join(", ", types.Values.Prepend(lanes))}>";
        var lines = new[] { variables, constants }.Where(static l => l.Count > 0).Select(static l => string.Join(", ", l));
        return $"{call}({string.Join(",\n    ", lines)})";
    }
}
