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

    /// <summary>Why loss and metrics cannot be computed at this height and width, where only a prediction can; null where they can.</summary>
    internal string? Misfit { get; private set; }

    /// <summary>Refuses a height and width that only a prediction can have.</summary>
    /// <exception cref="ArgumentException">A shape rule of the loss or of a metric does not hold.</exception>
    internal void RequireEvaluation()
    {
        if (Misfit is not null)
        {
            throw new ArgumentException(Misfit);
        }
    }

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
    protected void Require(bool holds, FormattableString message)
    {
        if (!holds)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{network} cannot have a height and width of {Height}×{Width}: {FormattableString.Invariant(message)}."));
        }
    }

    /// <summary>The size of an axis, which must be 1 or more.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    protected int Axis(int size, FormattableString message)
    {
        Require(size >= 1, message);
        return size;
    }

    /// <summary>As <see cref="Axis"/>, for an axis of what only the loss or a metric computes: a prediction has it all the same, and a place in memory for it.</summary>
    protected int AxisOfEvaluation(int size, FormattableString message)
    {
        RequireOfEvaluation(size >= 1, message);
        return Math.Max(1, size);
    }

    /// <summary>As <see cref="Require"/>, for a rule that only the loss or a metric goes by: a prediction can do without.</summary>
    protected void RequireOfEvaluation(bool holds, FormattableString message)
    {
        if (!holds)
        {
            Misfit ??= string.Create(CultureInfo.InvariantCulture, $"{network} only predicts with a height and width of {Height}×{Width} (training: false), since its loss or a metric does not fit: {FormattableString.Invariant(message)}.");
        }
    }
}
