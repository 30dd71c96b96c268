using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class DeepLabMscLargeFov
{
    /// <summary>LargeFOV's settings: 64.21 % mean IoU on VOC 2012 without a CRF.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 30,
        Iterations = 6_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.001, gamma: 0.1, 2_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
