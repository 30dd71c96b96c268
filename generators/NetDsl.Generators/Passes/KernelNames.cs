using System.Text;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Names of the kernels, after the layers: <c>Conv1</c>, <c>Conv1Gradient</c>, <c>Conv1WeightGradient</c>; unique in a program.</summary>
sealed class KernelNames
{
    /// <summary>Members that the emitted classes have anyway.</summary>
    readonly HashSet<string> taken =
    [
        "Train", "Predict", "Create", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    /// <summary>A name for the kernel that begins with this node.</summary>
    public string Next(Node node, bool backward)
    {
        var name = Identifier(node.Name.Length > 0 ? node.Name : node.Operator.Name) + Suffix(node, backward);
        var unique = name;
        for (var i = 2; !taken.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }

    /// <summary>What the gradient pass adds on its own (sums, zeros, the seed) is told from the layer by its operator.</summary>
    static string Suffix(Node node, bool backward) => node.Target switch
    {
        "" => node.Is(MovementKind.Layout) ? "Layout" : node.Operator.HasOwnName ? Identifier(node.Operator.Name) : backward && node.Name.Length > 0 ? Identifier(node.Operator.Name) : "",
        "x" => "Gradient",
        _ => Identifier(node.Target) + "Gradient",
    };

    /// <summary>Pascal case: <c>inception3a.conv2</c> becomes <c>Inception3aConv2</c>.</summary>
    static string Identifier(string name)
    {
        var identifier = new StringBuilder();
        var begins = true;
        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character))
            {
                begins = true;
                continue;
            }

            identifier.Append(begins ? char.ToUpperInvariant(character) : character);
            begins = false;
        }

        return identifier.Length == 0 || char.IsDigit(identifier[0]) ? "_" + identifier : identifier.ToString();
    }
}
