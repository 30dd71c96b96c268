namespace NetDsl.Runtime;

/// <summary>What a step does besides its program's kernels, numbered behind them: for timing, and for naming what failed.</summary>
static class Phases
{
    public const int Pack = 0;
    public const int Unpack = 1;
    public const int Check = 2;
    public const int Update = 3;
    public const int Count = 4;

    public static int Index(ProgramDefinition program, int phase) => program.Kernels.Count + phase;

    /// <summary>The name of a kernel or phase.</summary>
    public static string Name(ProgramDefinition program, int index) => (index - program.Kernels.Count) switch
    {
        Pack => "inputs",
        Unpack => "outputs",
        Check => "gradient check",
        Update => "update",
        _ => program.Kernels[index].Name,
    };
}
