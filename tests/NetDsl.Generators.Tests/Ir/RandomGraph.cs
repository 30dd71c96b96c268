using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Ir;

/// <summary>
/// Builds a well-formed network from any sequence of numbers: each picks an operator or an operand. Sharing, fan-out, slices that overlap, nested concats and
/// unused values all occur. Shorter sequences make smaller graphs, so that CsCheck can shrink a failure.
/// </summary>
sealed class RandomGraph
{
    readonly IReadOnlyList<uint> choices;
    readonly List<Input> inputs = [];
    readonly List<Parameter> parameters = [];
    readonly List<Node> nodes = [];
    readonly List<(int Value, TensorType Type)> values = [];
    int nextChoice;
    int nextValue;

    RandomGraph(IReadOnlyList<uint> choices) => this.choices = choices;

    public static Graph From(IReadOnlyList<uint> choices) => new RandomGraph(choices).Build();

    Graph Build()
    {
        AddInput("a", TensorType.Sample(4, 6));
        AddInput("b", TensorType.Sample(2, 6));
        foreach (var (value, type) in values.ToList())
        {
            Add("Gain", type, [value, Parameter(TensorType.Uniform([.. type.Sizes]))]);
        }

        while (nextChoice < choices.Count)
        {
            Grow();
        }

        var results = new List<Result> { new("output", values[^1].Value, ResultKind.Output) };
        if (Choose(2) == 0)
        {
            results.Add(new("tap", Pick(static _ => true).Value, ResultKind.Output));
        }

        var loss = Loss(values[^1]);
        if (Choose(2) == 0)
        {
            loss = Apply("Add", TensorType.Uniform(), [loss, Loss(Pick(static _ => true))]);
        }

        results.Add(new("loss", loss, ResultKind.Loss));
        results.Add(new("size", Apply("batchmean", TensorType.Uniform(), [Apply("SampleSum", TensorType.Sample(), [Pick(static _ => true).Value])]), ResultKind.Metric));
        return new("", "Random", "Fastest", inputs.ToEquatableArray(), parameters.ToEquatableArray(), nodes.ToEquatableArray(), results.ToEquatableArray());
    }

    void Grow()
    {
        var x = Pick(static _ => true);
        switch (Choose(13))
        {
            case 0 or 1:
                Add(new[] { "Tanh", "Square", "Sigmoid" }[Choose(3)], x.Type, [x.Value]);
                break;
            case 2:
                Add(new[] { "Add", "Multiply" }[Choose(2)], x.Type, [x.Value, Pick(v => v.Type == x.Type).Value]);
                break;
            case 3 or 4:
                var (axis, start) = (Choose(x.Type.Sizes.Count), 0);
                start = Choose((int)x.Type.Sizes[axis]);
                var length = 1 + Choose((int)x.Type.Sizes[axis] - start);
                Add("slice", With(x.Type, axis, length), [x.Value], [Constant("axis", axis), Constant("start", start), Constant("length", length)]);
                break;
            case 5 or 6:
                Concat(x);
                break;
            case 7:
                var flat = (int)x.Type.Count;
                Add("reshape", Choose(2) == 0 ? TensorType.Sample(1, flat) : flat % 2 == 0 ? TensorType.Sample(2, flat / 2) : TensorType.Sample(flat, 1), [x.Value]);
                break;
            case 8:
                Dense(x);
                break;
            case 9:
                Add("Softmax", x.Type, [x.Value]);
                break;
            case 10:
                Add("Gain", x.Type, [x.Value, Parameter(TensorType.Uniform([.. x.Type.Sizes]))]);
                break;
            case 11:
                Windows(x);
                break;
            default:
                Add("Dropout", x.Type, [x.Value], [new("rate", "0.5f")], key: 1 + nodes.Count);
                break;
        }
    }

    /// <summary>The product of two slices of one value, which overlap more often than not.</summary>
    void Windows((int Value, TensorType Type) x)
    {
        var axis = Choose(x.Type.Sizes.Count);
        var length = 1 + Choose((int)x.Type.Sizes[axis]);
        var type = With(x.Type, axis, length);
        var windows = Enumerable.Range(0, 2).Select(_ => Choose((int)x.Type.Sizes[axis] - length + 1))
            .Select(start => Apply("slice", type, [x.Value], [Constant("axis", axis), Constant("start", start), Constant("length", length)]));
        Add("Multiply", type, [.. windows]);
    }

    void Concat((int Value, TensorType Type) x)
    {
        var axis = Choose(x.Type.Sizes.Count);
        var operands = new List<(int Value, TensorType Type)> { x };
        for (var more = 1 + Choose(3); more > 0; more--)
        {
            operands.Add(Pick(v => With(v.Type, Math.Min(axis, v.Type.Sizes.Count - 1), 1) == With(x.Type, axis, 1)));
        }

        var size = operands.Sum(o => (int)o.Type.Sizes[axis]);
        if (size <= 64)
        {
            Add("concat", With(x.Type, axis, size), [.. operands.Select(static o => o.Value)], [Constant("axis", axis)]);
        }
    }

    void Dense((int Value, TensorType Type) x)
    {
        var units = 2 * (1 + Choose(3));
        var weight = Parameter(TensorType.Uniform(units, (int)x.Type.Count));
        var bias = Choose(2) == 0 ? -1 : Parameter(TensorType.Uniform(units));
        var result = Apply("Dense", TensorType.Sample(units), [x.Value, weight, bias]);
        Add("reshape", TensorType.Sample(2, units / 2), [result]);
    }

    int Loss((int Value, TensorType Type) value) =>
        Apply("batchmean", TensorType.Uniform(), [Apply("SampleSum", TensorType.Sample(), [Apply("Square", value.Type, [value.Value])])]);

    /// <summary>A parameter of this type: a new one, sometimes frozen, or one that another equation has too.</summary>
    int Parameter(TensorType type)
    {
        var known = parameters.Where(p => p.Type == type).ToList();
        if (known.Count > 0 && Choose(2) == 0)
        {
            return known[Choose(known.Count)].Value;
        }

        parameters.Add(new(nextValue++, $"p{parameters.Count}", type, "Xavier", 0, 1, 1, Frozen: Choose(5) == 0));
        return parameters[^1].Value;
    }

    void AddInput(string name, TensorType type)
    {
        inputs.Add(new(nextValue, name, type, InputKind.Tensor));
        values.Add((nextValue++, type));
    }

    void Add(string name, TensorType type, EquatableArray<int> operands, EquatableArray<Constant> constants = default, int key = 0) =>
        values.Add((Apply(name, type, operands, constants, key), type));

    int Apply(string name, TensorType type, EquatableArray<int> operands, EquatableArray<Constant> constants = default, int key = 0)
    {
        nodes.Add(new(nextValue++, type, TestOperators.All[name], "", operands, constants, $"{name.ToLowerInvariant()}{nodes.Count}", 0, key));
        return nodes[^1].Result;
    }

    (int Value, TensorType Type) Pick(Func<(int Value, TensorType Type), bool> suits)
    {
        var candidates = values.Where(suits).ToList();
        return candidates[Choose(candidates.Count)];
    }

    int Choose(int count) => nextChoice < choices.Count ? (int)(choices[nextChoice++] % (uint)count) : 0;

    static TensorType With(TensorType type, int axis, int size) =>
        type with { Sizes = type.Sizes.Select((s, i) => i == axis ? size : s).ToEquatableArray() };

    static Constant Constant(string name, int value) => new(name, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
