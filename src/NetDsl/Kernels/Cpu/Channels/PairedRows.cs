using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <summary>Vectors of inputs as <see cref="PairedTile512"/> wants them: scaled, one behind the other, each with what is subtracted for it and what multiplies its products back.</summary>
readonly unsafe struct PairedRows
{
    /// <summary>Inputs of a triple: a pair, and one that is multiplied as ever.</summary>
    public const int Triple = 3;

    const int Lanes = 16;

    /// <summary>Vectors that are prepared at once, at most.</summary>
    const int Most = 48;

    readonly float* values;
    readonly float* sums;
    readonly float* scales;

    /// <param name="memory">As many floats as <see cref="Memory"/> says.</param>
    /// <param name="inputs">Inputs of a vector.</param>
    public PairedRows(float* memory, int inputs)
    {
        Inputs = inputs;
        Pitch = PitchOf(inputs);
        values = memory;
        sums = memory + (Most * Pitch);
        scales = sums + Most;
    }

    public int Inputs { get; }

    /// <summary>Triples of a vector: the last one may be completed by zeros.</summary>
    public nint Triples => Whole(Inputs) / Triple;

    /// <summary>Floats from one vector to the next.</summary>
    public nint Pitch { get; }

    /// <summary>One for the first of a pair, in the order of the inputs, which begins anew after 48: pairs come every three inputs, registers every sixteen.</summary>
    static ReadOnlySpan<float> FirstOfPair =>
    [
        1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1,
        0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0,
        0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0,
    ];

    /// <summary>Zeros behind a vector end its last sixteen and their neighbours.</summary>
    static nint PitchOf(int inputs) => ((inputs + Lanes - 1) / Lanes * Lanes) + Lanes;

    /// <summary>Floats of memory for the vectors of an item.</summary>
    public static long Memory(int inputs) => Most * (PitchOf(inputs) + 2);

    /// <summary>The inputs, completed to whole triples by zeros.</summary>
    public static int Whole(int inputs) => (inputs + Triple - 1) / Triple * Triple;

    /// <summary>A scaled vector.</summary>
    public float* Row(int row) => values + (row * Pitch);

    /// <summary>Σ x₀x₁ over the pairs of a scaled vector.</summary>
    public float Sum(int row) => sums[row];

    /// <summary>What multiplies the products of a vector back.</summary>
    public float Scale(int row) => scales[row];

    /// <summary>Takes some vectors; zeros complete the last tile, which is of eight, of four or of one.</summary>
    public void Prepare(float* x, nint stride, int count)
    {
        for (var row = 0; row < count; row++)
        {
            Prepare(x + (row * stride), row);
        }

        var tile = count % 8 <= 1 ? 1 : count % 8 <= 4 ? 4 : 8;
        for (var row = count; row % tile != 0; row++)
        {
            new Span<float>(Row(row), (int)Pitch).Clear();
            (sums[row], scales[row]) = (0, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Prepare(float* x, int row)
    {
        var scale = PairedScale.Of(x, Inputs);
        var target = Row(row);
        var down = Vector512.Create(scale.Down);
        nint whole = Inputs / Lanes * Lanes;
        for (nint i = 0; i < whole; i += Lanes)
        {
            *(Vector512<float>*)(target + i) = *(Vector512<float>*)(x + i) * down;
        }

        for (nint i = whole; i < Pitch; i++)
        {
            target[i] = i < Inputs ? x[i] * scale.Down : 0;
        }

        var sum = Vector512<float>.Zero;
        fixed (float* first = FirstOfPair)
        {
            nint phase = 0;
            for (nint i = 0; i < Inputs; i += Lanes)
            {
                sum = Vector512.FusedMultiplyAdd(*(Vector512<float>*)(target + i) * *(Vector512<float>*)(first + phase), *(Vector512<float>*)(target + i + 1), sum);
                phase = phase == 2 * Lanes ? 0 : phase + Lanes;
            }
        }

        sums[row] = Vector512.Sum(sum);
        scales[row] = scale.Up;
    }
}
