using System.Text.Json;
using NetDsl.Solvers;

namespace NetDsl.Tests.Solvers;

public class LearningRatePolicyTests
{
    [Fact]
    public void Every_policy_agrees_with_Caffe()
    {
        var policies = new HashSet<string>();
        foreach (var row in Golden.Group("lr_policy").EnumerateArray())
        {
            policies.Add(row.GetProperty("policy").GetString()!);
            var wanted = row.Number("lr");
            var rate = Policy(row.GetProperty("policy").GetString()!, row.GetProperty("cfg")).At(row.GetProperty("iter").GetInt32());
            Assert.True(Math.Abs(wanted - rate) <= 1e-9 * wanted, $"{row}: {rate}");
        }

        Assert.Equal(7, policies.Count);
    }

    static LearningRatePolicy Policy(string name, JsonElement settings)
    {
        var (rate, gamma, power) = (settings.Number("base_lr"), settings.Number("gamma"), settings.Number("power"));
        var (size, iterations) = (settings.GetProperty("stepsize").GetInt32(), settings.GetProperty("max_iter").GetInt32());
        return name switch
        {
            "fixed" => LearningRatePolicy.Fixed(rate),
            "step" => LearningRatePolicy.Step(rate, gamma, size),
            "exp" => LearningRatePolicy.Exp(rate, gamma),
            "inv" => LearningRatePolicy.Inv(rate, gamma, power),
            "multistep" => LearningRatePolicy.Multistep(rate, gamma, [.. settings.GetProperty("stepvalue").Numbers().Select(step => (int)step)]),
            "poly" => LearningRatePolicy.Poly(rate, power, iterations),
            "sigmoid" => LearningRatePolicy.Sigmoid(rate, gamma, size),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "an unknown policy in the golden file"),
        };
    }

    [Fact]
    public void A_number_stands_for_a_fixed_rate()
    {
        LearningRatePolicy policy = 0.05;
        Assert.Equal(0.05, policy.At(12345));
    }

    [Fact]
    public void Poly_stays_at_zero_after_its_last_iteration() => Assert.Equal(0, LearningRatePolicy.Poly(0.1, 0.5, 100).At(150));

    [Fact]
    public void The_text_holds_every_number() => Assert.Equal("inv(0.01, gamma: 0.0001, power: 0.75)", LearningRatePolicy.Inv(0.01, 1e-4, 0.75).ToString());
}
