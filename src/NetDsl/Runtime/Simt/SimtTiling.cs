using ILGPU;
using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>
/// How a product is laid over groups of threads. It follows from sizes alone, so that the sums are added in the same order on every device; only a device with few
/// threads in a group has smaller tiles, which changes no sum.
/// </summary>
/// <param name="Columns">Columns of all samples.</param>
/// <param name="Depth">Products of a sum, of all samples.</param>
/// <param name="Sums">Sums of all samples and groups.</param>
/// <param name="Parts">Parts of the depth.</param>
/// <param name="Launch">Groups, and the threads of each.</param>
readonly record struct SimtTiling(int Columns, int Depth, int Sums, int Parts, KernelConfig Launch)
{
    /// <summary>Groups that give each processor of a large device one.</summary>
    const int EnoughGroups = 132;

    /// <summary>Threads that hide the way to memory on such a device: 512 for each of its processors.</summary>
    const int EnoughThreads = EnoughGroups * 512;

    /// <summary>Smaller tiles read more than they compute; smaller groups wait for what they read.</summary>
    const int FewThreads = 64;

    /// <summary>A part of the depth is worth a second launch from here.</summary>
    const int LeastDepth = 128;

    /// <summary>Floats that the parts of a product may take.</summary>
    const int MostScratch = 1 << 23;

    public long Scratch => Parts > 1 ? (long)Parts * Sums : 0;

    public static SimtTiling Of(SimtSums size, bool batched, int samples, int mostThreads)
    {
        var (columns, depth) = batched ? (checked(size.Columns * samples), size.Depth) : (size.Columns, checked(size.Depth * samples));
        var (width, height) = (Threads(columns), Threads(size.Rows));
        while (width * height < FewThreads && (width < SimtProduct.MostThreads || height < SimtProduct.MostThreads))
        {
            // Threads without sums of their own still bring what the others multiply.
            (width, height) = width < SimtProduct.MostThreads ? (2 * width, height) : (width, 2 * height);
        }

        while (width * height > FewThreads && Groups(width, height) < EnoughGroups)
        {
            Halve();
        }

        var parts = Math.Clamp(EnoughThreads / (Groups(width, height) * width * height), 1, Math.Max(1, depth / LeastDepth));
        var sums = checked(size.Rows * columns * size.Groups);
        parts = (int)Math.Clamp(MostScratch / (long)sums, 1, parts);
        while (width * height > mostThreads)
        {
            Halve();
        }

        return new(columns, depth, sums, parts, new(
            new Index3D(Tiles(columns, width), Tiles(size.Rows, height), size.Groups * parts),
            new Index3D(width, height, 1)));

        int Groups(int across, int down) => Tiles(columns, across) * Tiles(size.Rows, down) * size.Groups;

        void Halve()
        {
            if (width >= height)
            {
                width /= 2;
            }
            else
            {
                height /= 2;
            }
        }
    }

    /// <summary>The second launch, which adds the parts: a thread for each sum.</summary>
    public KernelConfig Adding(int mostThreads)
    {
        var threads = Math.Min(mostThreads, 256);
        return new((Sums + threads - 1) / threads, threads);
    }

    static int Tiles(int size, int threads) => (size + (threads * SimtProduct.Edge) - 1) / (threads * SimtProduct.Edge);

    /// <summary>A power of two, so that a group is whole warps.</summary>
    static int Threads(int size)
    {
        var threads = 1;
        while (threads < SimtProduct.MostThreads && threads * SimtProduct.Edge < size)
        {
            threads *= 2;
        }

        return threads;
    }
}
