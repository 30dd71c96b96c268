namespace NetDsl.Generators.Frontend;

/// <summary>A value of a delegate type: a layer, or another function.</summary>
abstract class FunctionValue;

/// <summary><c>f >> g</c>.</summary>
sealed class Composition(FunctionValue first, FunctionValue second) : FunctionValue
{
    /// <summary>All stages in order. A loop: a composition may be thousands of stages long.</summary>
    public IEnumerable<FunctionValue> Stages
    {
        get
        {
            var pending = new Stack<FunctionValue>([this]);
            while (pending.Count > 0)
            {
                var stage = pending.Pop();
                if (stage is Composition composition)
                {
                    pending.Push(composition.Second);
                    pending.Push(composition.First);
                }
                else
                {
                    yield return stage;
                }
            }
        }
    }

    FunctionValue First { get; } = first;

    FunctionValue Second { get; } = second;
}

/// <summary>A layer whose weights are trained in another way: <c>Freeze</c>, <c>LearningRate</c>.</summary>
sealed class TreatedLayer(FunctionValue inner, Treatment treatment) : FunctionValue
{
    public FunctionValue Inner { get; } = inner;

    public Treatment Treatment { get; } = treatment;
}
