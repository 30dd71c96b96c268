using NetDsl.Training;

namespace NetDsl.Data.Tests;

public class DatasetsTests
{
    static string Fault(string name) => Assert.Throws<InvalidDataException>(() => Datasets.Open(name)).Message;

    [Fact]
    public void The_embedded_slice_has_9000_images_of_ten_classes()
    {
        var data = Datasets.Open("embedded");
        Assert.Equal((8000, 1000), (data.Train.Count, data.Test.Count));
        Assert.Equal([1, 28, 28], data.Train.Images.Shape);
        Assert.Equal(10, data.Classes.Count);
        Assert.Equal(9, data.Train.Labels[0][0]);
        Assert.Contains("apt-get install dataset-fashion-mnist", data.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void The_embedded_slice_fills_colour_networks_of_32_by_32()
    {
        var data = Datasets.Open("embedded");
        var network = Networks.Classifier(3, 32, 32);
        Assert.Equal("1×28×28 placed in 3×32×32", data.DescribeFit(network));
        var source = data.CreateTestSource(network, PixelScaling.Unit);
        var batch = new SampleBatch(source.Fields, 1);
        source.Read(batch);
        var image = batch.Values(0);
        var pixels = data.Test.Images[0];
        for (var channel = 0; channel < 3; channel++)
        {
            Assert.Equal(0, image[(channel * 1024) + (32 * 1) + 16]);
            Assert.Equal(pixels[(14 * 28) + 14] / 256f, image[(channel * 1024) + (32 * 16) + 16]);
        }
    }

    [Fact]
    public void A_folder_of_idx_files_is_a_data_set()
    {
        using var folder = new TemporaryFolder();
        IdxBytes.WriteFolder(folder.File("shapes"));
        var data = Datasets.Open(folder.File("shapes"));
        Assert.Equal("shapes", data.Name);
        Assert.Equal((6, 4), (data.Train.Count, data.Test.Count));
        Assert.Equal(["0", "1", "2"], data.Classes);
    }

    [Fact]
    public void An_unknown_name_is_told_the_known_ones() =>
        Assert.Equal("There is no data set and no folder 'fasion'; data sets are embedded, fashion-mnist, mnist, cifar10.", Fault("fasion"));

    [Fact]
    public void A_folder_with_other_files_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal($"{folder.Path} holds neither IDX files (train-images-idx3-ubyte, …) nor CIFAR-10's binary files (data_batch_1.bin, …).", Fault(folder.Path));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        IdxBytes.WriteFolder(folder.Path, edit: path => File.Delete(Path.Combine(path, "t10k-labels-idx1-ubyte")));
        Assert.Equal($"{folder.Path}: there is no file t10k-labels-idx1-ubyte or …-ubyte.gz.", Fault(folder.Path));
    }

    [Fact]
    public void Too_few_labels_are_refused()
    {
        using var folder = new TemporaryFolder();
        var labels = folder.File("train-labels-idx1-ubyte");
        IdxBytes.WriteFolder(folder.Path, edit: _ => File.WriteAllBytes(labels, IdxBytes.Create([5], new byte[5])));
        Assert.Equal($"{labels}: has 5 labels for the 6 images of train-images-idx3-ubyte.", Fault(folder.Path));
    }

    [Fact]
    public void Labels_with_the_shape_of_images_are_refused()
    {
        using var folder = new TemporaryFolder();
        var labels = folder.File("train-labels-idx1-ubyte");
        IdxBytes.WriteFolder(folder.Path, edit: _ => File.WriteAllBytes(labels, IdxBytes.Create([3, 2], new byte[6])));
        Assert.Equal($"{labels}: has shape 3×2, where labels have one axis.", Fault(folder.Path));
    }

    [Fact]
    public void Splits_of_different_shapes_are_refused()
    {
        using var folder = new TemporaryFolder();
        IdxBytes.WriteFolder(folder.Path, edit: _ => File.WriteAllBytes(folder.File("t10k-images-idx3-ubyte"), IdxBytes.Create([4, 1, 1], new byte[4])));
        Assert.Equal($"{folder.Path}: the images to train on are 1×2×2, those to test on 1×1×1.", Fault(folder.Path));
    }

    [Fact]
    public void A_missing_data_set_says_how_to_get_it()
    {
        using var folder = new TemporaryFolder();
        var before = Environment.GetEnvironmentVariable("NETDSL_DATA");
        Environment.SetEnvironmentVariable("NETDSL_DATA", folder.Path);
        try
        {
            Assert.Equal(
                $"The data set cifar10 is not in {folder.File("cifar10")}: get it (https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz) or train with --data embedded.",
                Fault("cifar10"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("NETDSL_DATA", before);
        }
    }
}
