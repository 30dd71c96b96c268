namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// One tensor where the network predicts, another where it trains: what the other program does not need is not compiled into it. Evaluation is prediction.
    /// </summary>
    /// <param name="x">What a prediction takes.</param>
    /// <param name="training">What a training step takes; of the same shape.</param>
    [Elementwise(nameof(Scalar.InTraining), In = typeof(Scalar), TrainingOnly = true)]
    public static Tensor InTraining(Tensor x, Tensor training) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(InTrainingDerivative), By = "training")]
    public static float InTraining(float x, float training) => training;

    public static float InTrainingDerivative() => 1;
}
