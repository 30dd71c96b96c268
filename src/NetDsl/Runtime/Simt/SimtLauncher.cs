using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace NetDsl.Runtime;

using Launch = Action<Index1D, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, SimtStep>;

/// <summary>The compiled kernels of one program. Kernels that are one method are compiled once.</summary>
sealed class SimtLauncher : IDisposable
{
    readonly SimtKernel[] kernels;
    readonly Launch[] launches;
    readonly MemoryBuffer1D<int, Stride1D.Dense> numbers;
    readonly int[] rows;

    public SimtLauncher(SimtProgram program, Accelerator accelerator)
    {
        var compiled = new Dictionary<MethodInfo, Launch>();
        kernels = [.. program.Kernels];
        launches = [.. kernels.Select(kernel => Compile(kernel.Method.Method))];
        rows = new int[kernels.Length + 1];
        for (var kernel = 0; kernel < kernels.Length; kernel++)
        {
            rows[kernel + 1] = rows[kernel] + kernels[kernel].Launch.Numbers.Length;
        }

        // One row behind the other; an allocation has one element at least.
        numbers = accelerator.Allocate1D<int>([.. kernels.SelectMany(static kernel => kernel.Launch.Numbers), 0]);

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
        var items = checked(launched.Launch.Items * (launched.Launch.Batched ? step.Samples : 1));
        if (items == 0)
        {
            // A gap that this height and width leave no room for.
            return;
        }

        var row = numbers.View.BaseView.SubView(rows[kernel], rows[kernel + 1] - rows[kernel]);
        for (var i = 0; i < launched.Launch.Steps; i++)
        {
            launches[kernel](items, samples, constants, parameters, gradients, launched.At(i, step, row));
        }
    }

    public void Dispose() => numbers.Dispose();
}
