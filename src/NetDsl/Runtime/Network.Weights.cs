using NetDsl.Runtime.Checkpoints;

namespace NetDsl.Runtime;

public abstract partial class Network
{
    /// <summary>Writes the parameters to a safetensors file, which appears whole or not at all.</summary>
    /// <exception cref="CheckpointException">A parameter is NaN or infinite, or the file cannot be written; what was there before is intact.</exception>
    public void Save(string path) => Weights.Save(this, path);

    /// <summary>Sets the parameters from a safetensors file with the same names and shapes.</summary>
    /// <exception cref="CheckpointException">The file is damaged or does not fit; the network is as before.</exception>
    public void Load(string path) => Weights.Load(this, path);
}
