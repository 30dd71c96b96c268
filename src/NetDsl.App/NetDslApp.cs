using System.Reflection;
using System.Runtime.CompilerServices;

namespace NetDsl.App;

/// <summary>
/// The command line <c>netdsl</c> for a program's own networks: <c>return NetDslApp.Run(args);</c> in its main file gives it the commands
/// train, test, time, inspect and devices.
/// </summary>
public static class NetDslApp
{
    /// <summary>Runs a command on the networks of the calling assembly.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <returns>The exit code: 0 on success, 1 on a user's mistake, 2 on wrong usage.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Run(string[] args) => Run(args, Assembly.GetCallingAssembly());

    /// <summary>Runs a command on the networks of <paramref name="assemblies"/>.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="assemblies">Where the network classes are.</param>
    /// <returns>The exit code: 0 on success, 1 on a user's mistake, 2 on wrong usage.</returns>
    public static int Run(string[] args, params Assembly[] assemblies) =>
        new CommandLine(ProgramName, NetworkCatalog.Of(assemblies), Terminal.Open()).Run(args);

    static string ProgramName => Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyTitleAttribute>()?.Title ?? "netdsl";
}
