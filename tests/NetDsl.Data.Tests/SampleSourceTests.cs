using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data.Tests;

public class SampleSourceTests
{
    /// <summary>Five images of one pixel; sample i has pixel 10 i and class i % 3.</summary>
    static Dataset Tiny(int count = 5)
    {
        var images = new SampleArray("image", [1, 1, 2], (byte[])[.. Enumerable.Range(0, 2 * count).Select(i => (byte)(i / 2 * 10))]);
        var labels = new SampleArray("label", [], (byte[])[.. Enumerable.Range(0, count).Select(i => (byte)(i % 3))]);
        var split = new DataSplit("train", images, labels);
        return new Dataset("tiny", ["a", "b", "c"], split, split);
    }

    static readonly PixelScaling Tenth = new(0.1f, []);

    static readonly NetworkDefinition Network = Networks.Classifier(1, 1, 2);

    static int[] Read(SampleSource source, int count)
    {
        var batch = new SampleBatch(source.Fields, count);
        source.Read(batch);
        return [.. batch.Labels(1)];
    }

    static int[] ReadSamples(SampleSource source, int count)
    {
        var batch = new SampleBatch(source.Fields, count);
        source.Read(batch);
        return [.. Enumerable.Range(0, count).Select(row => (int)batch.Values(0)[2 * row])];
    }

    [Fact]
    public void The_test_split_comes_as_it_lies_with_its_normalization_and_labels()
    {
        var source = Tiny().CreateTestSource(Network, Tenth);
        var batch = new SampleBatch(source.Fields, 3);
        source.Read(batch);
        Assert.Equal([0f, 0, 1, 1, 2, 2], batch.Values(0).ToArray());
        Assert.Equal([0, 1, 2], batch.Labels(1).ToArray());
        Assert.Equal("tiny (train)", source.Name);
        Assert.Equal(3, source.Position);
    }

    [Fact]
    public void A_batch_goes_on_into_the_next_epoch()
    {
        var source = Tiny().CreateTestSource(Network, Tenth);
        Assert.Equal([0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1], ReadSamples(source, 12));
        Assert.Equal([2, 3], ReadSamples(source, 2));
    }

    [Fact]
    public void Each_epoch_has_all_samples_in_another_order()
    {
        var read = ReadSamples(Tiny(20).CreateTrainingSource(Network, Tenth, seed: 3), 40);
        Assert.Equal(Enumerable.Range(0, 20), read[..20].Order());
        Assert.Equal(Enumerable.Range(0, 20), read[20..].Order());
        Assert.NotEqual(read[..20], read[20..]);
    }

    [Theory]
    [InlineData(0), InlineData(3), InlineData(5), InlineData(12)]
    public void The_samples_follow_from_the_position_whatever_was_read_before(int position)
    {
        var uninterrupted = ReadSamples(Tiny().CreateTrainingSource(Network, Tenth, seed: 9), 20);
        var resumed = Tiny().CreateTrainingSource(Network, Tenth, seed: 9);
        Read(resumed, 7);
        resumed.Position = position;
        Assert.Equal(uninterrupted[position..], ReadSamples(resumed, 20 - position));
    }

    [Fact]
    public void A_label_beyond_the_networks_classes_is_named()
    {
        var network = Networks.Create("Two", [new("image", [1, 1, 2], IsLabels: false), new("digit", [], IsLabels: true, Classes: 2)], [2]);
        var fault = Assert.Throws<InvalidDataException>(() => Tiny().CreateTrainingSource(network, Tenth, seed: 0));
        Assert.Equal("Sample 2 of the train split has label 2, but there are 2 classes (0 to 1).", fault.Message);
    }

    [Fact]
    public void Images_that_do_not_fit_are_named_with_both_shapes()
    {
        var fault = Assert.Throws<InvalidDataException>(() => Tiny().CreateTestSource(Networks.Classifier(3, 1, 1), Tenth));
        Assert.Equal("Images of tiny are 1×1×2 and do not fit input 'image' of Classifier, 3×1×1: an image is never cut, shrunk or made grey.", fault.Message);
    }

