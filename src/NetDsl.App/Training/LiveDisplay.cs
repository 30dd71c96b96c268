using NetDsl.Training;
using Spectre.Console;

namespace NetDsl.App;

/// <summary>A bar with the loss, the rate and the time left, for a terminal; evaluations scroll above it.</summary>
sealed class LiveDisplay(string network, Recipe recipe, IAnsiConsole console) : TrainingDisplay(recipe)
{
    readonly int iterations = recipe.Iterations;

    public override void WriteLine(string line) => console.WriteLine(line);

    protected override TrainingOutcome Show(Trainer trainer) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RateColumn(Update), new RemainingTimeColumn())
        .Start(progress =>
        {
            var task = progress.AddTask(Markup.Escape(network), maxValue: iterations);
            task.Value = trainer.Iteration;
            trainer.Stepped += step => task.Value = step.Iteration;
            trainer.Displayed += step => task.Description = Markup.Escape(FormattableString.Invariant($"{network}  {step.Iteration}/{step.Iterations}  loss {step.SmoothedLoss:F4}"));
            return trainer.Run();
        });
}
