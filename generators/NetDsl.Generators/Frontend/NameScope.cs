namespace NetDsl.Generators.Frontend;

/// <summary>A part of names: the call of a helper. It has a name if a local or field holds what the call returned.</summary>
sealed class NameScope(NameScope? parent)
{
    public NameScope? Parent { get; } = parent;

    public string? Name { get; set; }

    /// <summary>The outermost scope without a name between this one and <paramref name="outer"/>; null if this one does not lie inside it.</summary>
    public NameScope? OutermostWithin(NameScope outer)
    {
        NameScope? outermost = null;
        for (var scope = this; scope != outer; scope = scope.Parent)
        {
            if (scope is null)
            {
                return null;
            }

            outermost = scope;
        }

        return outermost;
    }
}
