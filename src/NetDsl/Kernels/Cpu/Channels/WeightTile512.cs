using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <summary>
/// The register tiles of the gradient by the weight, for 32 registers of 512 bits: the sums over a strip of pixels of three places of four input channels
/// with two blocks of output channels. A place is any (input block, kernel element, four channels), so every kernel fills the tile.
/// </summary>
static unsafe class WeightTile512
{
    /// <summary>Three places of four channels, two output blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile3x4x2(in WeightStrip strip, float* dy, float* x, nint* offsets, float* sums)
    {
        var x0 = x + offsets[0];
        var x1 = x + offsets[1];
        var x2 = x + offsets[2];
        var upper = dy + strip.OutputBlock;
        var a0l = Vector512.Load(sums);
        var a0u = Vector512.Load(sums + 16);
        var a1l = Vector512.Load(sums + 32);
        var a1u = Vector512.Load(sums + 48);
        var a2l = Vector512.Load(sums + 64);
        var a2u = Vector512.Load(sums + 80);
        var a3l = Vector512.Load(sums + 96);
        var a3u = Vector512.Load(sums + 112);
        var b0l = Vector512.Load(sums + 128);
        var b0u = Vector512.Load(sums + 144);
        var b1l = Vector512.Load(sums + 160);
        var b1u = Vector512.Load(sums + 176);
        var b2l = Vector512.Load(sums + 192);
        var b2u = Vector512.Load(sums + 208);
        var b3l = Vector512.Load(sums + 224);
        var b3u = Vector512.Load(sums + 240);
        var c0l = Vector512.Load(sums + 256);
        var c0u = Vector512.Load(sums + 272);
        var c1l = Vector512.Load(sums + 288);
        var c1u = Vector512.Load(sums + 304);
        var c2l = Vector512.Load(sums + 320);
        var c2u = Vector512.Load(sums + 336);
        var c3l = Vector512.Load(sums + 352);
        var c3u = Vector512.Load(sums + 368);
        for (var row = 0; row < strip.Rows; row++)
        {
            var end = (nint)strip.Columns * 16;
            var step = strip.InputPixel;
            for (nint i = 0, j = 0; i < end; i += 16, j += step)
            {
                var d0 = *(Vector512<float>*)(dy + i);
                var d1 = *(Vector512<float>*)(upper + i);
                Vector512<float> v;
                v = Vector512.Create(x0[j]);
                a0l = Vector512.FusedMultiplyAdd(v, d0, a0l);
                a0u = Vector512.FusedMultiplyAdd(v, d1, a0u);
                v = Vector512.Create(x0[j + 1]);
                a1l = Vector512.FusedMultiplyAdd(v, d0, a1l);
                a1u = Vector512.FusedMultiplyAdd(v, d1, a1u);
                v = Vector512.Create(x0[j + 2]);
                a2l = Vector512.FusedMultiplyAdd(v, d0, a2l);
                a2u = Vector512.FusedMultiplyAdd(v, d1, a2u);
                v = Vector512.Create(x0[j + 3]);
                a3l = Vector512.FusedMultiplyAdd(v, d0, a3l);
                a3u = Vector512.FusedMultiplyAdd(v, d1, a3u);
                v = Vector512.Create(x1[j]);
                b0l = Vector512.FusedMultiplyAdd(v, d0, b0l);
                b0u = Vector512.FusedMultiplyAdd(v, d1, b0u);
                v = Vector512.Create(x1[j + 1]);
                b1l = Vector512.FusedMultiplyAdd(v, d0, b1l);
                b1u = Vector512.FusedMultiplyAdd(v, d1, b1u);
                v = Vector512.Create(x1[j + 2]);
                b2l = Vector512.FusedMultiplyAdd(v, d0, b2l);
                b2u = Vector512.FusedMultiplyAdd(v, d1, b2u);
                v = Vector512.Create(x1[j + 3]);
                b3l = Vector512.FusedMultiplyAdd(v, d0, b3l);
                b3u = Vector512.FusedMultiplyAdd(v, d1, b3u);
                v = Vector512.Create(x2[j]);
                c0l = Vector512.FusedMultiplyAdd(v, d0, c0l);
                c0u = Vector512.FusedMultiplyAdd(v, d1, c0u);
                v = Vector512.Create(x2[j + 1]);
                c1l = Vector512.FusedMultiplyAdd(v, d0, c1l);
                c1u = Vector512.FusedMultiplyAdd(v, d1, c1u);
                v = Vector512.Create(x2[j + 2]);
                c2l = Vector512.FusedMultiplyAdd(v, d0, c2l);
                c2u = Vector512.FusedMultiplyAdd(v, d1, c2u);
                v = Vector512.Create(x2[j + 3]);
                c3l = Vector512.FusedMultiplyAdd(v, d0, c3l);
                c3u = Vector512.FusedMultiplyAdd(v, d1, c3u);
            }

            dy += strip.OutputRow;
            upper += strip.OutputRow;
            x0 += strip.InputRow;
            x1 += strip.InputRow;
            x2 += strip.InputRow;
        }

        a0l.Store(sums);
        a0u.Store(sums + 16);
        a1l.Store(sums + 32);
        a1u.Store(sums + 48);
        a2l.Store(sums + 64);
        a2u.Store(sums + 80);
        a3l.Store(sums + 96);
        a3u.Store(sums + 112);
        b0l.Store(sums + 128);
        b0u.Store(sums + 144);
        b1l.Store(sums + 160);
        b1u.Store(sums + 176);
        b2l.Store(sums + 192);
        b2u.Store(sums + 208);
        b3l.Store(sums + 224);
        b3u.Store(sums + 240);
        c0l.Store(sums + 256);
        c0u.Store(sums + 272);
        c1l.Store(sums + 288);
        c1u.Store(sums + 304);
        c2l.Store(sums + 320);
        c2u.Store(sums + 336);
        c3l.Store(sums + 352);
        c3u.Store(sums + 368);
    }

