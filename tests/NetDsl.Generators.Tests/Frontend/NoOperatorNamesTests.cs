using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NetDsl.Generators.Tests.Frontend;

public class NoOperatorNamesTests
{
    /// <summary>
    /// The compiler knows operators by their declarations: an operator that it knew by name could not be declared by a user. Only what implements
    /// an anchor may speak of it.
    /// </summary>
    [Fact]
    public void The_compiler_names_no_operator()
    {
        var names = typeof(Layers).GetMethods()
            .Where(static m => m.GetCustomAttributes(false).Any(static a => a is OperatorAttribute or ElementwiseAttribute or BlockAttribute))
            .Select(static m => m.Name)
            .Distinct()
            .ToList();
        Assert.Contains("Conv", names);
        var quoted = new Regex($"\"({string.Join('|', names)})\"", RegexOptions.IgnoreCase);
        var folder = Path.GetFullPath(Path.Combine(Folder(), "..", "..", "..", "generators", "NetDsl.Generators"));
        var hits = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(static f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            // Properties of attributes, functions of Math, of LINQ, of string and of shape rules, weights called bias, variables of emitted code, and the IR's own movements, happen to have
            // names of layers.
            .Where(static f => Path.GetFileName(f) is not (
                "ScalarFunctions.cs" or "PartialEvaluator.Library.cs" or "BaseLibrary.cs" or "ExpressionEvaluator.cs" or "FreeArithmetic.cs" or "ExpressionParser.cs" or "Treatment.cs" or "OperatorSpec.cs" or "SimtBodyWriter.cs"
                or "BatchReductionEmitter.cs" or "OperatorReader.cs" or "ConvolutionCall.cs" or "MatrixProductCall.cs" or "SimtProductCall.cs" or "ChannelMapFolding.cs"))
            .SelectMany(f => File.ReadLines(f).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal) && quoted.IsMatch(l)).Select(l => $"{Path.GetFileName(f)}: {l.Trim()}"));

        Assert.Empty(hits);
    }

    static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
