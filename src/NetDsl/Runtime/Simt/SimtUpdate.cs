using ILGPU;
using ILGPU.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Runtime;

/// <summary>Runs a solver's formula on a device, over one parameter after the other.</summary>
sealed class SimtUpdate(Accelerator accelerator) : IUpdateLauncher
{
    // One solver serves many steps: its kernel is compiled with the first.
    readonly Dictionary<Type, Delegate> kernels = [];

    /// <summary>The parameter's elements.</summary>
    public ArrayView<float> Weights { get; set; }

    /// <summary>Its gradient.</summary>
    public ArrayView<float> Gradients { get; set; }

    /// <summary>Its first history; empty where the solver has none.</summary>
    public ArrayView<float> History0 { get; set; }

    /// <summary>Its second history.</summary>
    public ArrayView<float> History1 { get; set; }

    /// <summary>What a solver is given: where to run instead of pointers.</summary>
    public unsafe UpdateRange Range(ParameterDefinition parameter) => new()
    {
        Weights = null,
        Gradients = null,
        Count = parameter.Count,
        Rate = parameter.LearningRate,
        Decay = parameter.WeightDecay,
        Launcher = this,
    };

    public void Run<TRule>(TRule rule, UpdateFactors factors)
        where TRule : struct, IUpdateRule
    {
        if (!kernels.TryGetValue(typeof(TRule), out var kernel))
        {
            kernels[typeof(TRule)] = kernel = accelerator
                .LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, TRule, UpdateFactors>(SimtBuiltins.Update);
        }

        ((Action<Index1D, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, TRule, UpdateFactors>)kernel)(
            (int)Weights.Length, Weights, Gradients, History0, History1, rule, factors);
    }
}
