using System.Globalization;
using NetDsl.Generators.Emit;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Frontend;

namespace NetDsl.Generators.Tests.Zoo;

/// <summary>The zoo against the published networks: parameters, multiply-adds, and every layer's output and weight shapes in order.</summary>
public class ZooTests
{
    [Theory]
    [InlineData("LeNet", "lenet")]
    [InlineData("CifarQuick", "cifar10_quick")]
    [InlineData("NinCifar", "nin_cifar10")]
    [InlineData("Nin", "nin_imagenet")]
    [InlineData("SqueezeNet", "squeezenet_v11")]
    [InlineData("VggA", "vgg_A")]
    [InlineData("VggB", "vgg_B")]
    [InlineData("VggC", "vgg_C")]
    [InlineData("VggD", "vgg_D")]
    [InlineData("VggE", "vgg_E")]
    [InlineData("NonlinearLogisticRegression", "hdf5_nonlinear_logreg")]
    [InlineData("SiameseMnist", "mnist_siamese")]
    [InlineData("CifarFull", "cifar10_full")]
    [InlineData("CifarFullSigmoidBn", "cifar10_full_sigmoid_bn")]
    [InlineData("ResNet50", "resnet50")]
    [InlineData("AlexNet", "alexnet")]
    [InlineData("CaffeNet", "caffenet")]
    [InlineData("FlickrStyle", "flickr_style_finetune")]
    [InlineData("RcnnHead", "rcnn_ilsvrc13")]
    [InlineData("VggALrn", "vgg_A-LRN")]
    [InlineData("GoogLeNet", "googlenet")]
    [InlineData("GoogLeNet", "googlenet_train", true)]
    [InlineData("SppNet", "sppnet_zf5")]
    [InlineData("Fcn32s", "fcn32s")]
    [InlineData("Fcn16s", "fcn16s")]
    [InlineData("Fcn8s", "fcn8s")]
    [InlineData("Fcn8sAtOnce", "fcn8s_atonce")]
    [InlineData("FcnAlexNet", "fcn_alexnet")]
    [InlineData("DeepLabLargeFov", "deeplab_largefov")]
    [InlineData("DeepLabMscLargeFov", "deeplab_msc_largefov")]
    [InlineData("DeepLabAspp", "deeplabv2_asppL")]
    [InlineData("AutoencoderMnist", "mnist_autoencoder")]
    [InlineData("PNet", "mtcnn_pnet")]
    [InlineData("RNet", "mtcnn_rnet")]
    [InlineData("ONet", "mtcnn_onet")]
    [InlineData("CrfRnn", "crfrnn")]
    [InlineData("Lrcn", "lrcn_2layer_factored")]
    [InlineData("LstmLanguageModel", "lstm_language_model")]
    [InlineData("CharLstm", "char_lstm")]
    public void A_network_is_as_it_was_published(string name, string published, bool training = false)
    {
        var expected = PublishedNetwork.Of(published);
        var graph = Project.Graph(Project.Zoo(name));
        GraphVerifier.Verify(graph);
        Assert.Equal(LayerSequence.LinesOf(expected), new LayerSequence(graph, training, expected.HasOffsets).Lines);

        var needed = Reachability.Needed(graph, kind => kind == ResultKind.Output || training);
        Assert.Equal(expected.Parameters, graph.Parameters.Where(p => needed.Contains(p.Value)).Sum(static p => (long)p.Type.Count));
        Assert.Equal(expected.Corrected, graph.Nodes.Where(n => needed.Contains(n.Result)).Sum(static n => n.MultiplyAdds.Value));

        // What `netdsl inspect --layers` adds up. A dropout has neither weights nor multiply-adds.
        var rows = SummaryTable.Rows(graph).Where(r => training || !r.TrainingOnly).ToList();
        Assert.Equal((expected.Parameters, expected.Corrected), (rows.Sum(static r => r.Parameters), rows.Sum(static r => r.MultiplyAdds.Value)));
        if (!training)
        {
            HasRow(name, expected.Parameters, expected.Corrected);
        }
    }

