namespace NetDsl.Peers;

/// <summary>The networks that are compared, under the names they have in the zoo.</summary>
static class PeerNetworks
{
    static readonly int[] VggD = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0];

    static readonly Dictionary<string, Func<PeerNetwork>> All = new()
    {
        ["LeNet"] = LeNet,
        ["CifarQuick"] = CifarQuick,
        ["LstmClassifier"] = LstmClassifier,
        ["CaffeNet"] = CaffeNet,
        ["GoogLeNet"] = GoogLeNet,
        ["VggD"] = Vgg,
        ["Fcn32sSmall"] = Fcn32s,
    };

    /// <summary>The network of a name, or null.</summary>
    public static PeerNetwork? Find(string name) => All.GetValueOrDefault(name)?.Invoke();

    public static string Names => string.Join(", ", All.Keys);

    static PeerNetwork LeNet()
    {
        var n = new PeerNetwork(1, 28, 28);
        var x = n.MaxPool(n.Conv(0, 20, 5), 2, 2);
        x = n.MaxPool(n.Conv(x, 50, 5), 2, 2);
        return n.Returns(n.Dense(n.ReLU(n.Dense(x, 500)), 10));
    }

    static PeerNetwork CifarQuick()
    {
        var n = new PeerNetwork(3, 32, 32);
        var x = n.ReLU(n.MaxPool(n.Conv(0, 32, 5, padding: 2), 3, 2));
        x = n.AvgPool(n.ConvReLU(x, 32, 5, padding: 2), 3, 2);
        x = n.AvgPool(n.ConvReLU(x, 64, 5, padding: 2), 3, 2);
        return n.Returns(n.Dense(n.Dense(x, 64), 10));
    }

    static PeerNetwork LstmClassifier()
    {
        var n = new PeerNetwork(32, 128);
        return n.Returns(n.Dense(n.Lstm(0, 128), 10));
    }

    static PeerNetwork CaffeNet()
    {
        var n = new PeerNetwork(3, 227, 227);
        var x = n.Normalize(n.MaxPool(n.ConvReLU(0, 96, 11, stride: 4), 3, 2));
        x = n.Normalize(n.MaxPool(n.ConvReLU(x, 256, 5, padding: 2, group: 2), 3, 2));
        x = n.ConvReLU(x, 384, 3, padding: 1);
        x = n.ConvReLU(x, 384, 3, padding: 1, group: 2);
        x = n.MaxPool(n.ConvReLU(x, 256, 3, padding: 1, group: 2), 3, 2);
        return n.Returns(Classify(n, x));
    }

    static PeerNetwork Vgg()
    {
        var n = new PeerNetwork(3, 224, 224);
        return n.Returns(Classify(n, VggStages(n)));
    }

    static PeerNetwork Fcn32s()
    {
        var n = new PeerNetwork(3, 256, 256);
        var x = n.Dropout(n.ConvReLU(VggStages(n), 4096, 7, padding: 3), 0.5);
        x = n.Dropout(n.ConvReLU(x, 4096, 1), 0.5);
        return n.Returns(n.ConvTranspose(n.Conv(x, 21, 1), 21, 64, stride: 32, padding: 16));
    }

    static PeerNetwork GoogLeNet()
    {
        var n = new PeerNetwork(3, 224, 224);
        var x = n.Normalize(n.MaxPool(n.ConvReLU(0, 64, 7, stride: 2, padding: 3), 3, 2));
        x = n.MaxPool(n.Normalize(n.ConvReLU(n.ConvReLU(x, 64, 1), 192, 3, padding: 1)), 3, 2);
        x = Inception(n, Inception(n, x, 64, 96, 128, 16, 32, 32), 128, 128, 192, 32, 96, 64);
        var first = Inception(n, n.MaxPool(x, 3, 2), 192, 96, 208, 16, 48, 64);
        x = Inception(n, Inception(n, first, 160, 112, 224, 24, 64, 64), 128, 128, 256, 24, 64, 64);
        var second = Inception(n, x, 112, 144, 288, 32, 64, 64);
        x = n.MaxPool(Inception(n, second, 256, 160, 320, 32, 128, 128), 3, 2);
        x = Inception(n, Inception(n, x, 256, 160, 320, 32, 128, 128), 384, 192, 384, 48, 128, 128);
        var scores = n.Dense(n.Dropout(n.AvgPool(x, 7, 1), 0.4), 1000);
        return n.Returns(scores, (Head(first), 0.3), (Head(second), 0.3));

        int Head(int value) => n.Dense(n.Dropout(n.ReLU(n.Dense(n.ConvReLU(n.AvgPool(value, 5, 3), 128, 1), 1024)), 0.7), 1000);
    }

    static int Inception(PeerNetwork n, int x, int one, int reduceThree, int three, int reduceFive, int five, int pooled) => n.Concat(
        n.ConvReLU(x, one, 1),
        n.ConvReLU(n.ConvReLU(x, reduceThree, 1), three, 3, padding: 1),
        n.ConvReLU(n.ConvReLU(x, reduceFive, 1), five, 5, padding: 2),
        n.ConvReLU(n.MaxPool(x, 3, 1, padding: 1), pooled, 1));

    static int VggStages(PeerNetwork n) => VggD.Aggregate(0, (x, filters) => filters == 0 ? n.MaxPool(x, 2, 2) : n.ConvReLU(x, filters, 3, padding: 1));

    static int Classify(PeerNetwork n, int x)
    {
        x = n.Dropout(n.ReLU(n.Dense(x, 4096)), 0.5);
        return n.Dense(n.Dropout(n.ReLU(n.Dense(x, 4096)), 0.5), 1000);
    }
}
