using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// Gaussian filtering of values at points of a space of a few dimensions, in time linear in the points: y_i = Σ_j exp(−|f_i − f_j|² / 2) x_j, approximately (Adams,
/// Baek and Davis 2010, "Fast High-Dimensional Filtering Using the Permutohedral Lattice"). Values are spread over the corners of the simplex that holds their point, blurred along the lattice's
/// axes, and gathered again. What is returned is divided by what ones would give, as in Krähenbühl and Koltun 2011. Built again, it takes no new memory unless it grows.
/// </summary>
public sealed class PermutohedralLattice
{
    readonly LatticeVertices vertices = new();
    int dimensions;
    int points;
    int[] corners = [];
    float[] weights = [];
    int[] neighbours = [];
    float[] reciprocal = [];
    float[] values = [];
    float[] blurred = [];
    float[] row = [];

    /// <summary>Lattice points that any feature touches.</summary>
    public int Vertices => vertices.Count;

    /// <summary>Finds the simplex of each point.</summary>
    /// <param name="features">[points, dimensions], in standard deviations of the Gaussian.</param>
    /// <param name="featureDimensions">The dimensions of the space.</param>
    /// <exception cref="ArgumentException">The features are not whole points, or not finite.</exception>
    public void Build(ReadOnlySpan<float> features, int featureDimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureDimensions, 1);
        if (features.Length % featureDimensions != 0)
        {
            throw new ArgumentException($"{features.Length} features are no whole number of points of {featureDimensions} dimensions.", nameof(features));
        }

        (dimensions, points) = (featureDimensions, features.Length / featureDimensions);
        vertices.Clear(dimensions);
        Grow(ref corners, points * (dimensions + 1));
        Grow(ref weights, points * (dimensions + 1));
        Embed(features);
        FindNeighbours();

