using System.CommandLine;

namespace NetDsl.App;

/// <summary><c>netdsl inspect</c>: what the compiler made of a network.</summary>
static class InspectCommand
{
    public static Command Create(NetworkCatalog networks, Terminal terminal)
    {
        var network = Arguments.Network();
        var (mode, size) = (Arguments.Mode("predict"), Arguments.Size());
        var layers = new Option<bool>("--layers") { Description = "Name, operator, output shape, parameters and multiply-adds of each layer; what is shown unless another is asked for." };
        var plan = new Option<bool>("--plan") { Description = "Where each value lies in memory, and for how long." };
        var kernels = new Option<bool>("--kernels") { Description = "What each kernel computes, and why it is fused." };
        var graph = new Option<bool>("--graph") { Description = "The compiled graph." };
        var command = new Command("inspect", "Shows what the compiler made of a network.") { network, layers, plan, kernels, graph, mode, size };
        command.Validators.Add(result =>
        {
            if (new[] { layers, plan, kernels, graph }.Count(result.GetValue) > 1)
            {
                result.AddError("inspect shows one of --layers, --plan, --kernels and --graph at a time");
            }
        });
        command.SetAction(result =>
        {
            var entry = networks.Find(result.GetRequiredValue(network)).At(result.GetValue(size));
            var report = new NetworkReport(entry, Arguments.IsTraining(result.GetValue(mode)), terminal.Output);
            if (result.GetValue(graph))
            {
                report.WriteGraph();
            }
            else if (result.GetValue(kernels))
            {
                report.WriteKernels();
            }
            else if (result.GetValue(plan))
            {
                report.WritePlan();
            }
            else
            {
                report.WriteLayers();
            }

            return 0;
        });
        return command;
    }
}
