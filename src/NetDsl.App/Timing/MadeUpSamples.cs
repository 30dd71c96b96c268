using NetDsl.Runtime;

namespace NetDsl.App;

/// <summary>Numbers like those of scaled pixels, and classes: the same ones every time.</summary>
static class MadeUpSamples
{
    /// <summary>Fills all inputs of a network for a whole batch.</summary>
    public static void Fill(Network network)
    {
        var random = new Random(1);
        for (var i = 0; i < network.Definition.Inputs.Count; i++)
        {
            var input = network.Definition.Inputs[i];
            var count = network.BatchSize * input.Count;
            if (input.IsLabels)
            {
                network.SetLabels(i, (int[])[.. Enumerable.Range(0, count).Select(_ => random.Next(Math.Max(1, input.Classes)))]);
            }
            else
            {
                network.SetInput(i, (float[])[.. Enumerable.Range(0, count).Select(_ => random.NextSingle())]);
            }
        }
    }
}
