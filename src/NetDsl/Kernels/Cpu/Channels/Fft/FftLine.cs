using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// The one-dimensional transform of 16, 32 or 64 complex numbers, a vector of channels at a time (Cooley and Tukey 1965, decimation in frequency). Number i of a
/// line is a vector of real parts and behind it one of imaginary parts. Frequencies lie in the order in which the butterflies leave them, as
/// <see cref="Position{TPoints}"/> says: the inverse reads them so, and products do not care.
/// </summary>
static unsafe partial class FftLine
{
    /// <summary>Where frequency <paramref name="f"/> lies in a transformed line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Position<TPoints>(int f)
        where TPoints : struct, ITileCount => TPoints.Value switch
        {
            16 => f % 4 * 4 + f / 4,
            32 => f % 8 * 4 + f / 8,
            _ => f % 4 * 16 + f / 4 % 4 * 4 + f / 16,
        };

    /// <summary>All butterflies but the last: what is left is a transform of each four neighbours.</summary>
    /// <param name="re">Real part of number 0.</param>
    /// <param name="im">Imaginary part of number 0.</param>
    /// <param name="step">Floats from one number to the next.</param>
    /// <param name="line">The result; it may be what is read.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void First<T, TPoints>(float* re, float* im, nint step, float* line)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        var roots = FftRoots.Table;
        if (TPoints.Value == 32)
        {
            First8<T>(re, im, step, line, roots);
            return;
        }

        First4<T, TPoints>(re, im, step, line, roots);
        if (TPoints.Value == 64)
        {
            for (var q = 0; q < 4; q++)
            {
                var part = line + q * 16 * 2 * T.Count;
                First4<T, Sixteen>(part, part + T.Count, 2 * T.Count, part, roots);
            }
        }
    }

    /// <summary>The last butterflies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Last<T, TPoints>(float* line)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        for (var group = 0; group < TPoints.Value / 4; group++)
        {
            Butterfly4(line, line + T.Count, 2 * T.Count, out T r0, out T i0, out T r1, out T i1, out T r2, out T i2, out T r3, out T i3);
            T.Store(line, r0);
            T.Store(line + T.Count, i0);
            T.Store(line + 2 * T.Count, r1);
            T.Store(line + 3 * T.Count, i1);
            T.Store(line + 4 * T.Count, r2);
            T.Store(line + 5 * T.Count, i2);
            T.Store(line + 6 * T.Count, r3);
            T.Store(line + 7 * T.Count, i3);
            line += 8 * T.Count;
        }
    }

    /// <summary>Four numbers, <paramref name="step"/> floats apart, to their four frequencies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly4<T>(
        float* re, float* im, nint step, out T r0, out T i0, out T r1, out T i1, out T r2, out T i2, out T r3, out T i3)
        where T : struct, IMemoryLanes<T>
    {
        var (ar, ai, br, bi) = (T.Load(re), T.Load(im), T.Load(re + step), T.Load(im + step));
        var (cr, ci, dr, di) = (T.Load(re + 2 * step), T.Load(im + 2 * step), T.Load(re + 3 * step), T.Load(im + 3 * step));
        var (sr, si, tr, ti) = (ar + cr, ai + ci, ar - cr, ai - ci);
        var (ur, ui, vr, vi) = (br + dr, bi + di, br - dr, bi - di);
        r0 = sr + ur;
        i0 = si + ui;
        r1 = tr + vi;
        i1 = ti - vr;
        r2 = sr - ur;
        i2 = si - ui;
        r3 = tr - vi;
        i3 = ti + vr;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void First4<T, TPoints>(float* re, float* im, nint step, float* line, float* roots)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        const int radix = 4;
        var quarter = TPoints.Value / radix;
        for (var j = 0; j < quarter; j++)
        {
            Butterfly4(re, im, quarter * step, out T r0, out T i0, out T r1, out T i1, out T r2, out T i2, out T r3, out T i3);
            T.Store(line, r0);
            T.Store(line + T.Count, i0);
            var target = line + quarter * 2 * T.Count;
            var root = j * (FftRoots.Count / TPoints.Value);
            StoreTurned(r1, i1, roots + root * FftRoots.Floats, target);
            StoreTurned(r2, i2, roots + 2 * root * FftRoots.Floats, target + quarter * 2 * T.Count);
            StoreTurned(r3, i3, roots + 3 * root * FftRoots.Floats, target + quarter * 4 * T.Count);
            re += step;
            im += step;
            line += 2 * T.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void First8<T>(float* re, float* im, nint step, float* line, float* roots)
        where T : struct, IMemoryLanes<T>
    {
        const int eighth = 4;
        var half = T.Create(0.70710678f);
        var pitch = eighth * 2 * T.Count;
        for (var j = 0; j < eighth; j++)
        {
            Butterfly4(re, im, 2 * eighth * step, out T r0, out T i0, out T r1, out T i1, out T r2, out T i2, out T r3, out T i3);
            Butterfly4(
                re + eighth * step, im + eighth * step, 2 * eighth * step, out T s0, out T t0, out T s1, out T t1, out T s2, out T t2, out T s3, out T t3);
            var root = j * (FftRoots.Count / 32) * FftRoots.Floats;
            T.Store(line, r0 + s0);
            T.Store(line + T.Count, i0 + t0);
            StoreTurned(r0 - s0, i0 - t0, roots + 4 * root, line + 4 * pitch);
            var (u, v) = ((s1 + t1) * half, (t1 - s1) * half);
            StoreTurned(r1 + u, i1 + v, roots + root, line + pitch);
            StoreTurned(r1 - u, i1 - v, roots + 5 * root, line + 5 * pitch);
            StoreTurned(r2 + t2, i2 - s2, roots + 2 * root, line + 2 * pitch);
            StoreTurned(r2 - t2, i2 + s2, roots + 6 * root, line + 6 * pitch);
            (u, v) = ((t3 - s3) * half, (s3 + t3) * half);
            StoreTurned(r3 + u, i3 - v, roots + 3 * root, line + 3 * pitch);
            StoreTurned(r3 - u, i3 + v, roots + 7 * root, line + 7 * pitch);
            re += step;
            im += step;
            line += 2 * T.Count;
        }
    }

    /// <summary>Stores (r + i·m) w for a root of unity w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void StoreTurned<T>(T r, T m, float* root, float* target)
        where T : struct, IMemoryLanes<T>
    {
        var cosine = T.Create(root[0]);
        T.Store(target, T.MultiplyAdd(m, T.Create(root[2]), r * cosine));
        T.Store(target + T.Count, T.MultiplyAdd(r, T.Create(root[1]), m * cosine));
    }
}
