namespace NetDsl.Generators.Tests.Operators;

/// <summary>Draws networks: some branches, each an operator on a shape and with arguments of its own. Their loss is half the sum of all squares, and a loss of the library.</summary>
static class RandomShapes
{
    /// <summary>The reference runs the whole network for every element that it differentiates by, so a network has few.</summary>
    const int Branches = 7;

    public static string Network(int seed)
    {
        var random = new Random(seed);
        var branches = Signals(random).Concat(Rows(random)).Concat(Maps(random)).OrderBy(_ => random.Next()).Take(Branches).ToList();
        var loss = Losses(random).OrderBy(_ => random.Next()).First();
        var inputs = branches.Select(static (branch, i) => $"[Shape(Batch, {branch.Shape})] Tensor x{i}").Append($"[Shape(Batch, {loss.Shape})] Tensor z");
        var outputs = branches.Select(static (branch, i) => $"x{i} | {OperatorCases.Probe(branch.Shape, $"probe{i}")} | {Layer(branch.Stage)}").Append($"z | {OperatorCases.Probe(loss.Shape)}");
        var results = branches.Select(static (_, i) => $"Tensor y{i}").Append("Tensor s").ToList();
        return $$"""
            [Network]
            public partial class Net
            {
                static ({{string.Join(", ", results)}}) Forward(
                    {{string.Join(",\n        ", inputs)}}) =>
                    ({{string.Join(",\n        ", outputs)}});

                static Tensor Loss({{string.Join(", ", results.Append(loss.Extra))}}) =>
                    {{string.Join("\n        + ", branches.Select(static (_, i) => $"0.5f * BatchSum(SampleSum(y{i} * y{i}))").Append(loss.Loss))}};
            }
            """;
    }

    /// <summary>[N, F].</summary>
    static IEnumerable<(string Shape, string Stage)> Signals(Random random)
    {
        yield return Of(random, 1, (n, _, _) => $"Dense({Whole(random, 1, 19)})");
        yield return Of(random, 1, (n, _, _) => "PReLU(shared: true)");
        yield return Of(random, 1, (n, _, _) => "Softmax");
        yield return Of(random, 1, (n, _, _) => $"(t => Slice(t, {Whole(random, 0, n - 1)}, 1) * Tanh(Slice(t, {n - 1}, 1)))");
        yield return Of(random, 1, (n, _, _) => "BatchNorm(epsilon: 0.3f)");
    }

    /// <summary>[N, T, F].</summary>
    static IEnumerable<(string Shape, string Stage)> Rows(Random random)
    {
        yield return Of(random, 2, (t, f, _) => $"RNN({Whole(random, 1, 18)})");
        yield return Of(random, 2, (t, f, _) => $"LSTM({Whole(random, 1, 18)})");
        yield return Of(random, 2, (t, f, _) => $"GRU({Whole(random, 1, 18)})");
        yield return Of(random, 2, (t, f, _) => $"Dense({Whole(random, 1, 18)}, axis: 2)");
        yield return Of(random, 2, (t, f, _) => "(t => Transpose(Tanh(t)))");
        yield return Of(random, 2, (t, f, _) => $"Softmax(axis: {Whole(random, 1, 2)})");
        yield return Of(random, 2, (t, f, _) => $"Conv1D({Whole(random, 1, 9)}, kernel: {Whole(random, 1, f)}, padding: {Whole(random, 0, 2)})");
        yield return Of(random, 2, (t, f, _) => $"LayerNorm(axis: {Whole(random, 1, 2)}, epsilon: 0.2f)");
        yield return Of(random, 2, (t, f, _) => $"Tile({Whole(random, 1, 2)}, {Whole(random, 1, 3)})");
        yield return Of(random, 2, (t, f, _) => $"(t => Concat([t, Tanh(t)], axis: {Whole(random, 1, 2)}))");
        yield return Of(random, 2, (t, f, _) => $"(t => t * Parameter([{t}, {f}])(t))");
    }

