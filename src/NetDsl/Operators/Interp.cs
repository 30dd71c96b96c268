using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Bilinear interpolation of [N, C, H, W] to [N, C, height, width] with the corners aligned: row i of the result is row i (H − 1) / (height − 1) of the input.
    /// DeepLab's Interp.
    /// </summary>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    [Operator("[N, C, H, W] -> [N, C, HO = height, WO = width]", Kernel = typeof(InterpKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Position("h = ho*(H - 1)/max(HO - 1, 1)")]
    [Position("w = wo*(W - 1)/max(WO - 1, 1)")]
    [Requires("height > 0", "the height is {height}; it must be at least 1", Argument = "height")]
    [Requires("width > 0", "the width is {width}; it must be at least 1", Argument = "width")]
    public static Layer Interp(int height, int width) => throw new NotExecutableException();

    /// <summary>As <see cref="Interp(int, int)"/>, <paramref name="zoom"/> − 1 new pixels between neighbours: Interp with <c>zoom_factor</c>.</summary>
    /// <param name="zoom">The factor.</param>
    [Block]
    public static Layer Interp(int zoom)
    {
        if (zoom < 1)
        {
            throw new ArgumentException($"zoom is {zoom}; it must be at least 1", nameof(zoom));
        }

        return x => Interp(x.Shape[2] + (x.Shape[2] - 1) * (zoom - 1), x.Shape[3] + (x.Shape[3] - 1) * (zoom - 1))(x);
    }
}

/// <summary>Bilinear interpolation with aligned corners.</summary>
public static class InterpKernel
{
    /// <summary>y[c, ho, wo] = the four neighbours of its place, weighted by their nearness.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int c, int ho, int wo, int H, int W, int HO, int WO)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        // The whole part of a quotient of integers is exact; its rest is the weight of the next row.
        var (rows, columns) = (Math.Max(HO - 1, 1), Math.Max(WO - 1, 1));
        var (top, left) = (ho * (H - 1) / rows, wo * (W - 1) / columns);
        var down = (float)(ho * (H - 1) % rows) / rows;
        var right = (float)(wo * (W - 1) % columns) / columns;
        var (bottom, next) = (Math.Min(top + 1, H - 1), Math.Min(left + 1, W - 1));
        var upper = T.MultiplyAdd(x[(c * H + top) * W + next], T.Create(right), x[(c * H + top) * W + left] * T.Create(1 - right));
        var lower = T.MultiplyAdd(x[(c * H + bottom) * W + next], T.Create(right), x[(c * H + bottom) * W + left] * T.Create(1 - right));
        return T.MultiplyAdd(lower, T.Create(down), upper * T.Create(1 - down));
    }

    /// <summary>Channel c of dx: each result's gradient goes to its four neighbours, by their weights.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(TView dy, TView dx, int c, int H, int W, int HO, int WO)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        for (var i = c * H * W; i < (c + 1) * H * W; i++)
        {
            dx[i] = T.Create(0);
        }

        var (rows, columns) = (Math.Max(HO - 1, 1), Math.Max(WO - 1, 1));
        for (var ho = 0; ho < HO; ho++)
        {
            var top = ho * (H - 1) / rows;
            var down = (float)(ho * (H - 1) % rows) / rows;
            var bottom = Math.Min(top + 1, H - 1);
            for (var wo = 0; wo < WO; wo++)
            {
                var left = wo * (W - 1) / columns;
                var right = (float)(wo * (W - 1) % columns) / columns;
                var next = Math.Min(left + 1, W - 1);
                var gradient = dy[(c * HO + ho) * WO + wo];
                dx[(c * H + top) * W + left] += gradient * T.Create((1 - down) * (1 - right));
                dx[(c * H + top) * W + next] += gradient * T.Create((1 - down) * right);
                dx[(c * H + bottom) * W + left] += gradient * T.Create(down * (1 - right));
                dx[(c * H + bottom) * W + next] += gradient * T.Create(down * right);
            }
        }
    }
}
