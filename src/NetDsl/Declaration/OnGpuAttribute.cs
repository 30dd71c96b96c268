namespace NetDsl;

/// <summary>
/// On a kernel method that returns one element: a GPU runs it, a thread an element, in place of the method of the same target that writes whole planes. It reads
/// nothing that the other does not read.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnGpuAttribute : Attribute;
