namespace NetDsl.App.Tests;

public class InspectCommandTests
{
    [Fact]
    public void Layers_end_with_the_totals() => Assert.Equal(
        [
            "name    operator  output  parameters  MACs",
            "dense1  Dense     [N, 3]          15    12",
            "total 15 parameters  12 MACs",
        ],
        Commands.Run("inspect", "Linear", "--layers").Succeeds());

    [Fact]
    public void The_training_program_counts_the_way_back_apart() =>
        Assert.Equal(["backward 12 MACs", "total 15 parameters  12 MACs"], Commands.Run("inspect", "Linear", "--mode", "train").Succeeds()[^2..]);

    [Fact]
    public void The_plan_shows_where_each_value_lies() => Assert.Equal(
        [
            "value     shape         arena     offset  bytes  kernels",
            "image     [N, 1, 2, 2]  sample         0     16  0–2",
            "digit     [N]           sample        16      4  0–1",
            "dense1    [N, 3]        sample        20     12  0–1",
            "loss      []            constant       0      4  1–2",
            "accuracy  []            constant      64      4  1–2",
            "total 44 bytes a sample  128 bytes once  128 bytes of parameters",
        ],
        Commands.Run("inspect", "Linear", "--plan").Succeeds());

    [Fact]
    public void Kernels_come_in_order_with_what_they_compute() => Assert.Equal(
        [
            "  0 Dense1  (dense1, 12 MACs a sample)",
            "    Scores of the classes.",
            "— only for the loss and the metrics:",
            "  1 Losses  (loss, 0 MACs a sample)",
            "    Softmax, cross entropy and accuracy.",
            "total 2 kernels  12 MACs",
        ],
        Commands.Run("inspect", "Linear", "--kernels").Succeeds());

    [Fact]
    public void The_graph_is_the_compilers_text() =>
        Assert.Equal(["network Linear {", "  %0 : [N, 1, 2, 2] = input image", "}"], Commands.Run("inspect", "Linear", "--graph").Succeeds());

    [Fact]
    public void One_view_at_a_time() =>
        Commands.Run("inspect", "Linear", "--graph", "--plan").Fails(2, "inspect shows one of --layers, --plan, --kernels and --graph at a time. Try 'netdsl inspect --help'.");

    [Fact]
    public void A_network_without_a_loss_has_no_training_program() =>
        Commands.Run("inspect", "Untrained", "--mode", "train").Fails(1, "Untrained has no Loss, so it cannot be trained.");

    [Fact]
    public void A_network_of_its_own_size_takes_no_other() => Commands.Run("inspect", "Linear", "--size", "8x8").Fails(
        1, "Linear has a height and width of its own, 1×2×2: leave --size out, or declare them free with [Shape(Batch, …, Any, Any)].");

    [Theory]
    [InlineData("8")]
    [InlineData("8x0")]
    [InlineData("8x8x8")]
    public void A_size_is_two_numbers(string size) =>
        Commands.Run("inspect", "Linear", "--size", size).Fails(2, $"--size takes a height and a width such as 320x480, not '{size}'. Try 'netdsl inspect --help'.");
}
