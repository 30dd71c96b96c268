using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>Collects the equations of a network while it is evaluated. Names are settled at the end, when all layers are known.</summary>
sealed class GraphBuilder
{
    readonly List<Input> inputs = [];
    readonly List<(Parameter Parameter, LayerName Layer)> parameters = [];
    readonly List<(Node Node, LayerName Layer)> nodes = [];
    readonly List<LayerName> layers = [];
    readonly HashSet<LayerName> known = [];
    readonly List<Result> results = [];
    readonly Dictionary<int, Node> figures = [];
    int next;
    int draws;

    public int NodeCount => nodes.Count;

    public TensorValue AddInput(string name, TensorType type, InputKind kind)
    {
        var value = new TensorValue(next++, type);
        inputs.Add(new(value.Id, name, type, kind));
        return value;
    }

    /// <param name="parameter">Its path is the name of the weight; the layer's name comes in front at the end.</param>
    /// <param name="layer">The layer that owns it.</param>
    public int AddParameter(Parameter parameter, LayerName layer)
    {
        Register(layer);
        parameters.Add((parameter with { Value = next }, layer));
        return next++;
    }

    public TensorValue AddNode(OperatorSpec spec, TensorType type, EquatableArray<int> operands, EquatableArray<Constant> constants, Size multiplyAdds, LayerName layer)
    {
        Register(layer);
        var value = new TensorValue(next++, type);
        var key = spec.Members[0].IsRandom ? ++draws : 0;
        var node = new Node(value.Id, type, spec, "", operands, constants, "", multiplyAdds, key);
        if (spec.Figure.Length > 0)
        {
            figures.Add(value.Id, node);
        }
        else
        {
            nodes.Add((node, layer));
        }

        return value;
    }

    /// <summary>A figure is left out of the graph: its counts are the result.</summary>
    public void AddResult(string name, TensorValue value, ResultKind kind) => results.Add(figures.TryGetValue(value.Id, out var figure)
        ? new(name, figure.Operands[0], kind) { Figure = figure.Operator.Figure, Figures = figure.Type.Count.Constant }
        : new(name, value.Id, kind));

    /// <summary>It is made of counts when an evaluation is over, so nothing can be computed from it.</summary>
    public bool IsFigure(TensorValue value) => figures.ContainsKey(value.Id);

    /// <summary>Freezes the parameters of these values: a layer that is frozen in one place is not trained in another.</summary>
    public void Freeze(IEnumerable<int> values)
    {
        foreach (var value in values)
        {
            var i = parameters.FindIndex(p => p.Parameter.Value == value);
            if (i >= 0)
            {
                parameters[i] = (parameters[i].Parameter with { Frozen = true }, parameters[i].Layer);
            }
        }
    }

    public Graph Build(string space, string name, string algorithms)
    {
        var names = new LayerNames(layers);
        return new(
            space, name, algorithms,
            inputs.ToEquatableArray(),
            parameters.Select(p => p.Parameter with { Path = $"{names[p.Layer]}.{p.Parameter.Path}" }).ToEquatableArray(),
            nodes.Select(n => n.Node with { Name = names[n.Layer] }).ToEquatableArray(),
            results.ToEquatableArray());
    }

    void Register(LayerName layer)
    {
        if (known.Add(layer))
        {
            layers.Add(layer);
        }
    }
}