    /// <summary>Factors of the learning rate and of the decay, and fillers, wherever a prototxt states them.</summary>
    [Theory]
    [InlineData("CifarFull", "cifar10_full")]
    [InlineData("CifarFullSigmoidBn", "cifar10_full_sigmoid_bn")]
    [InlineData("AlexNet", "alexnet")]
    [InlineData("FlickrStyle", "flickr_style_finetune")]
    [InlineData("SqueezeNet", "squeezenet_v11")]
    [InlineData("GoogLeNet", "googlenet_train")]
    [InlineData("Fcn32s", "fcn32s")]
    [InlineData("Fcn16s", "fcn16s")]
    [InlineData("Fcn8s", "fcn8s")]
    [InlineData("Fcn8sAtOnce", "fcn8s_atonce")]
    [InlineData("FcnAlexNet", "fcn_alexnet")]
    [InlineData("DeepLabLargeFov", "deeplab_largefov")]
    [InlineData("DeepLabAspp", "deeplabv2_asppL")]
    [InlineData("AutoencoderMnist", "mnist_autoencoder")]
    [InlineData("NonlinearLogisticRegression", "hdf5_nonlinear_logreg")]
    [InlineData("PNet", "mtcnn_pnet")]
    [InlineData("ONet", "mtcnn_onet")]
    [InlineData("CrfRnn", "crfrnn")]
    [InlineData("Lrcn", "lrcn_2layer_factored")]
    [InlineData("LstmLanguageModel", "lstm_language_model")]
    public void A_network_learns_as_it_was_published(string name, string published)
    {
        var sequence = new LayerSequence(Project.Graph(Project.Zoo(name)), training: true);
        var compared = 0;
        foreach (var (layer, node) in LayerSequence.Layers(PublishedNetwork.Of(published)).Zip(sequence.Nodes))
        {
            var parameters = sequence.ParametersOf(node).ToList();
            var (rates, decays) = (layer.Factors("lr_mult"), layer.Factors("decay_mult"));
            for (var i = 0; i < Math.Min(parameters.Count, rates.Count); i++)
            {
                // What is frozen has no rate, and so no decay.
                Assert.Equal((layer.Name, rates[i]), (layer.Name, parameters[i].Frozen ? 0 : Math.Round(parameters[i].LearningRate, 6)));
                Assert.True(parameters[i].Frozen || decays[i] == parameters[i].WeightDecay, $"{parameters[i].Path} decays by {parameters[i].WeightDecay}, not {decays[i]}");
                compared++;
            }

            Assert.All(new[] { "weight_filler", "bias_filler", "filler" }.Zip(parameters.Append(parameters.FirstOrDefault()), (setting, parameter) => (setting, parameter)), pair =>
            {
                if (layer.Setting(pair.setting, "") is { Length: > 0 } filler && pair.parameter is { } parameter)
                {
                    Assert.Equal((layer.Name, Start(filler)), (layer.Name, (parameter.Initializer is "Zeros" ? "Constant" : parameter.Initializer, Math.Round((double)parameter.InitializerValue, 5))));
                    compared++;
                }
            });
        }

        Assert.True(compared > 1, "Nothing was compared.");
    }

    /// <summary><c>type=gaussian std=0.01</c>.</summary>
    static (string Initializer, double Value) Start(string filler)
    {
        var parts = filler.Split(' ').Select(static p => p.Split('=')).ToDictionary(static p => p[0], static p => p[1]);
        double Value(string name) => parts.TryGetValue(name, out var text) ? Math.Round(double.Parse(text, CultureInfo.InvariantCulture), 5) : 0;
        return parts["type"] switch
        {
            "gaussian" when parts.ContainsKey("sparse") => ("SparseGaussian", Value("sparse")),
            "gaussian" => ("Gaussian", Value("std")),
            "uniform" => ("Uniform", Value("max")),
            "constant" => ("Constant", Value("value")),
            "xavier" => ("Xavier", 0),
            "bilinear" => ("Bilinear", 0),
            var other => (other, 0),
        };
    }

    /// <summary>Networks without a row in architectures.json: their counts from the sizes that the papers give.</summary>
    [Theory]
    [MemberData(nameof(Formulas))]
    public void A_network_has_the_size_of_its_formula(string name, long parameters, long multiplyAdds)
    {
        var graph = Project.Graph(Project.Zoo(name));
        GraphVerifier.Verify(graph);
        var rows = SummaryTable.Rows(graph).Where(static r => !r.TrainingOnly).ToList();
        Assert.Equal((parameters, multiplyAdds), (rows.Sum(static r => r.Parameters), rows.Sum(static r => r.MultiplyAdds.Value)));
        HasRow(name, parameters, multiplyAdds);
    }

