using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <content>The way of the caller's inputs into the layout of a program, and of its outputs back.</content>
sealed unsafe partial class CpuExecution
{
    void Pack(Step current, CpuWorker worker)
    {
        var border = current.Training ? train! : predict;
        for (var i = 0; i < border.Inputs.Length; i++)
        {
            if (border.Inputs[i] is { } buffer && (current.Evaluate || !border.EvaluationOnly[i]))
            {
                var items = LanePacking.Items(buffer.Count);
                while (worker.Take(worker.Blocks * items, out var begin, out var end))
                {
                    for (var item = begin; item < end; item++)
                    {
                        var block = worker.FirstBlock + (item / items);
                        if (current.Program.Layout == Layout.Samples)
                        {
                            LanePacking.Pack(memory.Inputs[i].Start, current.Samples, buffer.Count, block, item % items, At(current.Program, buffer, block));
                        }
                        else
                        {
                            RowPacking.Pack(memory.Inputs[i].Start, buffer.Count, block, item % items, At(current.Program, buffer, block));
                        }
                    }
                }
            }
        }
    }

    void Unpack(Step current, CpuWorker worker)
    {
        for (var i = 0; i < predict.Outputs.Length; i++)
        {
            var buffer = predict.Outputs[i];
            var items = LanePacking.Items(buffer.Count);
            while (worker.Take(worker.Blocks * items, out var begin, out var end))
            {
                for (var item = begin; item < end; item++)
                {
                    var block = worker.FirstBlock + (item / items);
                    Unpack(current.Program, buffer, current.Samples, block, item % items, memory.Outputs[i].Start);
                }
            }
        }
    }

    void Unpack(ProgramDefinition program, BufferDefinition buffer, int samples, int block, int item, float* target)
    {
        if (program.Layout == Layout.Samples)
        {
            LanePacking.Unpack(At(program, buffer, block), samples, buffer.Count, block, item, target);
        }
        else
        {
            RowPacking.Unpack(At(program, buffer, block), buffer, block, item, target);
        }
    }

    static int BlockSamples(ProgramDefinition program) => program.Layout == Layout.Samples ? SampleBlock.Lanes : 1;

    static int Blocks(ProgramDefinition program, int samples) => program.Layout == Layout.Samples ? SampleBlock.Count(samples) : samples;

    float* At(ProgramDefinition program, BufferDefinition buffer, int block) =>
        sampleArena.Start + (((block * program.SampleSize) + buffer.Offset) * BlockSamples(program));
}
