namespace NetDsl.Kernels;

/// <summary>
/// The simplex of the permutohedral lattice that holds a point: its corners and the point's barycentric weights (Adams, Baek and Davis 2010, section 3). The lattice lies in the
/// plane of d + 1 coordinates whose sum is zero.
/// </summary>
sealed class Simplex
{
    readonly int dimensions;
    readonly double[] scale;
    readonly double[] elevated;
    readonly int[] nearest;
    readonly int[] rank;
    readonly double[] barycentric;
    readonly int[] corner;

    public Simplex(int dimensions)
    {
        this.dimensions = dimensions;
        scale = new double[dimensions];
        elevated = new double[dimensions + 1];
        nearest = new int[dimensions + 1];
        rank = new int[dimensions + 1];
        barycentric = new double[dimensions + 2];
        corner = new int[dimensions];
        Weights = new float[dimensions + 1];

        // Spreading, blurring and gathering together have the variance 2 (d + 1)² / 3 along each axis: a standard deviation of 1 is stretched to that.
        var deviation = Math.Sqrt(2.0 / 3) * (dimensions + 1);
        for (var i = 0; i < dimensions; i++)
        {
            scale[i] = deviation / Math.Sqrt((i + 1.0) * (i + 2));
        }
    }

    /// <summary>The weights of the corners; their sum is one.</summary>
    public float[] Weights { get; }

    /// <summary>Finds the simplex of a point.</summary>
    /// <exception cref="ArgumentException">A coordinate is not finite, or too large for the lattice.</exception>
    public void Enclose(ReadOnlySpan<float> point)
    {
        Elevate(point);
        var excess = RoundToLattice();
        Rank(excess);

        Array.Clear(barycentric);
        for (var i = 0; i <= dimensions; i++)
        {
            var part = (elevated[i] - nearest[i]) / (dimensions + 1);
            barycentric[dimensions - rank[i]] += part;
            barycentric[dimensions + 1 - rank[i]] -= part;
        }

        barycentric[0] += 1 + barycentric[dimensions + 1];
        for (var i = 0; i <= dimensions; i++)
        {
            Weights[i] = (float)barycentric[i];
        }
    }

    /// <summary>The coordinates of a corner without the last; valid until the next call.</summary>
    public ReadOnlySpan<int> Corner(int number)
    {
        for (var i = 0; i < dimensions; i++)
        {
            corner[i] = nearest[i] + (rank[i] <= dimensions - number ? number : number - (dimensions + 1));
        }

        return corner;
    }

    /// <summary>Into the plane, by a triangular basis of orthogonal vectors.</summary>
    void Elevate(ReadOnlySpan<float> point)
    {
        var sum = 0.0;
        for (var i = dimensions; i > 0; i--)
        {
            var coordinate = point[i - 1] * scale[i - 1];
            if (!(Math.Abs(coordinate) < 1e8))
            {
                throw new ArgumentException($"The feature {point[i - 1]} is not a number that a lattice can place: features are counted in standard deviations.", nameof(point));
            }

            elevated[i] = sum - (i * coordinate);
            sum += coordinate;
        }

        elevated[0] = sum;
    }

    /// <summary>Rounds each coordinate to a multiple of d + 1; returns by how many such steps their sum is off zero.</summary>
    int RoundToLattice()
    {
        var sum = 0;
        for (var i = 0; i <= dimensions; i++)
        {
            var multiple = (int)Math.Round(elevated[i] / (dimensions + 1));
            nearest[i] = multiple * (dimensions + 1);
            sum += multiple;
        }

        return sum;
    }

    /// <summary>Sorts the coordinates by what rounding left of them, and moves those at the end so that the sum is zero.</summary>
    void Rank(int excess)
    {
        Array.Clear(rank);
        for (var i = 0; i < dimensions; i++)
        {
            for (var j = i + 1; j <= dimensions; j++)
            {
                if (elevated[i] - nearest[i] < elevated[j] - nearest[j])
                {
                    rank[i]++;
                }
                else
                {
                    rank[j]++;
                }
            }
        }

        for (var i = 0; i <= dimensions; i++)
        {
            rank[i] += excess;
            if (rank[i] < 0)
            {
                rank[i] += dimensions + 1;
                nearest[i] += dimensions + 1;
            }
            else if (rank[i] > dimensions)
            {
                rank[i] -= dimensions + 1;
                nearest[i] -= dimensions + 1;
            }
        }
    }
}
