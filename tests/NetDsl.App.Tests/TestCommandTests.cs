using NetDsl.Data.Tests;

namespace NetDsl.App.Tests;

public sealed class TestCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string Data => folder.File("squares");

    string Weights => folder.File("run/best.safetensors");

    public TestCommandTests()
    {
        Squares.Write(Data);
        Commands.Run("train", "Linear", "--data", Data, "--out", folder.File("run")).Succeeds();
    }

    public void Dispose() => folder.Dispose();

    CommandResult Test(string weights, string network = "Linear") => Commands.Run("test", network, "--weights", weights, "--data", Data);

    [Fact]
    public void The_last_line_is_accuracy_loss_and_images() => Assert.Matches(@"^accuracy 1\.0000  loss 0\.\d{5}  images 15$", Test(Weights).Succeeds()[^1]);

    [Fact]
    public void A_snapshot_and_a_runs_folder_are_weights_too()
    {
        var last = Test(folder.File("run/snapshot-00000200.safetensors")).Succeeds()[^1];
        Assert.Equal(last, Test(folder.File("run")).Succeeds()[^1]);
    }

    [Fact]
    public void Weights_are_required() => Commands.Run("test", "Linear").Fails(2, "Option '--weights' is required. Try 'netdsl test --help'.");

    [Fact]
    public void A_missing_file_is_named() =>
        Test(folder.File("none.safetensors")).Fails(1, $"{folder.File("none.safetensors")}: there is no such file.");

    [Fact]
    public void Weights_of_another_network_are_refused() => Test(Weights, "Renamed").Fails(
        1, $"{Weights}: the weights do not fit Renamed: the file lacks dense7.weight, dense7.bias; Renamed has no dense1.weight, dense1.bias.");

    [Fact]
    public void A_flipped_bit_is_refused()
    {
        var bytes = File.ReadAllBytes(Weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(Weights, bytes);
        var result = Test(Weights);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"{Weights}: ", Assert.Single(result.Error), StringComparison.Ordinal);
    }
}
