using NetDsl.Generators.Emit.Definitions;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Emit.Definitions;

/// <summary>What the compiler writes into a table, the library reads.</summary>
public class TableTests
{
    [Theory]
    [InlineData("conv1")]
    [InlineData("d conv1.x")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("  ")]
    [InlineData(" at the ends ")]
    [InlineData("a  b   c    d")]
    [InlineData(@"back\slash \s \n")]
    [InlineData("two\nlines\r\n")]
    [InlineData("\"\"\" {{x}} ⟦y⟧ a | b")]
    public void Any_name_can_be_read_again(string name)
    {
        var rows = DefinitionTable.Kernels(Text("Kernels", ["name", "layer", "direction", "multiply-adds", "description"],
            [Cell.Of(name), Cell.Of(name), "backward", "12", $"{Cell.Of(name)} | -"], ["next", "to it", "forward", "1234567890123", "said | -"]));
        Assert.Equal(new(name, name, true, 12, name) { Launch = rows[0].Launch }, rows[0]);
        Assert.Equal(new("next", "to it", false, 1234567890123, "said") { Launch = rows[1].Launch }, rows[1]);
        Assert.Null(rows[0].Simt);
    }

    [Fact]
    public void Numbers_stand_at_the_right_under_their_heads() => Assert.Equal(
        """"
        global::NetDsl.Runtime.DefinitionTable.Buffers("""
            name    shape   offset
            image   [N, 3]       7
            output  []      123456  in blocks
        """),
        """",
        TableText.Of("Buffers", ["name", "shape", "offset"], [["image", "[N, 3]", "7"], ["output", "[]", "123456", "in blocks"]]));

    [Fact]
    public void A_launch_is_read_as_it_is_written()
    {
        var launch = LaunchText.Read("500 a sample; 20 steps reversed; [425616, -29595]; Dense 1 rows, 800 inputs → 500 units")!;
        Assert.Equal((500, true, 20, true), (launch.Items, launch.Batched, launch.Steps, launch.Reversed));
        Assert.Equal([425616, -29595], launch.Numbers);
        Assert.Equal(SimtSums.Dense(rows: 1, units: 500, inputs: 800), launch.Sums);
        Assert.Equal(
            SimtSums.ConvolutionByInput(new(6, 5, 4, 8, 3, 2, 3, 1, 2, 1, 1, 0, 1, 2, 2)),
            LaunchText.Read("1; ConvolutionByInput 6×5×4 → 8×3×2, kernel 3×1, stride 2×1, padding 1×0, dilation 1×2, group 2")!.Sums);
    }

    [Fact]
    public void What_applies_to_some_rows_stands_behind_the_others()
    {
        var inputs = DefinitionTable.Inputs("name  shape\nimage  [1, 28, 28]\ndigit  []  labels  classes 10  ignored 255\nmask  []  labels  in predictions\ntarget  [4]  in evaluation");
        Assert.Equal([false, true, true, false], inputs.Select(static i => i.IsLabels));
        Assert.Equal([false, true, false, true], inputs.Select(static i => i.EvaluationOnly));
        Assert.Equal((10, 255, 784), (inputs[1].Classes, inputs[1].IgnoredLabel, inputs[0].Count));
        var parameter = DefinitionTable.Parameters("path\nc.bias  [20]  512  Constant  value -0.25  rate 2  decay 0  frozen")[0];
        Assert.Equal((-0.25f, 2f, 0f, true, 512L), (parameter.Value, parameter.LearningRate, parameter.WeightDecay, parameter.Frozen, parameter.Offset));
    }

    [Theory]
    [InlineData("head\nx  [N]  here  0  1", "here")]
    [InlineData("head\nx  [N]", "")]
    public void A_table_of_another_version_is_refused(string table, string column)
    {
        var error = Assert.Throws<FormatException>(() => DefinitionTable.Buffers(table));
        Assert.Equal($"A network's definition has '{column}' in one of its tables, which this version of NetDsl cannot read. Build the network's project again with this version.", error.Message);
    }

    /// <summary>The text between the quotes of a raw string.</summary>
    static string Text(string method, IReadOnlyList<string> head, params string[][] rows)
    {
        var lines = TableText.Of(method, head, rows).Split('\n');
        return string.Join("\n", lines[1..^1]);
    }
}