    [Fact]
    public void Labels_of_every_pixel_are_refused()
    {
        var network = Networks.Create("Fcn", [new("image", [1, 1, 2], IsLabels: false), new("mask", [1, 2], IsLabels: true)], [3, 1, 2]);
        var fault = Assert.Throws<InvalidDataException>(() => Tiny().CreateTestSource(network, Tenth));
        Assert.Equal("Input 'mask' of Fcn takes [1, 2] labels a sample; tiny has one class for an image.", fault.Message);
    }

    [Fact]
    public void A_network_without_images_is_refused()
    {
        var network = Networks.Create("Words", [new("word", [], IsLabels: true)], [3]);
        var fault = Assert.Throws<InvalidDataException>(() => Tiny().CreateTestSource(network, Tenth));
        Assert.Equal("Words has 0 image inputs; tiny can fill one or two.", fault.Message);
    }

    [Fact]
    public void A_pair_has_the_flag_of_its_classes_and_half_of_the_pairs_are_alike()
    {
        var source = Tiny(12).CreateTrainingSource(Networks.Siamese(1, 1, 2), Tenth, seed: 5);
        var batch = new SampleBatch(source.Fields, 1200);
        source.Read(batch);
        var alike = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            var (first, second) = ((int)batch.Values(0)[2 * row], (int)batch.Values(1)[2 * row]);
            Assert.Equal(first % 3 == second % 3 ? 1 : 0, batch.Labels(2)[row]);
            alike += batch.Labels(2)[row];
        }
        Assert.InRange(alike, 520, 680);
    }

    [Fact]
    public void A_mean_for_each_channel_is_subtracted()
    {
        var images = new SampleArray("image", [2, 1, 2], (byte[])[10, 20, 30, 40]);
        var split = new DataSplit("test", images, new SampleArray("label", [], new byte[1]));
        var source = new Dataset("colours", ["a"], split, split).CreateTestSource(Networks.Classifier(2, 1, 2), new PixelScaling(2, [10, 30]));
        var batch = new SampleBatch(source.Fields, 1);
        source.Read(batch);
        Assert.Equal([0f, 20, 0, 20], batch.Values(0).ToArray());
        var fault = Assert.Throws<InvalidDataException>(
            () => new Dataset("colours", ["a"], split, split).CreateTestSource(Networks.Classifier(2, 1, 2), new PixelScaling(2, [1, 2, 3])));
        Assert.Equal("The mean has 3 numbers, but the input has 2 channels.", fault.Message);
    }

    [Fact]
    public void Half_of_the_training_images_are_mirrored_if_asked_for()
    {
        var images = new SampleArray("image", [1, 2, 2], (byte[])[1, 2, 3, 4]);
        var split = new DataSplit("train", images, new SampleArray("label", [], new byte[1]));
        var source = new Dataset("mirror", ["a"], split, split).CreateTrainingSource(Networks.Classifier(1, 2, 2), new PixelScaling(1, []), seed: 1, mirror: true);
        var batch = new SampleBatch(source.Fields, 1000);
        source.Read(batch);
        var mirrored = 0;
        foreach (var image in batch.Values(0).ToArray().Chunk(4))
        {
            if (image[0] == 2)
            {
                mirrored++;
            }

            Assert.Equal(image[0] == 2 ? [2, 1, 4, 3] : [1f, 2, 3, 4], image);
        }
        Assert.InRange(mirrored, 430, 570);
    }

    [Fact]
    public void A_sample_that_cannot_be_read_is_named()
    {
        var source = new SampleSource("tiny (train)", Tiny().Train, Network.Inputs, [new FailingField(3)]);
        var fault = Assert.Throws<InvalidDataException>(() => Read(source, 5));
        Assert.Equal("Sample 3 of tiny (train) cannot be read: The picture is torn.", fault.Message);
    }

    sealed class FailingField(int sample) : Field
    {
        public override void Write(SampleBatch batch, int field, int row, Draw draw)
        {
            if (draw.Sample == sample)
            {
                throw new IOException("The picture is torn.");
            }
        }
    }
}
