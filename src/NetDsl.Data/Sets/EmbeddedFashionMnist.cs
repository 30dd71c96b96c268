namespace NetDsl.Data;

/// <summary>
/// A slice of Fashion-MNIST that lies in this assembly, so that any network trains on real images on any machine: the first 8,000 images of the
/// training set and the first 1,000 of the test set. <c>Embedded/README.md</c> tells how it was made and under which licence.
/// </summary>
static class EmbeddedFashionMnist
{
    public static Dataset Read() => new("embedded", FashionMnist.Classes, ReadSplit("train", "train"), ReadSplit("test", "t10k"))
    {
        Origin = $"a part of Fashion-MNIST; for all 70,000 images: {FashionMnist.Source}, then --data fashion-mnist",
    };

    static DataSplit ReadSplit(string name, string prefix) =>
        IdxSplit.Create(name, ReadResource($"{prefix}-images-idx3-ubyte.gz"), ReadResource($"{prefix}-labels-idx1-ubyte.gz"));

    static IdxFile ReadResource(string name)
    {
        using var stream = typeof(EmbeddedFashionMnist).Assembly.GetManifestResourceStream(name)!;
        return IdxReader.Read(stream, name);
    }
}
