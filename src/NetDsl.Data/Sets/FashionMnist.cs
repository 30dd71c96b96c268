namespace NetDsl.Data;

/// <summary>Fashion-MNIST: 60,000 + 10,000 grey images of clothes, 28×28, in ten classes (Xiao, Rasul and Vollgraf, 2017; MIT licence).</summary>
static class FashionMnist
{
    /// <summary>Where Debian's package puts it.</summary>
    public const string Folder = "/usr/share/datasets/fashion-mnist";

    public const string Source = "apt-get install dataset-fashion-mnist";

    public static IReadOnlyList<string> Classes { get; } =
        ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];
}
