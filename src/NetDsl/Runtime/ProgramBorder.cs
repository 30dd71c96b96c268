namespace NetDsl.Runtime;

/// <summary>Where a program meets its caller: looked up once, so that a step searches for nothing.</summary>
sealed class ProgramBorder
{
    public ProgramBorder(NetworkDefinition definition, ProgramDefinition program)
    {
        Inputs = [.. definition.Inputs.Select(input => program.Find(input.Name))];
        EvaluationOnly = new bool[definition.Inputs.Count];
        for (var i = 0; i < EvaluationOnly.Length; i++)
        {
            EvaluationOnly[i] = definition.Inputs[i].EvaluationOnly;
        }

        Outputs = [.. program.Outputs.Select(program.Buffer)];
        LossOffset = program.Scalars.Count > 0 ? program.Buffer(program.Scalars[0]).Offset : 0;
    }

    /// <summary>The buffer of each input; null where the program does not read it.</summary>
    public BufferDefinition?[] Inputs { get; }

    /// <summary>Whether a prediction does without the input.</summary>
    public bool[] EvaluationOnly { get; }

    /// <summary>The buffer of each output.</summary>
    public BufferDefinition[] Outputs { get; }

    /// <summary>Where the loss lies in the constant arena, if the program computes it.</summary>
    public long LossOffset { get; }
}
