using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>The compiler's middle: from a network's graph to a program of kernels with planned memory. A pure function.</summary>
static class Pipeline
{
    static readonly (string Name, Func<Graph, Graph> Run)[] Predict =
    [
        (nameof(ChannelMaps), ChannelMaps.Run),
        (nameof(TrainingOnlyRemoval), TrainingOnlyRemoval.Run),
        (nameof(ConstantFolding), ConstantFolding.Run),
        (nameof(CommonSubexpressionElimination), CommonSubexpressionElimination.Run),
        (nameof(DeadCodeElimination), DeadCodeElimination.Run),
        (nameof(ChannelMapFolding), ChannelMapFolding.Run),
        (nameof(CommonSubexpressionElimination), CommonSubexpressionElimination.Run),
        (nameof(EvaluationOrder), EvaluationOrder.Run),
    ];

    static readonly (string Name, Func<Graph, Graph> Run)[] Train =
    [
        (nameof(ConstantFolding), ConstantFolding.Run),
        (nameof(CommonSubexpressionElimination), CommonSubexpressionElimination.Run),
        (nameof(DeadCodeElimination), DeadCodeElimination.Run),
        (nameof(Gradient), Gradient.Run),
        (nameof(WeightUpdates), WeightUpdates.Run),
        (nameof(ConstantFolding), ConstantFolding.Run),
        (nameof(CommonSubexpressionElimination), CommonSubexpressionElimination.Run),
        (nameof(DeadCodeElimination), DeadCodeElimination.Run),
        (nameof(SelectedGradients), SelectedGradients.Run),
        (nameof(Records), Records.Run),
        (nameof(GradientCopies), GradientCopies.Run),
    ];

    /// <summary>
    /// The prediction program for sixteen samples and more, where they are better off side by side: in small networks that convolve, whose training has them so. Null
    /// where one program serves any number, as it does where all products have packed weights.
    /// </summary>
    public static Program? CompileBatch(Graph graph) =>
        LayoutChoice.Of(graph, ProgramMode.Predict).Layout == Layout.Channels
        && LayoutChoice.Of(graph, ProgramMode.Train).Layout == Layout.Samples
        && graph.Nodes.Any(static n => n.Operator.Anchor is AnchorKind.Convolution or AnchorKind.TransposedConvolution)
            ? Compile(graph, ProgramMode.Predict, layout: Layout.Samples)
            : null;

    /// <param name="graph">What the front end made of the network: forward, loss and metrics.</param>
    /// <param name="mode">Which of the network's two programs to make.</param>
    /// <param name="inspect">Called with the name of each pass and the graph behind it.</param>
    /// <param name="layout">The layout to take; null for the one that suits the network.</param>
    /// <exception cref="ArgumentException">A training program is asked of a network without a loss.</exception>
    public static Program Compile(Graph graph, ProgramMode mode, Action<string, Graph>? inspect = null, Layout? layout = null)
    {
        if (mode == ProgramMode.Train && !graph.Results.Any(static r => r.Kind == ResultKind.Loss))
        {
            throw new ArgumentException($"{graph.Name} has no Loss: there is nothing that training could minimise.", nameof(graph));
        }

        if (mode == ProgramMode.Train)
        {
            // What is counted for a whole evaluation is of no use to a step.
            graph = graph with { Results = graph.Results.Where(static r => r.Figure.Length == 0).ToEquatableArray() };
        }

        inspect?.Invoke("", graph);
        foreach (var (name, run) in mode == ProgramMode.Train ? Train : Predict)
        {
            graph = run(graph);
            inspect?.Invoke(name, graph);
        }

        var chosen = layout ?? LayoutChoice.Of(graph, mode).Layout;
        if (chosen == Layout.Channels)
        {
            graph = LayoutAssignment.Run(graph);
            inspect?.Invoke(nameof(LayoutAssignment), graph);
        }

        var views = Views.Of(graph);
        var (kernels, evaluationStart) = OperatorFusion.Run(graph, mode, views);
        kernels = mode == ProgramMode.Train ? FactoredGradients.Run(graph, chosen, views, kernels) : Preparation.Mark(graph, kernels, evaluationStart);
        return BufferAssignment.Run(graph, mode, chosen, views, kernels, evaluationStart);
    }
}