    /// <summary>Three places of four channels, one output block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile3x4x1(in WeightStrip strip, float* dy, float* x, nint* offsets, float* sums)
    {
        var x0 = x + offsets[0];
        var x1 = x + offsets[1];
        var x2 = x + offsets[2];
        var a0l = Vector512.Load(sums);
        var a1l = Vector512.Load(sums + 32);
        var a2l = Vector512.Load(sums + 64);
        var a3l = Vector512.Load(sums + 96);
        var b0l = Vector512.Load(sums + 128);
        var b1l = Vector512.Load(sums + 160);
        var b2l = Vector512.Load(sums + 192);
        var b3l = Vector512.Load(sums + 224);
        var c0l = Vector512.Load(sums + 256);
        var c1l = Vector512.Load(sums + 288);
        var c2l = Vector512.Load(sums + 320);
        var c3l = Vector512.Load(sums + 352);
        for (var row = 0; row < strip.Rows; row++)
        {
            var end = (nint)strip.Columns * 16;
            var step = strip.InputPixel;
            for (nint i = 0, j = 0; i < end; i += 16, j += step)
            {
                var d0 = *(Vector512<float>*)(dy + i);
                Vector512<float> v;
                v = Vector512.Create(x0[j]);
                a0l = Vector512.FusedMultiplyAdd(v, d0, a0l);
                v = Vector512.Create(x0[j + 1]);
                a1l = Vector512.FusedMultiplyAdd(v, d0, a1l);
                v = Vector512.Create(x0[j + 2]);
                a2l = Vector512.FusedMultiplyAdd(v, d0, a2l);
                v = Vector512.Create(x0[j + 3]);
                a3l = Vector512.FusedMultiplyAdd(v, d0, a3l);
                v = Vector512.Create(x1[j]);
                b0l = Vector512.FusedMultiplyAdd(v, d0, b0l);
                v = Vector512.Create(x1[j + 1]);
                b1l = Vector512.FusedMultiplyAdd(v, d0, b1l);
                v = Vector512.Create(x1[j + 2]);
                b2l = Vector512.FusedMultiplyAdd(v, d0, b2l);
                v = Vector512.Create(x1[j + 3]);
                b3l = Vector512.FusedMultiplyAdd(v, d0, b3l);
                v = Vector512.Create(x2[j]);
                c0l = Vector512.FusedMultiplyAdd(v, d0, c0l);
                v = Vector512.Create(x2[j + 1]);
                c1l = Vector512.FusedMultiplyAdd(v, d0, c1l);
                v = Vector512.Create(x2[j + 2]);
                c2l = Vector512.FusedMultiplyAdd(v, d0, c2l);
                v = Vector512.Create(x2[j + 3]);
                c3l = Vector512.FusedMultiplyAdd(v, d0, c3l);
            }

            dy += strip.OutputRow;
            x0 += strip.InputRow;
            x1 += strip.InputRow;
            x2 += strip.InputRow;
        }

        a0l.Store(sums);
        a1l.Store(sums + 32);
        a2l.Store(sums + 64);
        a3l.Store(sums + 96);
        b0l.Store(sums + 128);
        b1l.Store(sums + 160);
        b2l.Store(sums + 192);
        b3l.Store(sums + 224);
        c0l.Store(sums + 256);
        c1l.Store(sums + 288);
        c2l.Store(sums + 320);
        c3l.Store(sums + 352);
    }
}
