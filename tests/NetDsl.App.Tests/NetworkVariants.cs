using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.App.Tests;

/// <summary>A network whose parameters have other names.</summary>
public sealed class Renamed(Device device, int batch, bool training = true) : Linear(Definition, device, batch, training)
{
    public static new NetworkDefinition Definition { get; } = Describe("Renamed", layer: "dense7", trainable: true);
}

/// <summary>A network without a loss.</summary>
public sealed class Untrained(Device device, int batch, bool training = true) : Linear(Definition, device, batch, training)
{
    public static new NetworkDefinition Definition { get; } = Describe("Untrained", layer: "dense1", trainable: false);
}

/// <summary>A network whose recipe leads to infinity.</summary>
public sealed class Diverging(Device device, int batch, bool training = true) : Linear(Definition, device, batch, training)
{
    public static new NetworkDefinition Definition { get; } = Describe("Diverging", layer: "dense1", trainable: true);

    public static new Recipe Recipe => Linear.Recipe with { Solver = new Sgd { LearningRate = 1e30 } };
}
