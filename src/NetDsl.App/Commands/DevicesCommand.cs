using System.CommandLine;
using NetDsl.Runtime;

namespace NetDsl.App;

/// <summary><c>netdsl devices</c>: where networks can run on this machine.</summary>
static class DevicesCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("devices", "Lists the devices on which networks can run, and which one is taken.");
        command.SetAction(_ =>
        {
            terminal.Output.WriteLine($"cpu   {Name(() => Device.Cpu())}");
            terminal.Output.WriteLine($"cuda  {Name(() => Device.Cuda())}");
            using var chosen = Device.Default;
            terminal.Output.WriteLine($"taken unless --device says otherwise: {chosen}");
            return 0;
        });
        return command;
    }

    static string Name(Func<Device> open)
    {
        try
        {
            using var device = open();
            return device.Name;
        }
        catch (DeviceNotFoundException missing)
        {
            return missing.Message;
        }
    }
}
