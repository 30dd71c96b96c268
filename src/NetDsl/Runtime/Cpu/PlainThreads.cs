namespace NetDsl.Runtime;

/// <summary>Threads of our own, where ILGPU cannot run: in a natively compiled program it has no code to generate.</summary>
sealed class PlainThreads : ITeamThreads
{
    Thread[] threads = [];

    public void Start(CpuTeam team, int count)
    {
        threads = [.. Enumerable.Range(1, count).Select(index => new Thread(() => team.Serve(index)) { IsBackground = true, Name = $"NetDsl worker {index}" })];
        Array.ForEach(threads, static thread => thread.Start());
    }

    public void Dispose() => Array.ForEach(threads, static thread => thread.Join());
}
