using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>What fills one input of a network: a property of a sample, or of a sample and its partner.</summary>
abstract class Field
{
    /// <summary>Writes row <paramref name="row"/> of field <paramref name="field"/> of <paramref name="batch"/>.</summary>
    public abstract void Write(SampleBatch batch, int field, int row, Draw draw);
}
