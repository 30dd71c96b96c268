namespace NetDsl.Generators.Frontend;

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
