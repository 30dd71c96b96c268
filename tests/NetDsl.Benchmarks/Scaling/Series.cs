using NetDsl.Runtime;

namespace NetDsl.Benchmarks.Scaling;

/// <summary>What a training step costs as one thing grows.</summary>
/// <param name="Name">The name of its plot's file.</param>
/// <param name="Axis">What grows.</param>
/// <param name="Subject">What stays as it is.</param>
/// <param name="Points">The values of what grows, each with its network and threads.</param>
sealed record Series(string Name, string Axis, string Subject, IReadOnlyList<Point> Points);

/// <summary>One value of what grows.</summary>
/// <param name="Value">The value.</param>
/// <param name="Work">How much work a sample is, against the first point's.</param>
/// <param name="Batch">Samples a step.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Create">Makes the network.</param>
sealed record Point(int Value, double Work, int Batch, int Threads, Func<Device, int, Network> Create);
