using System.Globalization;

namespace NetDsl.Benchmarks.Compare;

/// <summary>Measures networks and writes the table.</summary>
sealed class Comparison(string peer, int rounds, double seconds, int threads, bool trainOnly)
{
    const string Arguments = " {library} {network} {mode} {batch} {layout} {seconds} {threads}";

    public void Write(IReadOnlyList<ComparedNetwork> rows, TextWriter output)
    {
        output.WriteLine("| network | train vs TorchSharp | its memory | predict b1 vs ONNX Runtime | predict b16 vs ONNX Runtime |");
        output.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var row in rows)
        {
            var train = Measure(row, "torch", "train", row.Batch);
            var (one, sixteen) = (Predict(row, 1), Predict(row, 16));
            output.WriteLine($"| {row.Network} b{row.Batch} | {train.Speed} | {train.Memory} | {one} | {sixteen} |");
        }

        output.WriteLine();
        output.WriteLine($"Ratio of the medians of {rounds} rounds in turn, peer to NetDsl (NetDsl : peer); {threads} threads; more than 1× is ahead.");
    }

    string Predict(ComparedNetwork row, int batch) =>
        !trainOnly && row.Predictions.Contains(batch) ? Measure(row, "onnx", "predict", batch).Speed : "–";

    Duel Measure(ComparedNetwork row, string library, string mode, int batch)
    {
        Console.Error.WriteLine($"{row.Network} {mode} b{batch} …");
        return Duel.Run(
            rounds,
            () => MeasuredProcess.Run(Ours(row.Network, mode, batch)),
            () => MeasuredProcess.Run(Theirs(row, library, mode, batch), library == "torch" ? MeasuredProcess.TorchTuning : null));
    }

    string[] Ours(string network, string mode, int batch) =>
    [
        Environment.ProcessPath!, .. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(CompareCommand).Assembly.Location] : (string[])[],
        CompareCommand.Own, "time", network, "--batch", $"{batch}", "--mode", mode, "--seconds", Text(seconds), "--device", "cpu", "--threads", $"{threads}",
    ];

    string[] Theirs(ComparedNetwork row, string library, string mode, int batch) =>
        [.. (peer.Contains('{', StringComparison.Ordinal) ? peer : peer + Arguments)
            .Replace("{library}", library, StringComparison.Ordinal)
            .Replace("{network}", row.Network, StringComparison.Ordinal)
            .Replace("{mode}", mode, StringComparison.Ordinal)
            .Replace("{batch}", $"{batch}", StringComparison.Ordinal)
            .Replace("{layout}", row.Layout, StringComparison.Ordinal)
            .Replace("{seconds}", Text(seconds), StringComparison.Ordinal)
            .Replace("{threads}", $"{threads}", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
