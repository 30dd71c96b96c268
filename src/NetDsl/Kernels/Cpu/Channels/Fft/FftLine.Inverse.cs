using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <content>The inverse, without the division by the number of points: the same butterflies from the last to the first, turned the other way.</content>
static unsafe partial class FftLine
{
    /// <summary>Undoes <see cref="Last{T,TPoints}"/>, but for a factor of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InverseLast<T, TPoints>(float* line)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        for (var group = 0; group < TPoints.Value / 4; group++)
        {
            Inverse4(
                T.Load(line), T.Load(line + T.Count), T.Load(line + 2 * T.Count), T.Load(line + 3 * T.Count),
                T.Load(line + 4 * T.Count), T.Load(line + 5 * T.Count), T.Load(line + 6 * T.Count), T.Load(line + 7 * T.Count),
                line, line + T.Count, 2 * T.Count);
            line += 8 * T.Count;
        }
    }

    /// <summary>Undoes <see cref="First{T,TPoints}"/>, but for the factor; the line is lost.</summary>
    /// <param name="line">The frequencies, behind <see cref="InverseLast{T,TPoints}"/>.</param>
    /// <param name="re">Takes the real part of number 0.</param>
    /// <param name="im">Takes the imaginary part of number 0.</param>
    /// <param name="step">Floats from one number to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InverseFirst<T, TPoints>(float* line, float* re, float* im, nint step)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        var roots = FftRoots.Table;
        if (TPoints.Value == 32)
        {
            InverseFirst8<T>(line, re, im, step, roots);
            return;
        }

        if (TPoints.Value == 64)
        {
            for (var q = 0; q < 4; q++)
            {
                var part = line + q * 16 * 2 * T.Count;
                InverseFirst4<T, Sixteen>(part, part, part + T.Count, 2 * T.Count, roots);
            }
        }

        InverseFirst4<T, TPoints>(line, re, im, step, roots);
    }

    /// <summary>Four frequencies to their four numbers, <paramref name="step"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Inverse4<T>(T ar, T ai, T br, T bi, T cr, T ci, T dr, T di, float* re, float* im, nint step)
        where T : struct, IMemoryLanes<T>
    {
        var (sr, si, tr, ti) = (ar + cr, ai + ci, ar - cr, ai - ci);
        var (ur, ui, vr, vi) = (br + dr, bi + di, br - dr, bi - di);
        T.Store(re, sr + ur);
        T.Store(im, si + ui);
        T.Store(re + step, tr - vi);
        T.Store(im + step, ti + vr);
        T.Store(re + 2 * step, sr - ur);
        T.Store(im + 2 * step, si - ui);
        T.Store(re + 3 * step, tr + vi);
        T.Store(im + 3 * step, ti - vr);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void InverseFirst4<T, TPoints>(float* line, float* re, float* im, nint step, float* roots)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        const int radix = 4;
        var quarter = TPoints.Value / radix;
        var pitch = quarter * 2 * T.Count;
        for (var j = 0; j < quarter; j++)
        {
            var root = j * (FftRoots.Count / TPoints.Value) * FftRoots.Floats;
            LoadTurned(line + pitch, roots + root, out T br, out T bi);
            LoadTurned(line + 2 * pitch, roots + 2 * root, out T cr, out T ci);
            LoadTurned(line + 3 * pitch, roots + 3 * root, out T dr, out T di);
            Inverse4(T.Load(line), T.Load(line + T.Count), br, bi, cr, ci, dr, di, re, im, quarter * step);
            re += step;
            im += step;
            line += 2 * T.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void InverseFirst8<T>(float* line, float* re, float* im, nint step, float* roots)
        where T : struct, IMemoryLanes<T>
    {
        const int eighth = 4;
        var half = T.Create(0.70710678f);
        var pitch = eighth * 2 * T.Count;
        var far = eighth * step;
        for (var j = 0; j < eighth; j++)
        {
            // Number p of the result is E(p) + w(p) O(p), number p + 4 their difference: E from the even places, O from the odd ones.
            var root = j * (FftRoots.Count / 32) * FftRoots.Floats;
            LoadTurned(line + pitch, roots + root, out T ar, out T ai);
            LoadTurned(line + 3 * pitch, roots + 3 * root, out T br, out T bi);
            LoadTurned(line + 5 * pitch, roots + 5 * root, out T cr, out T ci);
            LoadTurned(line + 7 * pitch, roots + 7 * root, out T dr, out T di);
            var (sr, si, tr, ti) = (ar + cr, ai + ci, ar - cr, ai - ci);
            var (ur, ui, vr, vi) = (br + dr, bi + di, br - dr, bi - di);
            var (o0, p0, o2, p2) = (sr + ur, si + ui, sr - ur, si - ui);
            var (o1, p1, o3, p3) = (tr - vi, ti + vr, tr + vi, ti - vr);
            (o1, p1) = ((o1 - p1) * half, (o1 + p1) * half);
            (o3, p3) = ((o3 + p3) * half, (o3 - p3) * half);
            (ar, ai) = (T.Load(line), T.Load(line + T.Count));
            LoadTurned(line + 2 * pitch, roots + 2 * root, out br, out bi);
            LoadTurned(line + 4 * pitch, roots + 4 * root, out cr, out ci);
            LoadTurned(line + 6 * pitch, roots + 6 * root, out dr, out di);
            (sr, si, tr, ti) = (ar + cr, ai + ci, ar - cr, ai - ci);
            (ur, ui, vr, vi) = (br + dr, bi + di, br - dr, bi - di);
            var (e0, f0, e2, f2) = (sr + ur, si + ui, sr - ur, si - ui);
            var (e1, f1, e3, f3) = (tr - vi, ti + vr, tr + vi, ti - vr);
            T.Store(re, e0 + o0);
            T.Store(im, f0 + p0);
            T.Store(re + far, e1 + o1);
            T.Store(im + far, f1 + p1);
            T.Store(re + 2 * far, e2 - p2);
            T.Store(im + 2 * far, f2 + o2);
            T.Store(re + 3 * far, e3 - o3);
            T.Store(im + 3 * far, f3 + p3);
            T.Store(re + 4 * far, e0 - o0);
            T.Store(im + 4 * far, f0 - p0);
            T.Store(re + 5 * far, e1 - o1);
            T.Store(im + 5 * far, f1 - p1);
            T.Store(re + 6 * far, e2 + p2);
            T.Store(im + 6 * far, f2 - o2);
            T.Store(re + 7 * far, e3 + o3);
            T.Store(im + 7 * far, f3 - p3);
            re += step;
            im += step;
            line += 2 * T.Count;
        }
    }

    /// <summary>Loads a number and multiplies it with the conjugate of a root of unity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void LoadTurned<T>(float* source, float* root, out T r, out T m)
        where T : struct, IMemoryLanes<T>
    {
        var (a, b) = (T.Load(source), T.Load(source + T.Count));
        var cosine = T.Create(root[0]);
        r = T.MultiplyAdd(b, T.Create(root[1]), a * cosine);
        m = T.MultiplyAdd(a, T.Create(root[2]), b * cosine);
    }
}
