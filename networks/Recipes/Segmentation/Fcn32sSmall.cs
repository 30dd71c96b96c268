using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class Fcn32sSmall
{
    /// <summary>FCN-AlexNet's settings, whose loss is a mean as well.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 4,
        Iterations = 100_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Solver = new Sgd { LearningRate = 1e-4, Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
