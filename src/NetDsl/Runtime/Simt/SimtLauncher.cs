using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using NetDsl.Kernels;

namespace NetDsl.Runtime;

using Launch = Action<Index1D, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, SimtStep>;
using Product = Action<KernelConfig, Index1D, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, SimtStep>;

/// <summary>The compiled kernels of one program. Kernels that are one method are compiled once.</summary>
sealed class SimtLauncher : IDisposable
{
    readonly Accelerator accelerator;
    readonly int groupThreads;
    readonly SimtKernel[] kernels;
    readonly Launch[] launches;
    readonly Product[] products;
    readonly MemoryBuffer1D<int, Stride1D.Dense> numbers;
    readonly MemoryBuffer1D<float, Stride1D.Dense> one;
    readonly int[] rows;
    MemoryBuffer1D<float, Stride1D.Dense> scratch;

    /// <param name="program">The program.</param>
    /// <param name="accelerator">Where it runs.</param>
    /// <param name="groupThreads">Threads of a group at most.</param>
    public SimtLauncher(SimtProgram program, Accelerator accelerator, int groupThreads)
    {
        (this.accelerator, this.groupThreads) = (accelerator, groupThreads);
        kernels = [.. program.Kernels];
        var compiled = new Dictionary<MethodInfo, Delegate>();
        launches = [.. kernels.Select(kernel => kernel.Launch.Sums is null ? (Launch)Compile(kernel) : null!)];
        products = [.. kernels.Select(kernel => kernel.Launch.Sums is null ? null! : (Product)Compile(kernel))];
        rows = new int[kernels.Length + 1];
        for (var kernel = 0; kernel < kernels.Length; kernel++)
        {
            rows[kernel + 1] = rows[kernel] + kernels[kernel].Launch.Numbers.Length;
        }

        // One row behind the other; an allocation has one element at least.
        numbers = accelerator.Allocate1D<int>([.. kernels.SelectMany(static kernel => kernel.Launch.Numbers), 0]);
        scratch = accelerator.Allocate1D<float>(1);
        one = accelerator.Allocate1D([1f]);

        Delegate Compile(SimtKernel kernel)
        {
            var method = kernel.Method.Method;
            if (!compiled.TryGetValue(method, out var launch))
            {
                compiled[method] = launch = kernel.Launch.Sums is null
                    ? accelerator.LoadAutoGroupedStreamKernel(method.CreateDelegate<Launch>())
                    : accelerator.LoadStreamKernel(method.CreateDelegate<Launch>(), Occupancy);
            }

            return launch;
        }
    }

    /// <summary>Two groups of a product on each processor of a GPU: one computes while the other waits. It limits the registers of a thread to 128.</summary>
    KernelSpecialization Occupancy => accelerator is CudaAccelerator
        ? new(SimtProduct.MostThreads * SimtProduct.MostThreads, 2)
        : KernelSpecialization.Empty;

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
        if (launched.Launch.Sums is { } sums)
        {
            RunProduct(products[kernel], sums, SimtTiling.Of(sums, launched.Launch.Batched, step.Samples, groupThreads), samples, constants, parameters, gradients, launched.At(0, step, row));
            return;
        }

        for (var i = 0; i < launched.Launch.Steps; i++)
        {
            launches[kernel](items, samples, constants, parameters, gradients, launched.At(i, step, row));
        }
    }

    public void Dispose()
    {
        numbers.Dispose();
        scratch.Dispose();
        one.Dispose();
    }

    void RunProduct(Product product, SimtSums sums, SimtTiling tiling, ArrayView<float> samples, ArrayView<float> constants, ArrayView<float> parameters, ArrayView<float> gradients, SimtStep step)
    {
        if (scratch.Length < tiling.Scratch)
        {
            // What runs may still use the old one: disposal waits for it.
            accelerator.Synchronize();
            scratch.Dispose();
            scratch = accelerator.Allocate1D<float>(tiling.Scratch);
        }

        var sizes = new SimtProductSizes(sums.Rows, tiling.Columns, tiling.Depth, sums.Groups, sums.ColumnAxes, sums.DepthAxes, tiling.Parts, summing: false);
        step = step with { Sizes = sizes, Shape = sums.Shape, Scratch = scratch.View.BaseView, One = one.View.BaseView };
        product(tiling.Launch, 0, samples, constants, parameters, gradients, step);
        if (tiling.Parts > 1)
        {
            product(tiling.Adding(groupThreads), 0, samples, constants, parameters, gradients, step with { Sizes = sizes.Adding() });
        }
    }
}
