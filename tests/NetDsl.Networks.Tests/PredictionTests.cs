using NetDsl.Runtime;

namespace NetDsl.Networks.Tests;

public class PredictionTests
{
    /// <summary>The second and third prediction of a recurrent network are taken apart; the first, with new weights, is not.</summary>
    [Theory]
    [InlineData(3), InlineData(16), InlineData(37)]
    public void A_sequence_has_the_same_scores_in_every_batch_and_for_any_number_of_threads(int batch)
    {
        var random = new Random(5);
        var sequences = Enumerable.Range(0, batch * 32 * 128).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        var expected = Enumerable.Range(0, batch).SelectMany(n => Scores(threads: 1, 1, sequences[(n * 32 * 128)..((n + 1) * 32 * 128)])).ToArray();
        foreach (var threads in new[] { 1, 2, 3 })
        {
            Assert.Equal(expected, Scores(threads, batch, sequences));
        }
    }

    [Fact]
    public void Samples_of_a_recurrent_network_have_nothing_to_do_with_each_other() => Assert.True(LstmClassifier.Definition.Predict.SamplesApart);

    static float[] Scores(int threads, int batch, float[] sequences)
    {
        using var device = Device.Cpu(threads);
        using var network = new LstmClassifier(device, batch, training: false);
        network.Initialize(seed: 3);
        var scores = network.Predict(sequences).ToArray();
        for (var again = 0; again < 20; again++)
        {
            Assert.Equal(scores, network.Predict(sequences).ToArray());
        }

        return scores;
    }
}
