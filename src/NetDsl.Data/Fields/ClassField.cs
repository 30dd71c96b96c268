using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>The class index of the sample.</summary>
sealed class ClassField(SampleArray labels) : Field
{
    public override void Write(SampleBatch batch, int field, int row, Draw draw) =>
        batch.Labels(field)[row] = labels[draw.Sample][0];
}
