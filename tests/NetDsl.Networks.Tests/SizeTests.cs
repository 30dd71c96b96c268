using NetDsl.Runtime;

namespace NetDsl.Networks.Tests;

/// <summary>Networks of the zoo at other sizes than the one they are compiled for.</summary>
public class SizeTests
{
    /// <summary>DeepLab's test size (<c>deeplab_largefov_test514</c> in architectures.json): labels are as large as the scores.</summary>
    [Fact]
    public void DeepLab_at_the_size_it_is_tested_with()
    {
        var definition = DeepLabLargeFov.DefinitionAt(513, 513);
        Assert.Equal(128_584_633_024, definition.Layers.Sum(static l => l.MultiplyAdds));
        Assert.Equal([[64, 257, 257], [128, 129, 129], [256, 65, 65], [512, 65, 65], [512, 65, 65]], definition.Layers.Where(static l => l.Operator == "MaxPool").Select(static l => l.Output));
        Assert.Equal([21, 65, 65], definition.Layers[^1].Output);
        Assert.Equal([65, 65], definition.Inputs[1].Shape);
        Assert.Equal([41, 41], DeepLabLargeFov.Definition.Inputs[1].Shape);
    }

    /// <summary>The four poolings of the multi-scale network meet where height and width are 8n + 1.</summary>
    [Fact]
    public void DeepLab_of_several_scales_says_where_they_do_not_meet()
    {
        Assert.Equal([42, 66], DeepLabMscLargeFov.DefinitionAt(329, 521).Inputs[1].Shape);
        Assert.StartsWith("DeepLabMscLargeFov cannot have a height and width of 320×321: Sum(scores) does not fit its inputs ", Assert.Throws<ArgumentException>(() => DeepLabMscLargeFov.DefinitionAt(320, 321)).Message, StringComparison.Ordinal);
    }

    /// <summary>U-Net scores the middle of an image.</summary>
    [Theory]
    [InlineData(572, 388), InlineData(188, 4), InlineData(700, 516)]
    public void UNet_of_other_images(int size, int scored) => Assert.Equal([scored, scored + 16], UNet.DefinitionAt(size, size + 16).Inputs[1].Shape);

    /// <summary>What PNet finds in an image is what it finds in its windows: 12×12 pixels, two apart.</summary>
    [Fact]
    public void PNet_scans_an_image()
    {
        const int Height = 16;
        const int Width = 14;
        using var device = Device.Cpu(threads: 1);
        using var scanning = new PNet(device, batch: 1, Height, Width, training: false);
        using var window = new PNet(device, batch: 1, training: false);
        window.Initialize(seed: 5);
        scanning.Parameters.CopyFrom(window.Parameters);
        var random = new Random(8);
        float[] image = [.. Enumerable.Range(0, 3 * Height * Width).Select(_ => (random.NextSingle() * 2) - 1)];
        var faces = scanning.Predict(image).ToArray();
        var boxes = scanning.Output("box").ToArray();
        for (var place = 0; place < 3 * 2; place++)
        {
            var (top, left) = (place / 2 * 2, place % 2 * 2);
            float[] pixels = [.. from c in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 12) from x in Enumerable.Range(0, 12) select image[(((c * Height) + top + y) * Width) + left + x]];
            Assert.All(window.Predict(pixels).ToArray(), (face, c) => Assert.Equal(face, faces[(c * 6) + place], 1e-5f));
            Assert.All(window.Output("box").ToArray(), (box, c) => Assert.Equal(box, boxes[(c * 6) + place], 1e-5f));
        }
    }
}
