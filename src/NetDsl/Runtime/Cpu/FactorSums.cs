namespace NetDsl.Runtime;

/// <summary>
/// The proof that factored gradients are finite before they are computed. By Cauchy and Schwarz no element of a product summed over the samples is larger than the norm of
/// one factor times the norm of the other, nor is any sum on the way to it; and the factors are small enough to be looked at.
/// </summary>
sealed unsafe class FactorSums
{
    /// <summary>Far below the largest float: sums in single precision may come out a little above the bound, and Winograd's transforms multiply by up to some thousands on the way.</summary>
    const double Largest = float.MaxValue / (1 << 20);

    readonly BufferDefinition[] buffers;
    readonly int batch;
    readonly double[] sums;

    public FactorSums(NetworkDefinition definition, int batch)
    {
        // Loops: the queries of LINQ would be compiled for this type before the first step.
        List<BufferDefinition> found = [];
        foreach (var parameter in definition.Parameters)
        {
            if (batch > 0 && parameter.Factors is { } factors)
            {
                found.Add(definition.Train!.Buffer(factors.Dy));
                found.Add(definition.Train!.Buffer(factors.X));
            }
        }

        buffers = [.. found];
        this.batch = batch;
        sums = new double[Items];
    }

    /// <summary>How many gradients are factored.</summary>
    public int Count => buffers.Length / 2;

    /// <summary>A factor of a sample each.</summary>
    public int Items => buffers.Length * batch;

    /// <summary>Sums the squares of an item.</summary>
    public void Sum(int item, float* samples, long stride)
    {
        var (buffer, sample) = (buffers[item / batch], item % batch);
        sums[item] = GradientCheck.SquareSum(samples + sample * stride + buffer.Offset, buffer.Count);
    }

    /// <summary>No gradient can be anything but finite.</summary>
    public bool ProveFinite()
    {
        for (var i = 0; i < buffers.Length; i += 2)
        {
            if (!(Math.Sqrt(Square(i)) * Math.Sqrt(Square(i + 1)) < Largest))
            {
                return false;
            }
        }

        return true;
    }

    double Square(int buffer)
    {
        var sum = 0.0;
        for (var i = 0; i < batch; i++)
        {
            sum += sums[buffer * batch + i];
        }

        return sum;
    }
}
