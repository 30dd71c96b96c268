namespace NetDsl.Kernels;

/// <summary>How target channels are divided among tiles: into as few as hold them, and as evenly as can be.</summary>
/// <param name="count">All target channels.</param>
/// <param name="most">Targets of the largest tile.</param>
readonly struct SampleTargets(int count, int most)
{
    /// <summary>How many tiles.</summary>
    public int Tiles { get; } = (count + most - 1) / most;

    /// <summary>The first target of a tile.</summary>
    public int First(int tile) => tile * (count / Tiles) + Math.Min(tile, count % Tiles);

    /// <summary>Its number of targets.</summary>
    public int Count(int tile) => First(tile + 1) - First(tile);

    /// <summary>The division for so many vectors of samples: a single one takes tall tiles.</summary>
    /// <param name="count">All target channels.</param>
    /// <param name="vectors">All vectors of samples.</param>
    public static SampleTargets Of(int count, int vectors) => new(count, vectors == 1 ? 2 * SampleTile.Targets : SampleTile.Targets);
}
