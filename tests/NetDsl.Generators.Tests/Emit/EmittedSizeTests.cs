using NetDsl.Generators.Tests.Frontend;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>What the compiler writes stays short enough to be read, and to be compiled while one waits.</summary>
public class EmittedSizeTests
{
    [Theory]
    [InlineData("GoogLeNet", 5_000), InlineData("LeNet", 1_400), InlineData("VggD", 1_800)]
    public void A_network_is_no_longer_than_it_has_to_be(string name, int most)
    {
        var lines = EmittedNetwork.Emit(Project.Graph([.. Project.Zoo(name)])).Sum(static file => file.Text.Count(static c => c == '\n'));
        Assert.InRange(lines, 1, most);
    }
}
