using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>One pass over a range: every number is read and written once, which is all that its speed depends on.</summary>
static unsafe class UpdateLoop
{
    /// <summary>The last vector may reach into the padding behind the range, which nobody reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TRule>(TRule rule, UpdateFactors factors, in UpdateRange range)
        where T : struct, IMemoryLanes<T>
        where TRule : struct, IUpdateRule
    {
        var weights = range.Weights;
        var gradients = range.Gradients;
        var first = range.History0;
        var second = range.History1;
        var count = range.Count;
        for (var i = 0; i < count; i += T.Count)
        {
            var history0 = first == null ? default : T.Load(first + i);
            var history1 = second == null ? default : T.Load(second + i);
            T.Store(weights + i, factors.Apply(rule, T.Load(weights + i), T.Load(gradients + i), ref history0, ref history1));
            if (first != null)
            {
                T.Store(first + i, history0);
            }

            if (second != null)
            {
                T.Store(second + i, history1);
            }
        }
    }
}
