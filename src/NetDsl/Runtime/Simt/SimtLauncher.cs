using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace NetDsl.Runtime;

using Launch = Action<Index1D, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, SimtStep>;

/// <summary>The compiled kernels of one program. Kernels that are one method are compiled once.</summary>
sealed class SimtLauncher
{
    readonly SimtKernel[] kernels;
    readonly Launch[] launches;

    public SimtLauncher(SimtProgram program, Accelerator accelerator)
    {
        var compiled = new Dictionary<MethodInfo, Launch>();
        kernels = [.. program.Kernels];
        launches = [.. kernels.Select(kernel => Compile(kernel.Method.Method))];

        Launch Compile(MethodInfo method)
        {
            if (!compiled.TryGetValue(method, out var launch))
            {
                compiled[method] = launch = accelerator.LoadAutoGroupedStreamKernel(method.CreateDelegate<Launch>());
            }

            return launch;
        }
    }

    /// <summary>Starts one kernel, for each step of its sequence if it has one.</summary>
    public void Run(int kernel, ArrayView<float> samples, ArrayView<float> constants, ArrayView<float> parameters, ArrayView<float> gradients, SimtStep step)
    {
        var launched = kernels[kernel];
        var items = checked(launched.Items * (launched.Batched ? step.Samples : 1));
        for (var i = 0; i < launched.Steps; i++)
        {
            launches[kernel](items, samples, constants, parameters, gradients, launched.At(i, step));
        }
    }
}
