namespace NetDsl.Generators.Emit.Cpu;

/// <summary>What kernels of one form differ in beside their memory: a parameter of their method.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Value">C# that this kernel passes.</param>
/// <param name="Type">Its type in C#.</param>
readonly record struct SizeArgument(string Name, string Value, string Type);
