using System.Reflection;
using System.Runtime.ExceptionServices;
using NetDsl.Runtime;

namespace NetDsl.App;

/// <summary>A network class: what the compiler and its author say of it, and how to make an instance. Asking is what costs: a project may have many networks.</summary>
sealed class NetworkEntry(Type type)
{
    const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public string Name => type.Name;

    /// <summary>What the compiler knows of it.</summary>
    /// <exception cref="UserException">The compiler has not completed it.</exception>
    public NetworkDefinition Definition => field ??= (NetworkDefinition)(type.GetProperty("Definition", Static)?.GetValue(null)
        ?? throw new UserException($"{type.Name} has no static property Definition: it was not completed by the compiler of NetDsl."));

    /// <summary>How its author recommends to train it.</summary>
    public Recipe Recipe => field ??= type.GetProperty("Recipe", Static)?.GetValue(null) as Recipe ?? new Recipe();

    /// <summary>One of its programs; an instance for many samples may predict with another.</summary>
    /// <exception cref="UserException">It has no loss, so there is no training program.</exception>
    public ProgramDefinition ProgramFor(bool training) => training ? TrainProgram : Definition.Predict;

    /// <summary>What trains it.</summary>
    /// <exception cref="UserException">It has no loss.</exception>
    public ProgramDefinition TrainProgram => Definition.Train ?? throw new UserException($"{Name} has no Loss, so it cannot be trained.");

    /// <summary>Takes the memory of an instance: for training, or for predictions only.</summary>
    public Network Create(Device device, int batch, bool training)
    {
        try
        {
            return (Network)(type.GetConstructor([typeof(Device), typeof(int), typeof(bool)]) is { } constructor
                ? constructor.Invoke([device, batch, training])
                : Activator.CreateInstance(type, device, batch)!);
        }
        catch (TargetInvocationException fault) when (fault.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }
}
