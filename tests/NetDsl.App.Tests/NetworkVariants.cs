using NetDsl.Runtime;

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