    /// <summary>[N, C, H, W].</summary>
    static IEnumerable<(string Shape, string Stage)> Maps(Random random)
    {
        yield return Of(random, 3, (c, h, w) => $"Conv({Whole(random, 1, 18)}, kernel: ({Whole(random, 1, h)}, {Whole(random, 1, w)}), stride: ({Whole(random, 1, 2)}, {Whole(random, 1, 2)}), padding: ({Whole(random, 0, 1)}, {Whole(random, 0, 1)}))");
        yield return Of(random, 3, (c, h, w) => $"ConvTranspose({Whole(random, 1, 4)}, kernel: {Whole(random, 1, 3)}, stride: {Whole(random, 1, 3)})");
        yield return Of(random, 3, (c, h, w) => "PReLU()");
        yield return Of(random, 3, (c, h, w) => "Softmax");
        yield return Of(random, 3, (c, h, w) => $"LRN({(2 * Whole(random, 0, 3)) + 1}, alpha: 0.8f)");
        yield return Of(random, 3, (c, h, w) => $"LRN({(2 * Whole(random, 0, 2)) + 1}, alpha: 0.8f, region: LrnRegion.WithinChannel)");
        yield return Of(random, 3, (c, h, w) => "BatchNorm(epsilon: 0.3f) >> Scale(bias: true)");
        yield return Of(random, 3, (c, h, w) => $"(t => MVN(acrossChannels: {(Whole(random, 0, 1) == 0 ? "false" : "true")}, epsilon: 0.3f)(t) * t)");
        yield return Of(random, 3, (c, h, w) => $"(t => Normalize(acrossPositions: {(Whole(random, 0, 1) == 0 ? "false" : "true")}, epsilon: 0.2f)(t) * t)");
        yield return Of(random, 3, (c, h, w) => $"GroupNorm({(Whole(random, 0, 1) == 0 ? 1 : c)}, epsilon: 0.3f)");
        yield return Of(random, 3, (c, h, w) => $"Pad({Whole(random, 0, 2)}, {Whole(random, 0, 2)}, {Whole(random, 0, 2)}, {Whole(random, 0, 2)}, value: 0.5f)");
        yield return Of(random, 3, (c, h, w) => $"Interp({Whole(random, 1, 9)}, {Whole(random, 1, 9)})");
        yield return Of(random, 3, (c, h, w) => "Permute(" + string.Join(", ", new[] { 1, 2, 3 }.OrderBy(_ => random.Next())) + ") >> Tanh");
        yield return Of(random, 3, (c, h, w) => $"Tile({Whole(random, 1, 3)}, {Whole(random, 1, 3)})");
        yield return Of(random, 3, (c, h, w) => $"Reduction(ReductionOperation.{(Whole(random, 0, 1) == 0 ? "Mean" : "SquareSum")}, axis: {Whole(random, 1, 3)})");
        yield return Of(random, 3, (c, h, w) => $"(t => Slice(t, {Whole(random, 0, w - 1)}, 1, axis: 3) * Slice(t, {w - 1}, 1, axis: 3))");
        yield return Of(random, 3, (c, h, w) => $"(t => Concat([t, Sigmoid(t)], axis: {Whole(random, 1, 3)}))");
        yield return Of(random, 3, (c, h, w) => $"AdaptiveAvgPool({Whole(random, 1, 5)}, {Whole(random, 1, 5)})");
        yield return Of(random, 3, (c, h, w) => $"AdaptiveMaxPool({Whole(random, 1, 5)}, {Whole(random, 1, 5)})");
        yield return Of(random, 3, (c, h, w) => $"MaxPool({Whole(random, 1, Math.Min(h, w))}, stride: {Whole(random, 1, 3)}, rounding: Rounding.Floor)");
        yield return Of(random, 3, (c, h, w) => $"AvgPool({Whole(random, 1, Math.Min(h, w))}, stride: {Whole(random, 1, 3)}, rounding: Rounding.Floor)");
        yield return Of(random, 3, (c, h, w) => $"Im2Col(({Whole(random, 1, h)}, {Whole(random, 1, w)}), ({Whole(random, 1, 2)}, 1), (0, 0), (1, 1))");
        yield return Of(random, 3, (c, h, w) => $"Dense({Whole(random, 1, 18)}, axis: {Whole(random, 1, 3)})");
        yield return Of(random, 3, (c, h, w) => "(t => t * ELU(0.6f)(t) + Max(t, 0.3f * Tanh(t)) + BNLL(t) + Swish(t) + GELU(t) + AbsVal(t))");
        yield return Of(random, 3, (c, h, w) => "(t => Sum([0.5f, -2], t, Product(t, Sigmoid(t))) + Power(2, scale: 0.5f)(t) + Exp(Tanh(t)))");
        yield return Of(random, 3, (c, h, w) => "(t => Bias(Scale(t, Sigmoid(Reshape(GlobalAvgPool(t), [-1]))), Reshape(GlobalMaxPool(t), [-1])))");
        yield return Of(random, 3, (c, h, w) => $"Reshape({h}, -1) >> Tanh");
        yield return Of(random, 3, (c, h, w) => $"(t => Crop(Conv(1, kernel: ({Whole(random, 1, h)}, {Whole(random, 1, w)}))(t), offset: (0, 0))(t))");
    }

    static IEnumerable<(string Extra, string Loss, string Shape)> Losses(Random random)
    {
        // Labels are drawn from three classes.
        var (c, h, w, f) = (Whole(random, 3, 7), Whole(random, 1, 4), Whole(random, 1, 4), Whole(random, 3, 21));
        yield return ($"[Shape(Batch, {h}, {w})] Labels map", "SoftmaxCrossEntropy(s, map, ignoreLabel: 1)", $"{c}, {h}, {w}");
        yield return ("[Shape(Batch)] Labels label", "Hinge(s, label, HingeNorm.L2)", $"{f}");
        yield return ($"[Shape(Batch, {h}, {f})] Tensor target", "Euclidean(s, target)", $"{h}, {f}");
        yield return ($"[Shape(Batch, {h}, {f})] Tensor chance", "SigmoidCrossEntropy(s, chance)", $"{h}, {f}");
        yield return ($"[Shape(Batch, {f})] Tensor box", "SmoothL1(s, box)", $"{f}");
        yield return ($"[Shape(Batch, {h}, {w})] Labels gain", "Infogain(s, gain)", $"{c}, {h}, {w}");
    }

    static (string Shape, string Stage) Of(Random random, int rank, Func<int, int, int, string> stage)
    {
        int[] sizes = [.. Enumerable.Range(0, rank).Select(axis => Whole(random, 1, axis == 0 && rank == 3 ? 18 : 6))];
        return (string.Join(", ", sizes), stage(sizes[0], rank > 1 ? sizes[1] : 1, rank > 2 ? sizes[2] : 1));
    }

    static string Layer(string stage) => stage.StartsWith('(') ? stage : $"({stage})";

    static int Whole(Random random, int least, int most) => random.Next(least, most + 1);
}