    /// <summary>The zoo's README says the same of it.</summary>
    static void HasRow(string name, long parameters, long multiplyAdds)
    {
        var row = Project.File("networks/README.md").Source.Split('\n').Single(line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal));
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $"| {parameters:N0} | {multiplyAdds:N0} |"), row.TrimEnd(), StringComparison.Ordinal);
    }

    public static TheoryData<string, long, long> Formulas()
    {
        var data = new TheoryData<string, long, long>();
        void Add(string name, params (long Parameters, long MultiplyAdds)[] layers) =>
            data.Add(name, layers.Sum(static l => l.Parameters), layers.Sum(static l => l.MultiplyAdds));

        // Caffe's examples/hdf5_classification/train_val.prototxt: one dense layer.
        Add("LogisticRegression", Dense(4, 2));

        // The zoo's own: 32 steps of 128 features, 31 of them with a hidden state, and a classifier.
        var gates = Dense(128, 512);
        Add("LstmClassifier", [.. Enumerable.Repeat((0L, gates.MultiplyAdds), 31 + 31), gates, (128 * 512, 0), Dense(128, 10)]);

        // The zoo's own: a stem, two modules after Szegedy et al. 2014, and a head on the first.
        Add("SmallInception", [
            Conv(3, 32, 3, 32), .. Inception(32, 16, (16, 32), (4, 8), 8, 16), .. Inception(64, 32, (24, 48), (8, 16), 16, 8), Dense(112, 10),
            Conv(64, 32, 1, 5), Dense(800, 10)]);

        // He et al. 2015, table 1: eight modules of two 3×3 convolutions, three with a 1×1 shortcut; each convolution has no bias, and 4 numbers a channel and a count behind it.
        static (long, long) Normalized(long input, long filters, long kernel, long side) =>
            ((input * kernel * kernel * filters) + (4 * filters) + 1, side * side * filters * input * kernel * kernel);
        Add("ResNet18", [
            Normalized(3, 64, 7, 112), .. Enumerable.Repeat(Normalized(64, 64, 3, 56), 4),
            .. new[] { (128, 28), (256, 14), (512, 7) }.SelectMany(static stage => stage is var (filters, side) ? new[] {
                Normalized(filters / 2, filters, 1, side), Normalized(filters / 2, filters, 3, side),
                Normalized(filters, filters, 3, side), Normalized(filters, filters, 3, side), Normalized(filters, filters, 3, side) } : []),
            Dense(512, 1000)]);

        // Issue 3: VGG-16's features, 7×7 to 4096 with padding 3, 1×1 to 4096, 1×1 to 21 at 8×8, and a 64×64 transposed convolution without a bias.
        Add("Fcn32sSmall", [.. Vgg16(256), Conv(512, 4096, 7, 8), Conv(4096, 4096, 1, 8), Conv(4096, 21, 1, 8), (21 * 21 * 64 * 64, 8L * 8 * 21 * 21 * 64 * 64)]);

        // Ronneberger et al. 2015, figure 1: the size behind each pair of valid convolutions is 4 less, and a step up halves the channels with 2×2 kernels.
        var size = 572;
        var unet = new List<(long, long)>();
        foreach (var (input, filters) in new[] { (1, 64), (64, 128), (128, 256), (256, 512), (512, 1024) })
        {
            unet.AddRange([Conv(input, filters, 3, size - 2), Conv(filters, filters, 3, size - 4)]);
            size = (size - 4) / (filters == 1024 ? 1 : 2);
        }

        foreach (var filters in new[] { 512, 256, 128, 64 })
        {
            unet.Add(((2 * filters * filters * 4) + filters, (long)size * size * 2 * filters * filters * 4));
            size *= 2;
            unet.AddRange([Conv(2 * filters, filters, 3, size - 2), Conv(filters, filters, 3, size - 4)]);
            size -= 4;
        }

        Assert.Equal(388, size);
        Add("UNet", [.. unet, Conv(64, 2, 1, size)]);
        return data;
    }

    static (long Parameters, long MultiplyAdds) Dense(long input, long units) => ((input + 1) * units, input * units);

    static (long Parameters, long MultiplyAdds) Conv(long input, long filters, long kernel, long size) =>
        (((input * kernel * kernel) + 1) * filters, size * size * filters * input * kernel * kernel);

    static IEnumerable<(long, long)> Inception(int input, int one, (int Reduce, int Filters) three, (int Reduce, int Filters) five, int pool, int size) =>
    [
        Conv(input, one, 1, size), Conv(input, three.Reduce, 1, size), Conv(three.Reduce, three.Filters, 3, size),
        Conv(input, five.Reduce, 1, size), Conv(five.Reduce, five.Filters, 5, size), Conv(input, pool, 1, size),
    ];

    /// <summary>Simonyan and Zisserman 2014, table 1, D: thirteen 3×3 convolutions in five stages.</summary>
    static IEnumerable<(long, long)> Vgg16(int size)
    {
        var input = 3;
        foreach (var (filters, count) in new[] { (64, 2), (128, 2), (256, 3), (512, 3), (512, 3) })
        {
            for (var i = 0; i < count; i++)
            {
                yield return Conv(input, filters, 3, size);
                input = filters;
            }

            size /= 2;
        }
    }
}
