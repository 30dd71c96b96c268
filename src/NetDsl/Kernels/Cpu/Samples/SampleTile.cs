namespace NetDsl.Kernels;

/// <summary>Register tiles where lanes are samples: a few target channels times a few vectors of samples, so that each weight and each vector is read once for several products.</summary>
static unsafe class SampleTile
{
    /// <summary>Floats of the sums of <see cref="Pixels"/> pixels, and of an aligned beginning.</summary>
    public const int Scratch = Pixels * Targets * Vectors * SampleBlock.Lanes + SampleBlock.Lanes;

    /// <summary>Target channels of the largest tile; a tall one has twice as many.</summary>
    public const int Targets = 6;

    /// <summary>Pixels whose sums wait for what is fused behind them.</summary>
    public const int Pixels = 8;

    const int Vectors = 4;

    /// <summary>Vectors of samples that a tile has: as the registers allow, of which 512-bit lanes have twice as many as others.</summary>
    public static int Columns<T>()
        where T : struct, IMemoryLanes<T> => T.Count == SampleBlock.Lanes ? Vectors : 2;

    /// <summary>Computes a tile and gives it to what is fused behind. A single vector of samples takes targets two by two; an odd one is left for itself.</summary>
    /// <param name="terms">The terms of each sum.</param>
    /// <param name="vectors">The vectors of samples.</param>
    /// <param name="targets">Target channels.</param>
    /// <param name="sums"><see cref="Scratch"/> floats.</param>
    /// <param name="result">Where the first result lies in block 0.</param>
    /// <param name="strides">From one pixel, and from one target, to the next.</param>
    /// <param name="epilogue">Takes the results.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TEpilogue">The epilogue.</typeparam>
    public static void Compute<T, TEpilogue>(
        SampleTerms terms, in SampleColumns vectors, int targets, float* sums, nint result, (nint Pixel, nint Target) strides, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        if (vectors.Count == 1 && targets > 1)
        {
            var even = targets & ~1;
            Sum<T>(terms, even, 1, sums);
            vectors.Store<T, TEpilogue>(sums, (terms.Pixels, even, 1), result, strides, epilogue);
            if (even == targets)
            {
                return;
            }

            terms.Weights += even * terms.TargetStride;
            terms.Bias = terms.Bias == null ? null : terms.Bias + even;
            result += even * strides.Target;
            targets = 1;
        }

        var width = vectors.Count <= 2 ? 2 : 4;
        Sum<T>(terms, targets, width, sums);
        vectors.Store<T, TEpilogue>(sums, (terms.Pixels, targets, width), result, strides, epilogue);
    }

    /// <summary>Sums the terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="targets">Target channels.</param>
    /// <param name="vectors">Vectors of samples: 1 (an even number of targets, up to 12), 2 or 4.</param>
    /// <param name="sums">Takes the sums, [pixel][target][vector].</param>
    /// <typeparam name="T">The lanes.</typeparam>
    public static void Sum<T>(in SampleTerms terms, int targets, int vectors, float* sums)
        where T : struct, IMemoryLanes<T>
    {
        switch (vectors == 1 ? targets / 2 : targets)
        {
            case 1: Sum<T, One>(terms, vectors, sums); break;
            case 2: Sum<T, Two>(terms, vectors, sums); break;
            case 3: Sum<T, Three>(terms, vectors, sums); break;
            case 4: Sum<T, Four>(terms, vectors, sums); break;
            case 5: Sum<T, Five>(terms, vectors, sums); break;
            default: Sum<T, Six>(terms, vectors, sums); break;
        }
    }

    static void Sum<T, TTargets>(in SampleTerms terms, int vectors, float* sums)
        where T : struct, IMemoryLanes<T>
        where TTargets : struct, ITileCount
    {
        switch (vectors)
        {
            case 1: SampleTileTall.Sum<T, TTargets>(terms, sums); break;
            case 2: SampleTileWide.Sum<T, TTargets, Two>(terms, sums); break;
            default: SampleTileWide.Sum<T, TTargets, Four>(terms, sums); break;
        }
    }
}
