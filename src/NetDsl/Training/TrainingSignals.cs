using System.Runtime.InteropServices;

namespace NetDsl.Training;

/// <summary>
/// While it lives, Ctrl-C and the TERM signal stop a run at the next boundary between iterations, with a snapshot, and HUP takes a snapshot and
/// lets it go on, as in Caffe. A second Ctrl-C or TERM ends the process at once.
/// </summary>
public sealed class TrainingSignals : IDisposable
{
    readonly Trainer trainer;
    readonly List<PosixSignalRegistration> registrations;
    int stops;

    /// <summary>Begins to listen.</summary>
    public TrainingSignals(Trainer trainer)
    {
        this.trainer = trainer;
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Snapshot),
        ];
    }

    /// <summary>After the first signal to stop: a chance to say so.</summary>
    public event Action<PosixSignal>? Stopping;

    /// <inheritdoc/>
    public void Dispose() => registrations.ForEach(static registration => registration.Dispose());

    void Stop(PosixSignalContext signal)
    {
        // Not cancelled, the second signal has its usual effect: the process ends.
        if (Interlocked.Increment(ref stops) == 1)
        {
            signal.Cancel = true;
            trainer.Stop();
            Stopping?.Invoke(signal.Signal);
        }
    }

    void Snapshot(PosixSignalContext signal)
    {
        signal.Cancel = true;
        trainer.RequestSnapshot();
    }
}
