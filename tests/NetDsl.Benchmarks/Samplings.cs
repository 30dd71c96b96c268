using NetDsl.Runtime;

namespace NetDsl.Benchmarks;

/// <summary>Made-up samples.</summary>
static class Samplings
{
    /// <summary>Fills every input with numbers like those of scaled pixels, and classes.</summary>
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
