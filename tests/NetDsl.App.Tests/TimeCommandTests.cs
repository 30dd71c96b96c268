namespace NetDsl.App.Tests;

public class TimeCommandTests
{
    const string Summary = @"median \d+\.\d{3} ms  min \d+\.\d{3} ms  images/s \d+  GFLOP/s \d+  peak \d+ MB  allocated \d+ B$";

    [Fact]
    public void A_training_step_is_timed_by_layer_and_summed_up_in_the_last_line()
    {
        var lines = Commands.Run("time", "linear", "--batch", "8", "--seconds", "0.1").Succeeds();
        Assert.Matches(@"^layer +forward min +mean +backward min +mean$", lines[1]);
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^dense1( +\d+\.\d{3}){4}$"));
        Assert.Contains(lines, line => line.StartsWith("(update)", StringComparison.Ordinal));
        Assert.Matches($"^Linear train b8  {Summary}", lines[^1]);
    }

    [Fact]
    public void A_prediction_is_timed_without_the_backward_half()
    {
        var lines = Commands.Run("time", "Untrained", "--mode", "predict", "--seconds", "0.1").Succeeds();
        Assert.Matches(@"^layer +forward min +mean$", lines[1]);
        Assert.Matches($"^Untrained predict b64  {Summary}", lines[^1]);
    }

    [Theory]
    [InlineData("0"), InlineData("-1"), InlineData("soon"), InlineData("NaN")]
    public void Seconds_are_a_positive_number(string seconds) =>
        Commands.Run("time", "Linear", "--seconds", seconds).Fails(2, $"--seconds takes a number of seconds above 0, not '{seconds}'. Try 'netdsl time --help'.");
}
