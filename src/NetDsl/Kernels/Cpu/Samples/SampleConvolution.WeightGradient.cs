using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

public static unsafe partial class SampleConvolution
{
    /// <summary>Items of <c>WeightGradient</c>.</summary>
    public static int WeightGradientItems(in ConvolutionShape shape) => new SampleWeightShape(shape).Items;

    /// <summary>Floats of scratch that it needs.</summary>
    public static long WeightGradientScratch(in ConvolutionShape shape) => new SampleWeightShape(shape).Scratch;

    /// <summary>
    /// dweight[k, c, kh, kw] = Σ over samples and pixels of dy[k] x[c], shifted by the tap. Lanes keep sums of their own samples, which are added at the end.
    /// </summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the output, at block 0.</param>
    /// <param name="x">The input of block 0.</param>
    /// <param name="result">The gradient by the weight, [K, C / group, KH, KW].</param>
    /// <param name="scratch">Scratch memory.</param>
    /// <param name="shape">The sizes.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* result, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var cut = new SampleWeightShape(shape);
        var offsets = stackalloc nint[SampleOuterTile.Taps * shape.Taps];
        for (var item = begin; item < end; item++)
        {
            var group = item / (cut.FilterTiles * cut.ChannelTiles);
            var filter = item / cut.ChannelTiles % cut.FilterTiles * cut.Filters;
            var channel = item % cut.ChannelTiles * cut.Channels;
            var filters = Math.Min(cut.Filters, cut.FiltersPerGroup - filter);
            var channels = Math.Min(cut.Channels, cut.ChannelsPerGroup - channel);
            var sums = scratch;
            new Span<float>(sums, filters * channels * shape.Taps * T.Count).Clear();
            var gradients = dy + (nint)(group * cut.FiltersPerGroup + filter) * shape.OutputHeight * shape.OutputWidth * Lanes;
            var inputs = x + (nint)(group * cut.ChannelsPerGroup + channel) * shape.Height * shape.Width * Lanes;
            for (var block = 0; block < worker.Blocks; block++)
            {
                for (var row = 0; row < shape.OutputHeight; row += cut.Rows)
                {
                    var rows = Math.Min(cut.Rows, shape.OutputHeight - row);
                    var strip = inputs + block * worker.BlockStride;
                    var plane = shape.Height;
                    if (cut.IsPadded)
                    {
                        plane = cut.InputRows(rows);
                        var padded = scratch + cut.Filters * cut.Channels * shape.Taps * Lanes;
                        Pad(strip, padded, shape, cut, channels, row * shape.StrideHeight - shape.PaddingHeight, plane);
                        strip = padded;
                    }
                    else
                    {
                        strip += (nint)row * shape.StrideHeight * shape.Width * Lanes;
                    }

                    Place(offsets, shape, channels, plane, cut.Width);
                    AddStrip<T>(gradients + block * worker.BlockStride + (nint)row * shape.OutputWidth * Lanes, strip, offsets, sums, shape, cut.Width, (filters, channels * shape.Taps, rows));
                }
            }

            for (var f = 0; f < filters; f++)
            {
                var target = result + ((nint)(group * cut.FiltersPerGroup + filter + f) * cut.ChannelsPerGroup + channel) * shape.Taps;
                for (var tap = 0; tap < channels * shape.Taps; tap++)
                {
                    target[tap] = T.Sum(T.Load(sums));
                    sums += T.Count;
                }
            }
        }
    }

    /// <summary>Copies rows of x with zeros where the padding is.</summary>
    static void Pad(float* x, float* padded, in ConvolutionShape shape, in SampleWeightShape cut, int channels, int firstRow, int rows)
    {
        var width = cut.Width;
        var left = Math.Min(shape.PaddingWidth, width);
        var copied = Math.Min(shape.Width, width - left);
        for (var channel = 0; channel < channels; channel++)
        {
            for (var row = firstRow; row < firstRow + rows; row++)
            {
                var target = new Span<float>(padded, width * Lanes);
                padded += width * Lanes;
                if (row < 0 || row >= shape.Height || copied <= 0)
                {
                    target.Clear();
                    continue;
                }

                target[..(left * Lanes)].Clear();
                new Span<float>(x + ((nint)channel * shape.Height + row) * shape.Width * Lanes, copied * Lanes).CopyTo(target[(left * Lanes)..]);
                target[((left + copied) * Lanes)..].Clear();
            }
        }
    }

    /// <summary>Where the elements lie that the taps of pixel 0 meet.</summary>
    static void Place(nint* offsets, in ConvolutionShape shape, int channels, int plane, int width)
    {
        for (var channel = 0; channel < channels; channel++)
        {
            for (var kh = 0; kh < shape.KernelHeight; kh++)
            {
                for (var kw = 0; kw < shape.KernelWidth; kw++)
                {
                    *offsets++ = (((nint)channel * plane + kh * shape.DilationHeight) * width + kw * shape.DilationWidth) * Lanes;
                }
            }
        }
    }

    /// <summary>Adds the products of a strip to the sums, tile by tile, for the vectors of a block one after the other, or two by two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddStrip<T>(float* dy, float* x, nint* offsets, float* sums, in ConvolutionShape shape, int width, (int Filters, int Taps, int Rows) size)
        where T : struct, IMemoryLanes<T>
    {
        var plane = (nint)shape.OutputHeight * shape.OutputWidth * Lanes;
        var taps = new SampleTargets(size.Taps, SampleOuterTile.Taps);
        var filters = new SampleTargets(size.Filters, SampleOuterTile.Filters<T>());
        var pixels = new SampleOuterTile.Pixels
        {
            Rows = size.Rows,
            OutputRow = (nint)shape.OutputWidth * Lanes,
            InputRow = (nint)shape.StrideHeight * width * Lanes,
            Count = shape.OutputWidth,
            InputStep = Lanes * shape.StrideWidth,
        };
        for (var lane = 0; lane < Lanes; lane += 2 * T.Count)
        {
            for (var i = 0; i < filters.Tiles; i++)
            {
                var filter = filters.First(i);
                for (var j = 0; j < taps.Tiles; j++)
                {
                    var tap = taps.First(j);
                    SampleOuterTile.Add<T>(
                        dy + filter * plane + lane, plane, x + lane, offsets + tap, pixels, sums + (filter * size.Taps + tap) * T.Count, size.Taps * T.Count, filters.Count(i), taps.Count(j));
                }
            }
        }
    }
}
