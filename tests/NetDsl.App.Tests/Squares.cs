using NetDsl.Data.Tests;

namespace NetDsl.App.Tests;

/// <summary>A data set that a linear classifier learns: the class is the bright pixel.</summary>
static class Squares
{
    const int Classes = 3;

    public static void Write(string folder, int train = 60, int test = 15)
    {
        Directory.CreateDirectory(folder);
        foreach (var (prefix, count) in new[] { ("train", train), ("t10k", test) })
        {
            var (images, labels) = (new byte[4 * count], new byte[count]);
            for (var i = 0; i < count; i++)
            {
                labels[i] = (byte)(i % Classes);
                images.AsSpan(4 * i, 4).Fill((byte)(20 + (i % 7)));
                images[(4 * i) + labels[i]] = 250;
            }
            File.WriteAllBytes(Path.Combine(folder, $"{prefix}-images-idx3-ubyte"), IdxBytes.Create([count, 2, 2], images));
            File.WriteAllBytes(Path.Combine(folder, $"{prefix}-labels-idx1-ubyte"), IdxBytes.Create([count], labels));
        }
    }
}
