namespace NetDsl.Generators.Frontend;

/// <summary>A layer whose weights are trained in another way: <c>Freeze</c>, <c>LearningRate</c>.</summary>
sealed class TreatedLayer(FunctionValue inner, Treatment treatment) : FunctionValue
{
    public FunctionValue Inner { get; } = inner;

    public Treatment Treatment { get; } = treatment;
}
