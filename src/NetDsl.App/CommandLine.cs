using System.CommandLine;
using NetDsl.Runtime;

namespace NetDsl.App;

/// <summary>The commands, and what becomes of a mistake: one line on the error stream and an exit code, never a stack trace.</summary>
/// <param name="name">What the program is called, in its help.</param>
/// <param name="networks">What it can run.</param>
/// <param name="terminal">Where it writes.</param>
sealed class CommandLine(string name, NetworkCatalog networks, Terminal terminal)
{
    const int Mistake = 1;
    const int WrongUsage = 2;

    /// <summary>Set to see where an error comes from.</summary>
    const string TraceVariable = "NETDSL_TRACE";

    public int Run(string[] args)
    {
        var result = CreateRoot().Parse(args);
        if (result.Errors.Count > 0)
        {
            return Fail(UsageError.Describe(result, name), WrongUsage);
        }

        try
        {
            return result.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                // Ctrl-C belongs to the training loop, which saves first.
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception fault)
        {
            if (Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 })
            {
                terminal.Error.WriteLine(fault);
            }

            return Fail(Describe(fault), Mistake);
        }
    }

    RootCommand CreateRoot()
    {
        var root = new RootCommand("Trains, tests, times and inspects the networks of this program.") { HelpName = name };
        root.Add(TrainCommand.Create(networks, terminal));
        root.Add(TestCommand.Create(networks, terminal));
        root.Add(TimeCommand.Create(networks, terminal));
        root.Add(InspectCommand.Create(networks, terminal));
        root.Add(DevicesCommand.Create(terminal));
        return root;
    }

    int Fail(string message, int exitCode)
    {
        try
        {
            terminal.Error.WriteLine(message.ReplaceLineEndings(" "));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Whoever closed the error stream still gets the exit code.
        }

        return exitCode;
    }

    static string Describe(Exception fault) => fault switch
    {
        UserException or InvalidDataException or IOException or UnauthorizedAccessException or DeviceNotFoundException
            or NotEnoughMemoryException or NonFiniteException or KernelException or NotSupportedException => fault.Message,
        OutOfMemoryException => "The system gives this process no more memory, though the machine has it: take a smaller --batch, or raise the process's limit (ulimit -v).",
        _ => $"Unexpected {fault.GetType().Name}: {fault.Message} (set {TraceVariable}=1 to see where it comes from)",
    };
}
