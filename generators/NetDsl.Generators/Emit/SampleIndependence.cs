using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>Whether a prediction's samples have nothing to do with each other.</summary>
static class SampleIndependence
{
    /// <summary>
    /// Up to loss and metrics all results are of single samples, and none depends on the sample's number, as a random one does. What follows from parameters alone is computed
    /// before, when these have changed.
    /// </summary>
    public static bool Holds(Program program) =>
        program.Mode == ProgramMode.Predict
        && program.Kernels.Take(program.EvaluationStart).All(kernel =>
            kernel.Prepares || (kernel.Stores.All(value => program.BufferOf(value).Space == Space.Sample) && kernel.Nodes.All(static node => node.Key == 0)));
}
