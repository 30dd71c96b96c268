namespace NetDsl.Data.Tests;

/// <summary>A test that needs a data set of this machine: skipped with the reason where it is missing, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string name)
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = RealData.Missing(name);
        }
    }
}
