namespace NetDsl.Solvers;

/// <summary>Runs a solver's formula over a parameter that lies in a device's own memory.</summary>
interface IUpdateLauncher
{
    /// <summary>Applies the formula to every element.</summary>
    void Run<TRule>(TRule rule, UpdateFactors factors)
        where TRule : struct, IUpdateRule;
}
