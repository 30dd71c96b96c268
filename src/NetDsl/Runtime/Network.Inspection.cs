namespace NetDsl.Runtime;

public abstract partial class Network
{
    /// <summary>
    /// A value inside the network, row-major, for each sample of the present inputs: of a layer (<c>conv1</c>), of a gradient (<c>d conv1</c>) in the training
    /// program. Memory is used again within a step, so the program is run once more to catch it: for inspection, not for speed.
    /// </summary>
    /// <param name="name">A name among the program's buffers.</param>
    /// <param name="training">From the training program, whose gradients it computes again; otherwise from the prediction program.</param>
    /// <exception cref="ArgumentException">The program has no such value; the message lists those it has.</exception>
    public float[] Activation(string name, bool training = false)
    {
        using var use = Use();
        if (training)
        {
            RequireTraining();
        }

        var program = training ? Definition.Train! : Definition.Predict;
        var buffer = program.Buffer(name);
        var kernel = Math.Max(buffer.FirstUse, buffer.LastUse - 1);
        Prepare(training, evaluate: training || kernel >= program.EvaluationStart);
        var values = new float[buffer.Batched ? buffer.Count * step.Samples : buffer.Count];
        execution.Replay(step, new Capture(execution, buffer, kernel, step.Samples, values));
        return values;
    }

    /// <summary>Takes a value after the last kernel that writes it.</summary>
    sealed class Capture(Execution execution, BufferDefinition buffer, int kernel, int samples, float[] values) : KernelObserver
    {
        public override void Completed(int completed)
        {
            if (completed == kernel)
            {
                execution.Read(buffer, samples, values);
            }
        }
    }
}
