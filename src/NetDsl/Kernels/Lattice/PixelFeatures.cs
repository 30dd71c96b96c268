namespace NetDsl.Kernels;

/// <summary>Where pixels lie in the space of a Gaussian filter: in the image, and in the image and among colours.</summary>
static class PixelFeatures
{
    [ThreadStatic]
    static float[]? memory;

    /// <summary>The lattice of a spatial filter.</summary>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="deviation">The standard deviation, in pixels.</param>
    public static PermutohedralLattice Spatial(int height, int width, float deviation) => Bilateral([], height, width, deviation, 1);

    /// <summary>The lattice of a bilateral filter.</summary>
    /// <param name="image">[channels, height, width].</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="position">The standard deviation of positions, in pixels.</param>
    /// <param name="colour">The standard deviation of colours, in the image's own units.</param>
    public static PermutohedralLattice Bilateral(ReadOnlySpan<float> image, int height, int width, float position, float colour)
    {
        var points = height * width;
        var channels = image.Length / points;
        var dimensions = 2 + channels;
        if (memory is null || memory.Length < points * dimensions)
        {
            memory = new float[points * dimensions];
        }

        for (var point = 0; point < points; point++)
        {
            var feature = memory.AsSpan(point * dimensions, dimensions);
            feature[0] = point % width / position;
            feature[1] = point / width / position;
            for (var channel = 0; channel < channels; channel++)
            {
                feature[2 + channel] = image[(channel * points) + point] / colour;
            }
        }

        return LatticeCache.Find(memory.AsSpan(0, points * dimensions), dimensions);
    }
}
