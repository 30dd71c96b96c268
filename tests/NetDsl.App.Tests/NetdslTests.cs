using NetDsl.Data.Tests;

namespace NetDsl.App.Tests;

/// <summary>The installed command with the zoo's networks.</summary>
public sealed class NetdslTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void LeNet_trains_on_the_embedded_images_and_is_tested()
    {
        var lines = NetdslProcess.Run(folder.Path, "train", "lenet", "--iterations", "30").Succeeds();
        Assert.Equal("data     embedded, 8000 images to train on, 1000 held out (a part of Fashion-MNIST; for all 70,000 images: apt-get install dataset-fashion-mnist, then --data fashion-mnist)", lines[2]);
        Assert.Matches(@"^accuracy 0\.\d{4}  loss \d\.\d{5}  images 1000$", lines[^1]);
        var tested = NetdslProcess.Run(folder.Path, "test", "LeNet", "--weights", "runs/LeNet/snapshot-00000030.safetensors").Succeeds();
        Assert.Equal(lines[^1], tested[^1]);
    }

    /// <summary>A text of few words: the loss begins at ln 65, where no letter is favoured, and falls below what letters alone would give.</summary>
    [Fact]
    public void CharLstm_trains_on_a_text_file()
    {
        var text = folder.File("rhyme.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("ring a ring o' roses, a pocket full of posies\n", 40)));
        var lines = NetdslProcess.Run(folder.Path, "train", "CharLstm", "--data", text, "--batch", "16", "--iterations", "15").Succeeds();
        Assert.Equal($"data     rhyme.txt, 1656 characters to train on, 184 held out, 19 different, in sequences of 50 ({text})", lines[2]);
        var loss = double.Parse(System.Text.RegularExpressions.Regex.Match(lines[^1], @"loss (\d\.\d{5})").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(loss, 0, Math.Log(65) - 1);
    }

    [Fact]
    public void A_network_that_reads_text_asks_for_a_file()
    {
        NetdslProcess.Run(folder.Path, "train", "CharLstm").Fails(1, "CharLstm reads text, and none comes with NetDsl: give it a file with --data FILE.");
        NetdslProcess.Run(folder.Path, "train", "CharLstm", "--data", "missing.txt").Fails(1, "There is no file 'missing.txt'; CharLstm reads text.");
        NetdslProcess.Run(folder.Path, "train", "CharLstm", "--data", ".").Fails(1, "'.' is a folder; CharLstm reads text: give it a file with --data FILE.");
    }

    [Fact]
    public void LeNets_layers_are_those_of_Caffe() =>
        Assert.Equal("total 431,080 parameters  2,293,000 MACs", NetdslProcess.Run(folder.Path, "inspect", "LeNet", "--layers").Succeeds()[^1]);

    /// <summary>What the published network counts for 500×500 (fcn.berkeleyvision.org), and another size.</summary>
    [Fact]
    public void A_fully_convolutional_network_has_the_size_that_is_asked_for()
    {
        Assert.Equal("total 136,152,917 parameters  181,365,854,976 MACs", NetdslProcess.Run(folder.Path, "inspect", "Fcn32s").Succeeds()[^1]);
        var lines = NetdslProcess.Run(folder.Path, "inspect", "Fcn32s", "--size", "333x480", "--plan").Succeeds();
        Assert.Contains(lines, static line => line.StartsWith("image ", StringComparison.Ordinal) && line.Contains("[N, 3, 333, 480]", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("output ", StringComparison.Ordinal) && line.Contains("[N, 21, 333, 480]", StringComparison.Ordinal));
    }

    [Fact]
    public void An_interrupted_run_saves_tells_how_to_go_on_and_goes_on()
    {
        using (var netdsl = NetdslProcess.Start(folder.Path, "train", "LeNet", "--batch", "16", "--iterations", "1000000"))
        {
            netdsl.ReadUntil("iteration 100 ");
            netdsl.Interrupt();
            var lines = netdsl.Finish().Succeeds();
            Assert.Contains("stopping after this iteration; once more to end at once", lines);
            Assert.Matches(@"^stopped at iteration \d+ of 1000000; go on with: train LeNet --resume runs/LeNet$", lines[^1]);
        }

        using var resumed = NetdslProcess.Start(folder.Path, "train", "LeNet", "--resume", "runs/LeNet", "--iterations", "1000000");
        resumed.ReadUntil("iteration 200 ");
    }

    [Fact]
    public void Two_runs_do_not_share_a_folder()
    {
        using var first = NetdslProcess.Start(folder.Path, "train", "LeNet", "--batch", "16", "--iterations", "1000000", "--out", "shared");
        first.ReadUntil("iteration 100 ");
        var second = NetdslProcess.Run(folder.Path, "train", "LeNet", "--iterations", "1", "--out", "shared");
        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith("shared: another run is using this folder", Assert.Single(second.Error), StringComparison.Ordinal);
    }

    /// <summary>A reader that has seen enough, such as <c>head</c>, is no reason to lose a run.</summary>
    [Fact]
    public void A_run_goes_on_when_nobody_reads_its_lines()
    {
        using (var train = NetdslProcess.Shell(folder.Path, "netdsl | head -n 1", "train", "LeNet", "--iterations", "5", "--out", "run"))
        {
            Assert.Single(train.Finish().Succeeds());
        }

        Assert.True(File.Exists(folder.File("run/snapshot-00000005.safetensors")));
    }

    [Theory]
    [InlineData("netdsl 2>&-", "LeNt")]
    [InlineData("netdsl >&-", "LeNt")]
    [InlineData("netdsl >&-", "LeNet")]
    [InlineData("netdsl >/dev/full", "LeNet")]
    public void A_closed_stream_or_a_full_disk_behind_it_is_no_crash(string line, string network)
    {
        using var inspect = NetdslProcess.Shell(folder.Path, line, "inspect", network);
        var result = inspect.Finish();
        Assert.Equal(1, result.ExitCode);
        Assert.True(result.Error.Length <= 1, string.Join('\n', result.Error));
    }

    /// <summary>The plan is compared with what the machine and a container leave; a limit of the process shows only when memory is taken.</summary>
    [Fact]
    public void A_limit_of_the_process_is_named()
    {
        using var time = NetdslProcess.Shell(folder.Path, "ulimit -v 6000000; netdsl", "time", "LeNet", "--batch", "30000", "--seconds", "0.1");
        var result = time.Finish();
        Assert.Equal(1, result.ExitCode);
        Assert.Matches("^(The system gives this process no more memory, .*take a smaller --batch|LeNet with a batch of 30000 needs .* to train)", Assert.Single(result.Error));
    }

    [Fact]
    public void A_mistake_ends_with_1_and_wrong_usage_with_2()
    {
        var zoo = typeof(Networks.LeNet).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Runtime.Network))).Select(static t => t.Name);
        NetdslProcess.Run(folder.Path, "train", "LeNt").Fails(
            1, $"There is no network 'LeNt'. Did you mean LeNet? Networks are {string.Join(", ", zoo.Order(StringComparer.OrdinalIgnoreCase))}.");
        NetdslProcess.Run(folder.Path, "train", "LeNet", "--batch", "0").Fails(2, "--batch takes a whole number of 1 or more, not '0'. Try 'netdsl train --help'.");
    }
}
