using NetDsl.Runtime;
using NetDsl.Tests.Runtime;
using NetDsl.Training;

namespace NetDsl.Tests.Training;

/// <summary>Samples for <see cref="Regression"/>, in an order that is another one in each pass and follows from the position alone.</summary>
sealed class RegressionSource(int count, string name = "numbers") : IBatchSource
{
    readonly float[] features = RegressionData.Features(count);
    readonly int[] targets = RegressionData.Targets(count);

    public string Name => name;

    public IReadOnlyList<InputDefinition> Fields { get; init; } = Regression.Description.Inputs;

    public int Count => count;

    public long Position { get; set; }

    /// <summary>Put in place of the first feature of the sample at this position.</summary>
    public (long Position, float Value)? Poison { get; init; }

    /// <summary>Called before each batch.</summary>
    public Action? Reading { get; init; }

    public void Read(SampleBatch batch)
    {
        Reading?.Invoke();
        for (var n = 0; n < batch.Count; n++, Position++)
        {
            var pass = Position / count;
            var sample = (int)((Position + (pass * 7)) % count);
            var row = batch.Values(0).Slice(n * Regression.Features, Regression.Features);
            features.AsSpan(sample * Regression.Features, Regression.Features).CopyTo(row);
            batch.Labels(1)[n] = targets[sample];
            if (Poison is { } poison && poison.Position == Position)
            {
                row[0] = poison.Value;
            }
        }
    }
}
