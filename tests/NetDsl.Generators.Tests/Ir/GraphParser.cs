using System.Globalization;
using System.Text.RegularExpressions;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Ir;

/// <summary>
/// Reads the text that <see cref="GraphPrinter"/> writes, with operators by name from a table. Blank lines and lines that begin with <c>//</c> are skipped.
/// </summary>
static class GraphParser
{
    public static Graph Parse(string text) => Parse(text, TestOperators.All);

    public static Graph Parse(string text, IReadOnlyDictionary<string, OperatorSpec> operators)
    {
        var (name, algorithms) = ("", "Fastest");
        List<Input> inputs = [];
        List<Parameter> parameters = [];
        List<Node> nodes = [];
        List<Result> results = [];
        foreach (var line in text.Split('\n').Select(static l => l.Trim()).Where(static l => l.Length > 0 && l != "}" && !l.StartsWith("//", StringComparison.Ordinal)))
        {
            if (Header.Match(line) is { Success: true } header)
            {
                name = header.Groups["name"].Value;
                algorithms = header.Groups["algorithms"] is { Success: true } group ? group.Value : algorithms;
            }
            else if (line.StartsWith("return ", StringComparison.Ordinal))
            {
                results.AddRange(line["return ".Length..].Split(", ").Select(ParseResult));
            }
            else if (InputLine.Match(line) is { Success: true } input)
            {
                inputs.Add(new(Value(input), input.Groups["name"].Value, Type(input), input.Groups["kind"].Value == "labels" ? InputKind.Labels : InputKind.Tensor));
            }
            else if (ParameterLine.Match(line) is { Success: true } parameter)
            {
                parameters.Add(ParseParameter(parameter));
            }
            else if (NodeLine.Match(line) is { Success: true } node)
            {
                nodes.Add(ParseNode(node, operators));
            }
            else
            {
                throw new FormatException($"Not a line of a graph: {line}");
            }
        }

        return new("", name, algorithms, inputs.ToEquatableArray(), parameters.ToEquatableArray(), nodes.ToEquatableArray(), results.ToEquatableArray());
    }

    static Parameter ParseParameter(Match match)
    {
        var facts = match.Groups["facts"].Value.Split(", ");
        var initializer = InitializerText.Match(facts[0]);
        return new(
            Value(match),
            match.Groups["path"].Value,
            Type(match),
            initializer.Groups["name"].Value,
            initializer.Groups["value"] is { Success: true } value ? Number(value.Value) : 0,
            Fact("learningRate") ?? 1,
            Fact("weightDecay") ?? 1,
            facts.Contains("frozen"));

        float? Fact(string name) =>
            facts.FirstOrDefault(f => f.StartsWith(name + "=", StringComparison.Ordinal)) is { } fact ? Number(fact[(name.Length + 1)..]) : null;
    }

    static Node ParseNode(Match match, IReadOnlyDictionary<string, OperatorSpec> operators)
    {
        var operands = List(match.Groups["operands"].Value).Select(static o => o == "_" ? -1 : Integer(o[1..]));
        var constants = List(match.Groups["constants"].Value).Select(static c => new Constant(c[..c.IndexOf('=')], c[(c.IndexOf('=') + 1)..]));
        return new(
            Value(match),
            Type(match),
            operators[match.Groups["operator"].Value],
            match.Groups["target"].Value,
            operands.ToEquatableArray(),
            constants.ToEquatableArray(),
            match.Groups["name"].Value,
            match.Groups["macs"] is { Success: true } macs ? long.Parse(macs.Value, CultureInfo.InvariantCulture) : 0,
            match.Groups["key"] is { Success: true } key ? Integer(key.Value) : 0);
    }

    static Result ParseResult(string text)
    {
        var match = ResultText.Match(text);
        var kind = match.Groups["kind"].Value switch
        {
            "loss" => ResultKind.Loss,
            "metric" => ResultKind.Metric,
            "gradient" => ResultKind.Gradient,
            _ => ResultKind.Output,
        };
        return new(match.Groups["name"].Value, Value(match), kind);
    }

    static int Value(Match match) => Integer(match.Groups["value"].Value);

    static TensorType Type(Match match)
    {
        var sizes = List(match.Groups["type"].Value);
        return new(sizes.FirstOrDefault() == "N", sizes.Where(static s => s != "N").Select(static s => (Size)Integer(s)).ToEquatableArray());
    }

    static string[] List(string text) => text.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    const string Definition = @"^%(?<value>\d+) : \[(?<type>[^\]]*)\] = ";

    static readonly Regex Header = new(@"^network (?<name>\S+)( \((?<algorithms>\w+)\))? \{$");
    static readonly Regex InputLine = new(Definition + @"(?<kind>input|labels) (?<name>\S+)$");
    static readonly Regex ParameterLine = new(Definition + @"parameter (?<path>\S+) \{(?<facts>[^}]*)\}$");
    static readonly Regex InitializerText = new(@"^(?<name>\w+)(\((?<value>[^)]*)\))?$");
    static readonly Regex NodeLine = new(Definition + @"(?<operator>\w+)(\.(?<target>\w+)')?\((?<operands>[^)]*)\)( \{(?<constants>[^}]*)\})?( key (?<key>\d+))?( +; (?<name>[^,]+)(, (?<macs>\d+) multiply-adds)?)?$");
    static readonly Regex ResultText = new(@"^(?<name>\S+)=%(?<value>\d+)( \((?<kind>\w+)\))?$");
}
