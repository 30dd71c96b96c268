namespace NetDsl;

public static partial class Layers
{
    /// <summary>The input several times side by side along an axis: Caffe's Tile.</summary>
    /// <param name="axis">The axis, counted with the batch as axis 0.</param>
    /// <param name="tiles">How many times.</param>
    [Block]
    public static Layer Tile(int axis, int tiles) => x =>
    {
        if (tiles < 1)
        {
            throw new ArgumentException($"tiles is {tiles}; it must be at least 1", nameof(tiles));
        }

        RequireAxis(x, axis);
        var copies = new Tensor[tiles];
        for (var i = 0; i < tiles; i++)
        {
            copies[i] = x;
        }

        return Concat(copies, axis: axis);
    };
}
