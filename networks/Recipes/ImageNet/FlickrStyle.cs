using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class FlickrStyle
{
    /// <summary>Caffe's <c>finetune_flickr_style/solver.prototxt</c>, which starts from CaffeNet's weights: 39.16 % of 20 styles.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 50,
        Iterations = 100_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.001, gamma: 0.1, 20_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
