namespace NetDsl.Runtime;

/// <summary>Counts the elements of a shape.</summary>
static class Elements
{
    public static int Of(IReadOnlyList<int> shape)
    {
        var count = 1;
        for (var i = 0; i < shape.Count; i++)
        {
            count *= shape[i];
        }

        return count;
    }
}
