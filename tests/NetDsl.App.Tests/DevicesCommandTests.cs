namespace NetDsl.App.Tests;

public class DevicesCommandTests
{
    [Fact]
    public void Every_kind_of_device_has_a_line()
    {
        var lines = Commands.Run("devices").Succeeds();
        Assert.StartsWith("cpu   CPU, ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("cuda  ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("taken unless --device says otherwise: ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Help_lists_the_commands()
    {
        var help = string.Join('\n', Commands.Run("--help").Succeeds());
        Assert.Contains("  netdsl [command] [options]", help, StringComparison.Ordinal);
        Assert.All(new[] { "train", "test", "time", "inspect", "devices" }, command => Assert.Contains($"  {command} ", help, StringComparison.Ordinal));
    }

    [Fact]
    public void No_command_is_wrong_usage() => Commands.Run().Fails(2, "Required command was not provided. Try 'netdsl --help'.");

    [Fact]
    public void An_unknown_command_is_wrong_usage() => Commands.Run("trian").Fails(2, "There is no command 'trian'. Did you mean train? Try 'netdsl --help'.");
}