        Grow(ref reciprocal, points);
        var sums = reciprocal.AsSpan(0, points);
        sums.Fill(1);
        Spread(sums, 1, scaled: false);
        Blur(1, reversed: false);
        Gather(sums, 1, scaled: false);
        foreach (ref var sum in sums)
        {
            // A point always finds itself, so that the sum is far from zero.
            sum = 1 / sum;
        }
    }

    /// <summary>Filters values: [channels, points] to [channels, points].</summary>
    /// <param name="x">The values.</param>
    /// <param name="y">The filtered values; may be the same memory.</param>
    /// <param name="channels">How many values each point has.</param>
    public void Filter(ReadOnlySpan<float> x, Span<float> y, int channels)
    {
        Check(x, y, channels);
        Spread(x, channels, scaled: false);
        Blur(channels, reversed: false);
        Gather(y, channels, scaled: true);
    }

    /// <summary>The transpose of <see cref="Filter"/>: takes a gradient by its result to the gradient by its input.</summary>
    /// <param name="dy">The gradient by the result.</param>
    /// <param name="dx">The gradient by the input; may be the same memory.</param>
    /// <param name="channels">How many values each point has.</param>
    public void Transposed(ReadOnlySpan<float> dy, Span<float> dx, int channels)
    {
        Check(dy, dx, channels);
        Spread(dy, channels, scaled: true);
        Blur(channels, reversed: true);
        Gather(dx, channels, scaled: false);
    }

    void Check(ReadOnlySpan<float> from, Span<float> to, int channels)
    {
        if (from.Length != (long)points * channels || to.Length != from.Length)
        {
            throw new ArgumentException($"{channels} channels of {points} points are {(long)points * channels} values, but {from.Length} and {to.Length} are given.");
        }
    }

    void Embed(ReadOnlySpan<float> features)
    {
        var simplex = new Simplex(dimensions);
        for (var point = 0; point < points; point++)
        {
            simplex.Enclose(features.Slice(point * dimensions, dimensions));
            for (var corner = 0; corner <= dimensions; corner++)
            {
                corners[(point * (dimensions + 1)) + corner] = vertices.Find(simplex.Corner(corner), add: true);
                weights[(point * (dimensions + 1)) + corner] = simplex.Weights[corner];
            }
        }
    }

    /// <summary>The two neighbours of each vertex along each axis; 0 where no feature touches them.</summary>
    void FindNeighbours()
    {
        Grow(ref neighbours, (vertices.Count + 1) * (dimensions + 1) * 2);
        Span<int> next = stackalloc int[dimensions];
        Span<int> previous = stackalloc int[dimensions];
        for (var vertex = 1; vertex <= vertices.Count; vertex++)
        {
            var key = vertices.Key(vertex);
            for (var axis = 0; axis <= dimensions; axis++)
            {
                for (var i = 0; i < dimensions; i++)
                {
                    next[i] = i == axis ? key[i] - dimensions : key[i] + 1;
                    previous[i] = i == axis ? key[i] + dimensions : key[i] - 1;
                }

                var at = ((vertex * (dimensions + 1)) + axis) * 2;
                neighbours[at] = vertices.Find(next, add: false);
                neighbours[at + 1] = vertices.Find(previous, add: false);
            }
        }
    }

    /// <summary>Floats of a vertex: whole vectors, so that loops over channels have no rest.</summary>
    static int Stride(int channels) => (channels + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    void Spread(ReadOnlySpan<float> x, int channels, bool scaled)
    {
        var stride = Stride(channels);
        var length = checked((vertices.Count + 1) * stride);
        Grow(ref values, length);
        Grow(ref blurred, length);
        Array.Clear(values, 0, length);
        // Vertex 0 is no vertex: it is read for neighbours that do not exist.
        Array.Clear(blurred, 0, stride);
        Grow(ref row, stride);
        Array.Clear(row, 0, stride);
        for (var point = 0; point < points; point++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                row[channel] = scaled ? x[(channel * points) + point] * reciprocal[point] : x[(channel * points) + point];
            }

            for (var corner = 0; corner <= dimensions; corner++)
            {
                var at = (point * (dimensions + 1)) + corner;
                Add(ref values[corners[at] * stride], ref row[0], weights[at], stride);
            }
        }
    }

    void Gather(Span<float> y, int channels, bool scaled)
    {
        var stride = Stride(channels);
        for (var point = 0; point < points; point++)
        {
            Array.Clear(row, 0, stride);
            for (var corner = 0; corner <= dimensions; corner++)
            {
                var at = (point * (dimensions + 1)) + corner;
                Add(ref row[0], ref values[corners[at] * stride], weights[at], stride);
            }

            for (var channel = 0; channel < channels; channel++)
            {
                y[(channel * points) + point] = scaled ? row[channel] * reciprocal[point] : row[channel];
            }
        }
    }

    /// <summary>A quarter, a half and a quarter along each axis. The transpose takes the axes in the other order.</summary>
    void Blur(int channels, bool reversed)
    {
        var stride = Stride(channels);
        for (var i = 0; i <= dimensions; i++)
        {
            var axis = reversed ? dimensions - i : i;
            for (var vertex = 1; vertex <= vertices.Count; vertex++)
            {
                var at = ((vertex * (dimensions + 1)) + axis) * 2;
                Average(ref values[vertex * stride], ref values[neighbours[at] * stride], ref values[neighbours[at + 1] * stride], ref blurred[vertex * stride], stride);
            }

            (values, blurred) = (blurred, values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(ref float target, ref float source, float factor, int length)
    {
        for (var i = 0; i < length; i += Vector<float>.Count)
        {
            (At(ref target, i) + (At(ref source, i) * factor)).StoreUnsafe(ref target, (nuint)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Average(ref float centre, ref float next, ref float previous, ref float result, int length)
    {
        for (var i = 0; i < length; i += Vector<float>.Count)
        {
            ((At(ref centre, i) * 0.5f) + ((At(ref next, i) + At(ref previous, i)) * 0.25f)).StoreUnsafe(ref result, (nuint)i);
        }
    }

    static Vector<float> At(ref float start, int index) => Vector.LoadUnsafe(ref start, (nuint)index);

    static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[Math.Max(length, Math.Min(array.Length * 2, Array.MaxLength))];
        }
    }
}
