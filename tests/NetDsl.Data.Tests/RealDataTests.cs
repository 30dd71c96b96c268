using NetDsl.Training;

namespace NetDsl.Data.Tests;

public class RealDataTests
{
    [DataFact("fashion-mnist")]
    public void Fashion_MNIST_of_the_Debian_package_has_70000_images_in_ten_equal_classes()
    {
        var data = Datasets.Open("fashion-mnist");
        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.All(Counts(data.Train), count => Assert.Equal(6_000, count));
        Assert.All(Counts(data.Test), count => Assert.Equal(1_000, count));
    }

    [DataFact("fashion-mnist")]
    public void The_embedded_slice_is_the_beginning_of_Fashion_MNIST()
    {
        var (whole, slice) = (Datasets.Open("fashion-mnist"), Datasets.Open("embedded"));
        foreach (var (part, of) in new[] { (slice.Train, whole.Train), (slice.Test, whole.Test) })
        {
            Assert.True(of.Images.Bytes.Span.StartsWith(part.Images.Bytes.Span));
            Assert.True(of.Labels.Bytes.Span.StartsWith(part.Labels.Bytes.Span));
        }
    }

    [DataFact("mnist")]
    public void MNIST_of_a_folder_has_its_known_digits()
    {
        var data = Datasets.Open(RealData.Folder("mnist"));
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Counts(data.Train));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Counts(data.Test));
        var source = data.CreateTestSource(Networks.Classifier(1, 28, 28), PixelScaling.Unit);
        var batch = new SampleBatch(source.Fields, 4);
        source.Read(batch);
        Assert.Equal([7, 2, 1, 0], batch.Labels(1).ToArray());
    }

    static int[] Counts(DataSplit split) => [.. split.Labels.Bytes.ToArray().CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value)];
}
