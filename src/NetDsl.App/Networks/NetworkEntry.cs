using System.Reflection;
using System.Runtime.ExceptionServices;
using NetDsl.Runtime;

namespace NetDsl.App;

/// <summary>A network class: what the compiler and its author say of it, and how to make an instance. Asking is what costs: a project may have many networks.</summary>
/// <param name="type">The class.</param>
/// <param name="size">The height and width of its instances, where the declaration leaves them free; null for those it is compiled for.</param>
sealed class NetworkEntry(Type type, (int Height, int Width)? size = null)
{
    const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public string Name => type.Name;

    /// <summary>What the compiler knows of it.</summary>
    /// <exception cref="UserException">The compiler has not completed it.</exception>
    public NetworkDefinition Definition => field ??= (NetworkDefinition)((size is var (height, width) ? Invoke(() => DefinitionAt.Invoke(null, [height, width])) : type.GetProperty("Definition", Static)?.GetValue(null))
        ?? throw new UserException($"{type.Name} has no static property Definition: it was not completed by the compiler of NetDsl."));

    /// <summary>The network with a height and width of one's own; itself if none are given.</summary>
    /// <exception cref="UserException">Its declaration fixes them.</exception>
    public NetworkEntry At((int Height, int Width)? wanted)
    {
        if (wanted is not null)
        {
            _ = DefinitionAt;
        }

        return wanted is null ? this : new(type, wanted);
    }

    MethodInfo DefinitionAt => type.GetMethod("DefinitionAt", Static) ?? throw new UserException(
        $"{Name} has a height and width of its own, {string.Join("×", (type.GetProperty("Definition", Static)?.GetValue(null) as NetworkDefinition)?.Inputs[0].Shape ?? [])}: leave --size out, or declare them free with [Shape(Batch, …, Any, Any)].");

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
        object[] place = size is var (height, width) ? [device, batch, height, width] : [device, batch];
        Type[] types = [typeof(Device), .. place.Skip(1).Select(static _ => typeof(int))];
        return (Network)Invoke(() => type.GetConstructor([.. types, typeof(bool)]) is { } constructor
            ? constructor.Invoke([.. place, training])
            : Activator.CreateInstance(type, place)!)!;
    }

    /// <summary>Calls a member of the class; what it throws is thrown as it is, but a height and width that do not fit are the user's.</summary>
    static object? Invoke(Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException fault) when (fault.InnerException is ArgumentException misfit)
        {
            throw new UserException(misfit.Message);
        }
        catch (TargetInvocationException fault) when (fault.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }
}
