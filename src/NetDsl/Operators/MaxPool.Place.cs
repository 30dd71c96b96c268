using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

/// <content>Where the largest elements were, which is all that the gradient needs to know of them.</content>
public static partial class MaxPoolKernel
{
    /// <summary>Where in its window the first largest x lies: row by row from 0, what lies beyond the border counted, too.</summary>
    [Record("place")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Place<T, TView>(
        TView x, int c, int ho, int wo,
        int H, int W, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var (firstRow, firstColumn) = (ho * strideHeight - paddingHeight, wo * strideWidth - paddingWidth);
        var (top, left) = (Math.Max(firstRow, 0), Math.Max(firstColumn, 0));
        var bottom = Math.Min(firstRow + kernelHeight, H);
        var right = Math.Min(firstColumn + kernelWidth, W);
        var largest = x[(c * H + top) * W + left];
        var place = T.Create((top - firstRow) * kernelWidth + left - firstColumn);
        Ahead<T, TView>(x, (c * H + bottom) * W + left, W, strideHeight, strideWidth);
        var whole = right - left == kernelWidth;
        for (var h = top; h < bottom; h++)
        {
            var i = (c * H + h) * W + left;
            var number = (h - firstRow) * kernelWidth + left - firstColumn;
            if (whole && kernelWidth is (2 or 3))
            {
                T first = x[i], second = x[i + 1];
                place = T.Select(T.Greater(first, largest), T.Create(number), place);
                largest = T.Larger(first, largest);
                place = T.Select(T.Greater(second, largest), T.Create(number + 1), place);
                largest = T.Larger(second, largest);
                if (kernelWidth == 3)
                {
                    var third = x[i + 2];
                    place = T.Select(T.Greater(third, largest), T.Create(number + 2), place);
                    largest = T.Larger(third, largest);
                }

                continue;
            }

            for (var end = i + right - left; i < end; i++, number++)
            {
                var value = x[i];
                place = T.Select(T.Greater(value, largest), T.Create(number), place);
                largest = T.Larger(value, largest);
            }
        }

        return place;
    }

    /// <summary>Channel c of dx: each window's gradient goes where its first largest element was.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradientOfPlace<T, TView>(
        TView dy, TView place, TView dx, int c,
        int H, int W, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var cleared = c * H * W;
        for (var ho = 0; ho < HO; ho++)
        {
            var firstRow = ho * strideHeight - paddingHeight;
            var top = Math.Max(firstRow, 0);
            var bottom = Math.Min(firstRow + kernelHeight, H);
            for (; cleared < (c * H + (ho < HO - 1 ? bottom : H)) * W; cleared++)
            {
                dx[cleared] = T.Create(0);
            }

            for (var wo = 0; wo < WO; wo++)
            {
                var firstColumn = wo * strideWidth - paddingWidth;
                var left = Math.Max(firstColumn, 0);
                var right = Math.Min(firstColumn + kernelWidth, W);
                var here = place[(c * HO + ho) * WO + wo];
                var gradient = dy[(c * HO + ho) * WO + wo];
                if (strideHeight > 1)
                {
                    Ahead<T, TView>(dx, (c * H + bottom) * W + left, W, strideHeight, strideWidth);
                }

                var whole = right - left == kernelWidth;
                for (var h = top; h < bottom; h++)
                {
                    var i = (c * H + h) * W + left;
                    var number = (h - firstRow) * kernelWidth + left - firstColumn;
                    if (whole && kernelWidth is (2 or 3))
                    {
                        dx[i] += T.Select(T.Equal(here, T.Create(number)), gradient, T.Create(0));
                        dx[i + 1] += T.Select(T.Equal(here, T.Create(number + 1)), gradient, T.Create(0));
                        if (kernelWidth == 3)
                        {
                            dx[i + 2] += T.Select(T.Equal(here, T.Create(number + 2)), gradient, T.Create(0));
                        }

                        continue;
                    }

                    for (var end = i + right - left; i < end; i++, number++)
                    {
                        dx[i] += T.Select(T.Equal(here, T.Create(number)), gradient, T.Create(0));
                    }
                }
            }
        }
    }

    /// <summary>dx[c, h, w] = the gradients of the windows whose first largest element it was.</summary>
    [GradientOf("x")]
    [OnGpu]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradientElementOfPlace<T, TView>(
        TView dy, TView place, int c, int h, int w,
        int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var ho = Math.Max((h + paddingHeight - kernelHeight + strideHeight) / strideHeight, 0); ho < HO && ho * strideHeight - paddingHeight <= h; ho++)
        {
            for (var wo = Math.Max((w + paddingWidth - kernelWidth + strideWidth) / strideWidth, 0); wo < WO && wo * strideWidth - paddingWidth <= w; wo++)
            {
                var number = (h - ho * strideHeight + paddingHeight) * kernelWidth + w - wo * strideWidth + paddingWidth;
                sum += T.Select(T.Equal(place[(c * HO + ho) * WO + wo], T.Create(number)), dy[(c * HO + ho) * WO + wo], T.Create(0));
            }
        }

        return sum;
    }
}
