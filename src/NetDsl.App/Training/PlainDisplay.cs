using NetDsl.Training;

namespace NetDsl.App;

/// <summary>Lines, for a file or a pipe.</summary>
sealed class PlainDisplay(Recipe recipe, TextWriter output) : TrainingDisplay(recipe)
{
    public override void WriteLine(string line) => output.WriteLine(line);

    protected override TrainingOutcome Show(Trainer trainer)
    {
        trainer.Displayed += step => WriteLine(Describe(step));
        return trainer.Run();
    }
}
