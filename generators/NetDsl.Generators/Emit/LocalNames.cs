namespace NetDsl.Generators.Emit;

/// <summary>Names of the local variables of one emitted method: readable, distinct, no keyword.</summary>
sealed class LocalNames(IEnumerable<string> taken)
{
    readonly HashSet<string> taken = [.. taken];

    /// <summary>A variable for the value or layer of this name: <c>conv1.weight</c> → <c>conv1Weight</c>, or <c>conv1Weight2</c> if that is taken.</summary>
    public string Add(string name)
    {
        var camel = Literal.Camel(name);
        var unique = camel;
        for (var i = 2; !taken.Add(unique); i++)
        {
            unique = $"{camel}{i}";
        }

        return Literal.Identifier(unique);
    }
}
