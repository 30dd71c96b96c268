namespace NetDsl.Data;

/// <summary>One half of a data set: images and the class of each.</summary>
public sealed class DataSplit
{
    /// <summary>Puts images and classes together.</summary>
    /// <param name="name"><c>train</c> or <c>test</c>.</param>
    /// <param name="images">The images.</param>
    /// <param name="labels">A class index for each image.</param>
    /// <exception cref="InvalidDataException">There are more images than classes, or fewer.</exception>
    public DataSplit(string name, SampleArray images, SampleArray labels)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (images.Count != labels.Count)
        {
            throw new InvalidDataException($"The {name} split has {images.Count} images but {labels.Count} labels.");
        }

        (Name, Images, Labels) = (name, images, labels);
    }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public string Name { get; }

    /// <summary>The images.</summary>
    public SampleArray Images { get; }

    /// <summary>A class index for each image.</summary>
    public SampleArray Labels { get; }

    /// <summary>The number of samples.</summary>
    public int Count => Images.Count;

    /// <summary>Sees to it that every label is one of <paramref name="classes"/> classes.</summary>
    /// <exception cref="InvalidDataException">One is not; the message names the sample, its label and the number of classes.</exception>
    public void CheckLabels(int classes)
    {
        if (classes > byte.MaxValue)
        {
            return;
        }

        var sample = Labels.Bytes.Span.IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (sample >= 0)
        {
            throw new InvalidDataException($"Sample {sample} of the {Name} split has label {Labels[sample][0]}, but there are {classes} classes (0 to {classes - 1}).");
        }
    }
}
