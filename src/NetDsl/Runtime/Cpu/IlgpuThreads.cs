using ILGPU;
using ILGPU.Frontend;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace NetDsl.Runtime;

/// <summary>
/// The threads of ILGPU's CPU accelerator: one kernel launch that lasts as long as the team, a group of one thread for each worker. A step
/// is handed over inside the launch, so it costs no launch (30 µs and 72 allocated bytes each).
/// </summary>
sealed class IlgpuThreads : ITeamThreads
{
    // A kernel's arguments are plain data: the team is passed by its place in this list.
    static readonly List<CpuTeam?> Teams = [];

    readonly Context context = Context.Create(static builder => { });
    Accelerator? accelerator;
    Thread? launch;

    public void Start(CpuTeam team, int count)
    {
        int place;
        lock (Teams)
        {
            place = Teams.Count;
            Teams.Add(team);
        }

        // More than 32 threads to a multiprocessor make ILGPU start them when they are needed, so that only the one in use exists.
        accelerator = new CPUDevice(64, 1, count).CreateCPUAccelerator(context, CPUAcceleratorMode.Parallel);
        var kernel = accelerator.LoadStreamKernel<int>(Kernel);
        launch = new Thread(() =>
        {
            kernel(new KernelConfig(count, 1), place);
            accelerator.Synchronize();
            lock (Teams)
            {
                Teams[place] = null;
            }
        })
        { IsBackground = true, Name = "NetDsl launch" };
        launch.Start();
    }

    public void Dispose()
    {
        launch?.Join();
        accelerator?.Dispose();
        context.Dispose();
    }

    static void Kernel(int team) => Serve(team, Grid.IdxX);

    // ILGPU's compiler takes an external method as it is, so pointers, vectors and try/catch are allowed behind it.
    [External("netdsl_serve")]
    static void Serve(int place, int group)
    {
        CpuTeam team;
        lock (Teams)
        {
            team = Teams[place]!;
        }

        team.Serve(group + 1);
    }
}
