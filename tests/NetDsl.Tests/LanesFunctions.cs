using NetDsl.Kernels;

namespace NetDsl.Tests;

/// <summary>A function of lanes, applied to an array.</summary>
unsafe interface ILanesFunction
{
    static abstract void Apply(float* x, float* y, int count);
}

readonly unsafe struct SigmoidOf<T> : ILanesFunction
    where T : struct, IMemoryLanes<T>
{
    public static void Apply(float* x, float* y, int count) => Each<T>.Apply(x, y, count, &LanesMath.Sigmoid);
}

readonly unsafe struct TanhOf<T> : ILanesFunction
    where T : struct, IMemoryLanes<T>
{
    public static void Apply(float* x, float* y, int count) => Each<T>.Apply(x, y, count, &LanesMath.Tanh);
}

static unsafe class Each<T>
    where T : struct, IMemoryLanes<T>
{
    public static void Apply(float* x, float* y, int count, delegate*<T, T> function)
    {
        var lanes = stackalloc float[T.Count];
        for (var i = 0; i < count; i += T.Count)
        {
            var some = Math.Min(T.Count, count - i);
            new Span<float>(x + i, some).CopyTo(new(lanes, some));
            T.Store(lanes, function(T.Load(lanes)));
            new Span<float>(lanes, some).CopyTo(new(y + i, some));
        }
    }
}
