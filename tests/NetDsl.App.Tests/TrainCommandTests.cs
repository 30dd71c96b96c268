using NetDsl.Data.Tests;

namespace NetDsl.App.Tests;

public sealed class TrainCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    string Data => folder.File("squares");

    string Out => folder.File("run");

    public TrainCommandTests() => Squares.Write(Data);

    public void Dispose() => folder.Dispose();

    CommandResult Train(params string[] more) => Commands.Run(["train", "Linear", "--data", Data, "--out", Out, "--threads", "1", .. more]);

    [Fact]
    public void It_tells_what_it_does_and_ends_with_the_held_out_accuracy()
    {
        var lines = Train("--seed", "7").Succeeds();
        Assert.StartsWith("device   CPU, 1 thread", lines[0], StringComparison.Ordinal);
        Assert.Equal("seed     7", lines[1]);
        Assert.Equal($"data     squares, 60 images to train on, 15 held out ({Data})", lines[2]);
        Assert.Equal($"out      {Out}", lines[3]);
        Assert.Matches(@"^iteration 50 of 200  loss \d\.\d{5}  learning rate 0\.01  images/s \d+$", lines[4]);
        Assert.Contains(lines, line => line.StartsWith("iteration 100  held out  accuracy ", StringComparison.Ordinal));
        Assert.Contains($"snapshot {Path.Combine(Out, "snapshot-00000200.safetensors")}", lines);
        Assert.Matches(@"^accuracy 1\.0000  loss 0\.\d{5}  images 15$", lines[^1]);
    }

    [Fact]
    public void It_leaves_a_log_and_a_plot_beside_the_snapshot()
    {
        Train("--iterations", "50").Succeeds();
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(Out, "training.png"))[..4]);
        var log = File.ReadAllLines(Path.Combine(Out, "training.csv"));
        Assert.Equal("iteration,name,value", log[0]);
        Assert.StartsWith("50,training loss,", log[1], StringComparison.Ordinal);
        Assert.StartsWith("50,held-out accuracy,", log[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Epochs_are_passes_over_the_training_data() =>
        Assert.Contains($"snapshot {Path.Combine(Out, "snapshot-00000023.safetensors")}", Train("--epochs", "3", "--batch", "8").Succeeds());

    [Fact]
    public void A_resumed_run_ends_with_the_bits_of_one_that_was_never_interrupted()
    {
        Train().Succeeds();
        var other = folder.File("other");
        Commands.Run("train", "Linear", "--data", Data, "--out", other, "--iterations", "130").Succeeds();
        var lines = Commands.Run("train", "linear", "--data", Data, "--resume", other).Succeeds();
        Assert.Equal($"out      {other}", lines[3]);
        const string Last = "snapshot-00000200.safetensors";
        Assert.Equal(File.ReadAllBytes(Path.Combine(Out, Last)), File.ReadAllBytes(Path.Combine(other, Last)));
        Assert.Contains(File.ReadAllLines(Path.Combine(other, "training.csv")), row => row.StartsWith("50,training loss", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_of_another_run_are_the_start()
    {
        Train().Succeeds();
        var weights = Path.Combine(Out, "best.safetensors");
        var lines = Commands.Run("train", "Linear", "--data", Data, "--out", folder.File("tuned"), "--iterations", "1", "--weights", weights).Succeeds();
        Assert.Contains($"weights  {weights}", lines);
        Assert.StartsWith("accuracy 1.0000", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_weights_of_a_runs_folder_are_those_of_its_latest_snapshot()
    {
        Train().Succeeds();
        var lines = Commands.Run("train", "Linear", "--data", Data, "--out", folder.File("tuned"), "--iterations", "1", "--weights", Out).Succeeds();
        Assert.Contains($"weights  {Path.Combine(Out, "snapshot-00000200.safetensors")}", lines);
    }

    [Fact]
    public void A_run_that_has_all_its_iterations_says_so_and_is_left_as_it_is()
    {
        var last = Train("--iterations", "3").Succeeds()[^1];
        var snapshot = File.ReadAllBytes(Path.Combine(Out, "snapshot-00000003.safetensors"));
        var lines = Commands.Run("train", "Linear", "--data", Data, "--resume", Out, "--iterations", "2").Succeeds();
        Assert.Contains("note     the run has its 2 iterations already: give it more with --iterations", lines);
        Assert.Equal(last, lines[^1]);
        Assert.Equal(snapshot, File.ReadAllBytes(Path.Combine(Out, "snapshot-00000003.safetensors")));
    }

    [Fact]
    public void A_file_in_place_of_a_data_sets_folder_is_named()
    {
        var file = Path.Combine(Data, "train-labels-idx1-ubyte");
        Commands.Run("train", "Linear", "--data", file).Fails(
            1, $"'{file}' is a file; a data set of images is a folder with IDX files or CIFAR-10's binary files, or one of embedded, fashion-mnist, mnist, cifar10.");
    }

    [Fact]
    public void Each_run_has_a_folder_of_its_own_unless_told_otherwise()
    {
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.Path);
        try
        {
            string[] run = ["train", "Linear", "--data", Data, "--iterations", "1"];
            Assert.Contains($"out      {Path.Combine("runs", "Linear")}", Commands.Run(run).Succeeds());
            Assert.Contains($"out      {Path.Combine("runs", "Linear-2")}", Commands.Run(run).Succeeds());
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    [Fact]
    public void A_folder_with_a_run_is_refused()
    {
        Train("--iterations", "1").Succeeds();
        Train("--iterations", "2").Fails(1, $"{Out}: it holds another run already (snapshot-00000001.safetensors): resume that one, or use another folder.");
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_refused()
    {
        File.WriteAllText(Out, "");
        Train().Fails(1, $"{Out}: the folder cannot be made: The file '{Out}' already exists.");
    }

    [Fact]
    public void A_resumed_folder_without_a_snapshot_is_refused() =>
        Commands.Run("train", "Linear", "--resume", folder.Path).Fails(1, $"{folder.Path}: it holds no snapshot.");

    [Fact]
    public void A_folder_to_resume_that_is_not_there_is_refused() =>
        Commands.Run("train", "Linear", "--resume", folder.File("nowhere")).Fails(1, $"{folder.File("nowhere")}: there is no such folder.");

    [Fact]
    public void A_run_of_another_network_is_not_resumed()
    {
        Train("--iterations", "1").Succeeds();
        var snapshot = Path.Combine(Out, "snapshot-00000001.safetensors");
        Commands.Run("train", "Renamed", "--data", Data, "--resume", Out).Fails(1, $"{snapshot}: the weights do not fit Renamed: the file lacks dense7.weight, dense7.bias; Renamed has no dense1.weight, dense1.bias.");
    }

    [Fact]
    public void A_run_is_not_resumed_on_other_data()
    {
        Train("--iterations", "1").Succeeds();
        var other = folder.File("circles");
        Squares.Write(other);
        Commands.Run("train", "Linear", "--data", other, "--resume", Out).Fails(
            1, $"{Path.Combine(Out, "snapshot-00000001.safetensors")}: the run cannot be resumed with another data: it was 'squares (train)' and is now 'circles (train)'. Set it back, or start a new run from the weights alone.");
    }

    [Fact]
    public void Missing_weights_are_named() =>
        Train("--weights", folder.File("none.safetensors")).Fails(1, $"{folder.File("none.safetensors")}: there is no such file.");

    [Fact]
    public void A_label_beyond_the_networks_classes_is_named()
    {
        var labels = new byte[60];
        labels[17] = 3;
        File.WriteAllBytes(Path.Combine(Data, "train-labels-idx1-ubyte"), IdxBytes.Create([60], labels));
        Train().Fails(1, "Sample 17 of the train split has label 3, but there are 3 classes (0 to 2).");
    }

    [Fact]
    public void Images_that_do_not_fit_are_refused() =>
        Commands.Run("train", "Linear", "--out", Out).Fails(
            1, "Images of embedded are 1×28×28 and do not fit input 'image' of Linear, 1×2×2: an image is never cut, shrunk or made grey.");

    [Fact]
    public void Damaged_data_is_named_with_file_and_offset()
    {
        var images = Path.Combine(Data, "train-images-idx3-ubyte");
        File.WriteAllBytes(images, File.ReadAllBytes(images)[..100]);
        Train().Fails(1, $"{images}: at byte 16 the file announces 60×2×2 bytes, more than the file can hold.");
    }

    [Fact]
    public void A_network_without_a_loss_is_not_trained() =>
        Commands.Run("train", "Untrained").Fails(1, "Untrained has no Loss, so it cannot be trained.");

    [Fact]
    public void A_run_that_diverges_ends_with_the_layer_and_saves_nothing_of_it()
    {
        var result = Commands.Run("train", "Diverging", "--data", Data, "--out", Out);
        Assert.Equal(1, result.ExitCode);
        Assert.Matches("^.*Diverging.*$", Assert.Single(result.Error));
        Assert.Empty(Directory.GetFiles(Out, "*.safetensors"));
    }

    [Fact]
    public void A_batch_that_does_not_fit_into_memory_is_refused_before_it_is_taken()
    {
        var result = Train("--batch", "2000000000");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"^Linear with a batch of 2000000000 needs \S+ \S+ to train, and .+ is available: a batch of \d+ fits\. Its largest buffers are .+\.$", Assert.Single(result.Error));
    }

    [Theory]
    [InlineData("--batch takes a whole number of 1 or more, not '-3'.", "--batch", "-3")]
    [InlineData("--batch takes a whole number of 1 or more, not 'many'.", "--batch", "many")]
    [InlineData("--seed takes a whole number of 0 or more, not '-1'.", "--seed", "-1")]
    [InlineData("--iterations and --epochs exclude each other.", "--iterations", "3", "--epochs", "3")]
    [InlineData("--resume and --seed exclude each other.", "--resume", "x", "--seed", "3")]
    [InlineData("--resume and --weights exclude each other.", "--resume", "x", "--weights", "y")]
    [InlineData("--out takes DIR, not an empty name.", "--out", "")]
    [InlineData("--data takes NAME|FOLDER|FILE, not an empty name.", "--data", " ")]
    [InlineData("--resume takes DIR, not an empty name.", "--resume", "")]
    [InlineData("--weights takes FILE, not an empty name.", "--weights", "")]
    [InlineData("--threads takes a whole number from 1 to 1024, not '1025'.", "--threads", "1025")]
    [InlineData("There is no option '--speed'. Did you mean --seed?", "--speed")]
    [InlineData("Argument 'tpu' not recognized. Must be one of: 'cpu' 'cuda'.", "--device", "tpu")]
    public void Wrong_usage_is_one_line_and_exit_code_2(string message, params string[] args) =>
        Commands.Run(["train", "Linear", .. args]).Fails(2, $"{message} Try 'netdsl train --help'.");
}
