namespace NetDsl.App.Tests;

public class CatalogTests
{
    [Theory]
    [InlineData("liner", "There is no network 'liner'. Did you mean Linear? Networks are Diverging, Linear, Renamed, Untrained.")]
    [InlineData("AlexNet", "There is no network 'AlexNet'. Networks are Diverging, Linear, Renamed, Untrained.")]
    public void An_unknown_network_is_told_the_nearest_and_all_names(string name, string message) =>
        Commands.Run("inspect", name).Fails(1, message);

    [Fact]
    public void Case_does_not_matter() => Commands.Run("inspect", "LINEAR").Succeeds();

    [Fact]
    public void An_assembly_without_networks_says_what_to_do()
    {
        var error = new StringWriter();
        var exitCode = new CommandLine("netdsl", NetworkCatalog.Of([typeof(string).Assembly]), new Terminal(new StringWriter(), error)).Run(["inspect", "LeNet"]);
        Assert.Equal(1, exitCode);
        Assert.Equal("This program has no networks: mark a partial class with [Network], and give its assembly to NetDslApp.Run.\n", error.ToString());
    }

    [Theory]
    [InlineData("lenet", "LeNet", 0), InlineData("LeNt", "LeNet", 1), InlineData("", "abc", 3), InlineData("kitten", "sitting", 3)]
    public void Spellings_are_compared_by_their_letters(string left, string right, int distance)
    {
        Assert.Equal(distance, Spelling.Distance(left, right));
        Assert.Equal(distance, Spelling.Distance(right, left));
    }
}
