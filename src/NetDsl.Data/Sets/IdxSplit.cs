namespace NetDsl.Data;

/// <summary>Makes a split of two IDX files, once their shapes agree.</summary>
static class IdxSplit
{
    public static DataSplit Create(string name, IdxFile images, IdxFile labels)
    {
        if (images.Shape is not [_, _, _] and not [_, _, _, _])
        {
            throw new InvalidDataException($"{images.Name}: has shape {string.Join('×', images.Shape)}, where images have three axes (samples, height, width) or four (samples, channels, height, width).");
        }

        if (labels.Shape is not [_])
        {
            throw new InvalidDataException($"{labels.Name}: has shape {string.Join('×', labels.Shape)}, where labels have one axis.");
        }

        if (images.Count != labels.Count)
        {
            throw new InvalidDataException($"{labels.Name}: has {labels.Count} labels for the {images.Count} images of {Path.GetFileName(images.Name)}.");
        }

        int[] shape = images.Shape is [_, int height, int width] ? [1, height, width] : [.. images.Shape.Skip(1)];
        return new DataSplit(name, new SampleArray("image", shape, images.Bytes), new SampleArray("label", [], labels.Bytes));
    }
}
