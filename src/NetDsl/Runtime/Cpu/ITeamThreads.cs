namespace NetDsl.Runtime;

/// <summary>Where the threads of a team come from.</summary>
interface ITeamThreads : IDisposable
{
    /// <summary>Starts <paramref name="count"/> threads, which call <see cref="CpuTeam.Serve"/> with 1 … <paramref name="count"/>. Disposing waits for them.</summary>
    void Start(CpuTeam team, int count);
}
