namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// A dense conditional random field as a layer: mean-field iterations with trained weights (Zheng et al. 2015, CRF-RNN's MultiStageMeanfield; Krähenbühl and Koltun 2011). Each
    /// iteration takes the softmax of the scores, filters it with a spatial and a bilateral Gaussian, mixes the classes of both by weights and the sum by a compatibility transform, and
    /// subtracts that from the unaries. All iterations share the three weights, [classes, classes]. Gives scores, [N, classes, H, W], as the unaries are.
    /// </summary>
    /// <remarks>
    /// A training step iterates <paramref name="training"/> times, a prediction <paramref name="iterations"/> times. The filters are routines without a form for a GPU, so a network with this layer
    /// runs on the CPU only. The image has no gradient. The kernels are normalised behind the filter, as CRF-RNN's are.
    /// </remarks>
    /// <param name="unaries">Scores of the classes, [N, classes, H, W].</param>
    /// <param name="image">[N, D, H, W]; its values set the unit of <paramref name="colour"/>.</param>
    /// <param name="iterations">Iterations of a prediction.</param>
    /// <param name="training">Iterations of a training step; no more than <paramref name="iterations"/>.</param>
    /// <param name="position">θα: the bilateral kernel's standard deviation of positions, in pixels.</param>
    /// <param name="colour">θβ: the bilateral kernel's standard deviation of colours.</param>
    /// <param name="near">θγ: the spatial kernel's standard deviation, in pixels.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Tensor MeanField(
        Tensor unaries, Tensor image, int iterations = 10, int training = 5, float position = 160, float colour = 3, float near = 3, string name = "meanfield")
    {
        if (iterations < 1)
        {
            throw new ArgumentException($"iterations is {iterations}; it must be at least 1", nameof(iterations));
        }

        if (training < 1 || training > iterations)
        {
            throw new ArgumentException($"training is {training}; it must be from 1 to the {iterations} iterations of a prediction", nameof(training));
        }

        var classes = unaries.Shape[1];

        // Potts' model, and the factors of CRF-RNN's prototxt: beside scores that are sums of hundreds of weights, these are few.
        var spatial = LearningRate(Fill(Conv(classes, kernel: 1, bias: false, name: name + ".spatial"), Filler.Identity(3)), weight: 10_000);
        var bilateral = LearningRate(Fill(Conv(classes, kernel: 1, bias: false, name: name + ".bilateral"), Filler.Identity(5)), weight: 10_000);
        var compatibility = LearningRate(Fill(Conv(classes, kernel: 1, bias: false, name: name + ".compatibility"), Filler.Identity(-1)), weight: 1_000);
        var scores = unaries;
        var trained = unaries;
        for (var i = 0; i < iterations; i++)
        {
            var marginals = Softmax(scores);
            var messages = spatial(SpatialFilter(marginals, near)) + bilateral(BilateralFilter(marginals, image, position, colour));
            scores = unaries - compatibility(messages);
            trained = i + 1 == training ? scores : trained;
        }

        return InTraining(scores, trained);
    }
}
