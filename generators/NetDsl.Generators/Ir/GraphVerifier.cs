namespace NetDsl.Generators.Ir;

/// <summary>
/// Checks what every pass may rely on. A broken rule is a fault of the compiler, never of the user, so it throws with the equation's text. The tests run
/// it after each pass.
/// </summary>
static class GraphVerifier
{
    /// <exception cref="InvalidOperationException">The graph is malformed.</exception>
    public static void Verify(Graph graph)
    {
        var types = new Dictionary<int, TensorType>();
        foreach (var input in graph.Inputs)
        {
            Define(types, input.Value, input.Type, GraphPrinter.Print(input));
        }

        foreach (var parameter in graph.Parameters)
        {
            Require(!parameter.Type.Batched, GraphPrinter.Print(parameter), "a parameter has no batch axis");
            Define(types, parameter.Value, parameter.Type, GraphPrinter.Print(parameter));
        }

        foreach (var node in graph.Nodes)
        {
            Verify(node, types);
            Define(types, node.Result, node.Type, GraphPrinter.Print(node));
        }

        foreach (var result in graph.Results)
        {
            Verify(result, graph, types);
        }
    }

    static void Define(Dictionary<int, TensorType> types, int value, TensorType type, string text)
    {
        Require(!types.ContainsKey(value), text, $"%{value} is defined twice");
        types.Add(value, type);
    }

    static void Verify(Node node, Dictionary<int, TensorType> types)
    {
        var text = GraphPrinter.Print(node);
        var member = node.Operator.Member(node.Target);
        Require(member is not null, text, $"operator {node.Operator.Name} has no member '{node.Target}'");
        foreach (var operand in node.Operands)
        {
            Require(operand == -1 || types.ContainsKey(operand), text, $"%{operand} is used before it is defined");
        }

        if (node.Operator.Movement != MovementKind.Concat)
        {
            Require(node.Operands.Count == member!.Reads.Count, text, $"{member.Reads.Count} operands are read, {node.Operands.Count} are given");
        }

        Require(member!.IsRandom == (node.Key != 0), text, "exactly the nodes that draw random numbers have a key");
        var operands = node.Operands.Select(o => o < 0 ? null : types[o]).ToList();
        switch (node.Operator.Class)
        {
            case OperatorClass.Elementwise:
                foreach (var type in operands)
                {
                    Require(type!.Matches(node.Type) || (node.Operator.OfParameters && !type.Batched && type.Count.Is(1)), text, $"an elementwise operand has type {type}, its result {node.Type}");
                }

                break;
            case OperatorClass.Movement:
                VerifyMovement(node, operands, text);
                break;
            case OperatorClass.BatchReduction:
                Require(
                    operands[0]!.Sizes == node.Type.Sizes && operands[0]!.Batched == member.IsForward && node.Type.Batched != member.IsForward,
                    text, "a batch reduction goes from [N, …] to […], its gradient back");
                break;
            default:
                break;
        }

        VerifyGradient(node, operands, text);
    }

    /// <summary>A gradient has the type of its target; where the member reads the target or the result, that can be seen.</summary>
    static void VerifyGradient(Node node, List<TensorType?> operands, string text)
    {
        if (node.Target.Length == 0)
        {
            return;
        }

        var reads = node.Member.Reads.ToList();
        var target = reads.IndexOf(node.Target);
        Require(target < 0 || operands[target]!.Matches(node.Type), text, $"a gradient has the type of its target '{node.Target}'");
        var (dy, y) = (reads.IndexOf("dy"), reads.IndexOf("y"));
        Require(dy < 0 || y < 0 || operands[dy]!.Matches(operands[y]!), text, "'dy' has the type of 'y'");
        Require(node.Member.Form != MemberForm.Contribution || !node.Type.Batched, text, "what samples contribute to is not batched");
    }

    static void VerifyMovement(Node node, List<TensorType?> operands, string text)
    {
        Require(operands.Count > 0 && operands.All(o => o is not null && o.Batched == node.Type.Batched), text, "data moves among batched or among uniform values");
        var first = operands[0]!;
        if (node.Operator.Movement == MovementKind.Reshape)
        {
            Require(first.Count.Value == node.Type.Count.Value, text, $"a reshape keeps the number of elements: {first.Count} ≠ {node.Type.Count}");
            return;
        }

        if (node.Operator.Movement == MovementKind.Layout)
        {
            Require(node.Type with { Storage = first.Storage } == first && node.Type.Storage != first.Storage, text, "a change of layout changes nothing else");
            return;
        }

        var axis = node.Integer("axis");
        Require(axis >= 0 && axis < node.Type.Sizes.Count, text, $"there is no axis {axis}");
        foreach (var operand in operands)
        {
            Require(operand!.Sizes.Count == node.Type.Sizes.Count, text, $"operand {operand} has another rank than {node.Type}");
            for (var i = 0; i < node.Type.Sizes.Count; i++)
            {
                Require(i == axis || operand.Sizes[i].Value == node.Type.Sizes[i].Value, text, $"operand {operand} differs from {node.Type} on axis {i}");
            }
        }

        var size = node.Type.Sizes[axis].Value;
        if (node.Operator.Movement == MovementKind.Slice)
        {
            var (start, length) = (node.Size("start").Value, node.Size("length").Value);
            Require(start >= 0 && length > 0 && start + length <= first.Sizes[axis].Value, text, $"{start} … {start + length} is not within axis {axis} of {first}");
            Require(size == length, text, $"the result's axis {axis} has size {size}, the slice {length}");
        }
        else
        {
            Require(operands.Sum(o => o!.Sizes[axis].Value) == size, text, $"the operands' sizes on axis {axis} do not add up to {size}");
        }
    }

    static void Verify(Result result, Graph graph, Dictionary<int, TensorType> types)
    {
        var text = GraphPrinter.Print(result);
        Require(types.ContainsKey(result.Value), text, $"%{result.Value} is not defined");
        var type = types[result.Value];
        switch (result.Kind)
        {
            case ResultKind.Metric when result.Figure.Length > 0:
                Require(!type.Batched, text, $"counts exist once for a batch, not {type}");
                break;
            case ResultKind.Loss or ResultKind.Metric:
                Require(type.IsScalar, text, $"a loss or a metric is a scalar, not {type}");
                break;
            case ResultKind.Gradient or ResultKind.Update:
                var parameter = graph.Parameters.FirstOrDefault(p => p.Path == result.Name);
                Require(parameter is not null, text, $"there is no parameter {result.Name}");
                Require(parameter!.Type == type, text, $"what belongs to a parameter of type {parameter.Type} has type {type}");
                break;
            default:
                break;
        }
    }

    static void Require(bool condition, string text, string rule)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Malformed graph: {rule}, in: {text}");
        }
    }
}
