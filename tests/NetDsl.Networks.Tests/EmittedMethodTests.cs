using System.Reflection;

namespace NetDsl.Networks.Tests;

/// <summary>The JIT gives up optimising methods that are too long.</summary>
public class EmittedMethodTests
{
    const int Limit = 20 * 1024;

    const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_kernel_or_schedule_of_the_zoo_is_too_long_for_the_JIT()
    {
        var methods = typeof(LeNet).Assembly.GetTypes()
            .Where(static type => type.Namespace == "NetDsl.Emitted" || type.Name.EndsWith("Cpu", StringComparison.Ordinal) || type.Name.EndsWith("Simt", StringComparison.Ordinal))
            .SelectMany(static type => type.GetMethods(All))
            .Select(static method => (Name: $"{method.DeclaringType!.Name}.{method.Name}", Size: method.GetMethodBody()?.GetILAsByteArray()?.Length ?? 0))
            .Where(static method => !method.Name.Contains("Simt.Create", StringComparison.Ordinal))
            .ToList();
        Assert.True(methods.Count > 500);
        Assert.All(methods, static method => Assert.True(method.Size <= Limit, $"{method.Name} has {method.Size} bytes of IL."));
    }
}
