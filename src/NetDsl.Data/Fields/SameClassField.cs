using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>1 if the sample and its partner are of one class, else 0; what a contrastive loss learns from.</summary>
sealed class SameClassField(SampleArray labels) : Field
{
    public override void Write(SampleBatch batch, int field, int row, Draw draw)
    {
        var same = labels[draw.Sample][0] == labels[draw.Partner][0] ? 1 : 0;
        if (batch.Fields[field].IsLabels)
        {
            batch.Labels(field)[row] = same;
        }
        else
        {
            batch.Values(field)[row] = same;
        }
    }
}
