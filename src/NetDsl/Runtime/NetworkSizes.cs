using System.Globalization;

namespace NetDsl.Runtime;

/// <summary>
/// The height and width of an instance whose declaration leaves them free (<see cref="Layers.Any"/>). The class that the compiler derives from it works out the sizes of all layers and their
/// places in memory, by the same shape rules that the compiler checked the network with.
/// </summary>
public abstract class NetworkSizes
{
    readonly string network;

    /// <param name="network">The network's name.</param>
    /// <param name="height">Its height, in pixels.</param>
    /// <param name="width">Its width, in pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is less than 1.</exception>
    protected NetworkSizes(string network, int height, int width)
    {
        if (height < 1 || width < 1)
        {
            throw new ArgumentOutOfRangeException(height < 1 ? nameof(height) : nameof(width), $"{network} takes a height and a width of 1 or more, not {height}×{width}.");
        }

        this.network = network;
        Height = height;
        Width = width;
    }

    /// <summary>The height that the declaration leaves free.</summary>
    public int Height { get; }

    /// <summary>The width that it leaves free.</summary>
    public int Width { get; }

    /// <summary>The largest of several ends of what lies in memory.</summary>
    protected static long Largest(params ReadOnlySpan<long> places)
    {
        var largest = 0L;
        foreach (var place in places)
        {
            largest = Math.Max(largest, place);
        }

        return largest;
    }

    /// <summary>What is thrown where a layer has more elements than an int counts.</summary>
    protected ArgumentException TooLarge() =>
        new(string.Create(CultureInfo.InvariantCulture, $"{network} cannot have a height and width of {Height}×{Width}: a layer would have more than {int.MaxValue:N0} elements a sample; cut the image into parts."));

    /// <summary>Refuses a height and width for which a shape rule does not hold.</summary>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    protected void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException($"{network} cannot have a height and width of {Height}×{Width}: {message}.");
        }
    }
}
