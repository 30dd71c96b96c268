using NetDsl.Runtime;

namespace NetDsl.Data;

/// <summary>
/// Finds what of a data set goes into each input of a network. One image input takes the images, its label inputs the classes. Two image inputs take
/// the images of two samples (a Siamese network), and a label or scalar input whether they are of one class.
/// </summary>
static class NetworkInputs
{
    public static SampleSource CreateSource(Dataset data, DataSplit split, NetworkDefinition network, PixelScaling scaling, ulong? seed, bool mirror)
    {
        var images = network.Inputs.Count(IsImage);
        if (images is 0 or > 2)
        {
            throw new InvalidDataException($"{network.Name} has {images} image inputs; {data.Name} can fill one or two.");
        }

        var seen = 0;
        var fields = new Field[network.Inputs.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var input = network.Inputs[i];
            fields[i] = IsImage(input) ? new ImageField(split.Images, Fit(data, split, network, input), scaling.Scale, scaling.Expand(input.Shape), ofPartner: seen++ == 1)
                : input.Count != 1 || images == 1 && !input.IsLabels ? throw Unfillable(data, network, input)
                : images == 1 ? new ClassField(split.Labels)
                : new SameClassField(split.Labels);
        }
        if (images == 1)
        {
            CheckLabels(split, network);
        }

        var partners = images == 2 ? new Partners(split.Labels, seed ?? 0) : null;
        return new SampleSource($"{data.Name} ({split.Name})", split, network.Inputs, fields, partners, seed, mirror);
    }

    /// <summary>What is done to the images so that they fit the network; null if they fit as they are.</summary>
    public static string? DescribeFit(Dataset data, NetworkDefinition network) =>
        network.Inputs.Where(IsImage).Select(input => Fit(data, data.Train, network, input).Description).FirstOrDefault();

    static void CheckLabels(DataSplit split, NetworkDefinition network)
    {
        foreach (var input in network.Inputs.Where(input => input.IsLabels && input.Classes > 0))
        {
            split.CheckLabels(input.Classes);
        }
    }

    static bool IsImage(InputDefinition input) => !input.IsLabels && input.Count > 1;

    static ImageFit Fit(Dataset data, DataSplit split, NetworkDefinition network, InputDefinition input) =>
        ImageFit.Create(split.Images.Shape, input.Shape) ?? throw new InvalidDataException(
            $"Images of {data.Name} are {string.Join('×', split.Images.Shape)} and do not fit input '{input.Name}' of {network.Name}, {string.Join('×', input.Shape)}: an image is never cut, shrunk or made grey.");

    static InvalidDataException Unfillable(Dataset data, NetworkDefinition network, InputDefinition input) => new(
        $"Input '{input.Name}' of {network.Name} takes [{string.Join(", ", input.Shape)}] {(input.IsLabels ? "labels" : "numbers")} a sample; {data.Name} has one class for an image.");
}
