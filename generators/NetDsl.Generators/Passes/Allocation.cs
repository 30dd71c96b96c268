using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>A piece of memory and the kernels, from the first to the last, during which it is in use.</summary>
sealed class Allocation(int id, Space space, Size size, int first, int last)
{
    /// <summary>Breaks ties, so that equal graphs get equal plans.</summary>
    public int Id { get; } = id;

    public Space Space { get; } = space;

    public Size Size { get; } = size;

    public int First { get; private set; } = first;

    public int Last { get; private set; } = last;

    /// <summary>Where it begins, at the reference.</summary>
    public long Offset { get; set; }

    /// <summary>Where it begins.</summary>
    public Size Place { get; set; }

    public bool OverlapsInTime(Allocation other) => First <= other.Last && other.First <= Last;

    /// <summary>Holds what another allocation held, too.</summary>
    public void Extend(Allocation other) => (First, Last) = (Math.Min(First, other.First), Math.Max(Last, other.Last));
}
