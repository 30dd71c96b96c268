// compare: against other libraries, in turn. scaling: cost against batch, depth, size and threads. threads: what threads bring. cuda: every network against the CPU.
// Anything else goes to BenchmarkDotNet.
using System.CommandLine;
using BenchmarkDotNet.Running;
using NetDsl.App;
using NetDsl.Benchmarks;
using NetDsl.Benchmarks.Compare;
using NetDsl.Benchmarks.Cuda;
using NetDsl.Benchmarks.Scaling;
using NetDsl.Networks;

switch (args.FirstOrDefault())
{
    case CompareCommand.Own:
        return NetDslApp.Run(args[1..], typeof(LeNet).Assembly);
    case "compare" or "scaling" or "threads" or "cuda":
        return new RootCommand("Measures NetDsl.") { CompareCommand.Create(), ScalingCommand.Create(), ThreadsCommand.Create(), CudaCommand.Create() }.Parse(args).Invoke();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSettings).Assembly).Run(args, BenchmarkSettings.Create());
        return 0;
}
