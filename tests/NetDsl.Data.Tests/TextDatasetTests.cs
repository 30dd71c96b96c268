using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data.Tests;

/// <summary>Texts as sequences of numbers.</summary>
public sealed class TextDatasetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Characters_are_numbered_by_code_point_and_the_next_ones_follow_one_place_on()
    {
        var data = TextDataset.Read(Write("abcabcabcabdabcabcaé"));
        var network = Reader(classes: 5, length: 3);
        Assert.Equal(["a", "b", "c", "d", "é"], data.VocabularyFor(network).Tokens);
        Assert.Equal("18 characters to train on, 2 held out, 5 different, in sequences of 3", data.Describe(network));

        var batch = Read(data.CreateTestSource(Reader(classes: 5, length: 1), PixelScaling.Unit), 1);
        Assert.Equal([0], batch.Labels(0).ToArray());
        Assert.Equal([4], batch.Labels(2).ToArray());
    }

    [Fact]
    public void Each_pass_covers_the_text_once_from_another_place_in_another_order()
    {
        var text = new string([.. Enumerable.Range(0, 1000).Select(static i => (char)(0x4E00 + i))]);
        var network = Reader(classes: 1000, length: 10);
        var source = TextDataset.Read(Write(text)).CreateTrainingSource(network, PixelScaling.Unit, seed: 3);
        Assert.Equal(88, source.Count);
        var passes = Enumerable.Range(0, 3).Select(_ => Read(source, source.Count)).Select(static batch => batch.Labels(0).ToArray().Chunk(10).Select(static piece => string.Join(' ', piece)).ToArray()).ToArray();
        Assert.All(passes, pass => Assert.Equal(88, pass.Distinct().Count()));
        Assert.NotEqual(passes[0].Order(), passes[1].Order());
        Assert.NotEqual(passes[0], passes[0].Order());

        source.Position = 88;
        Assert.Equal(passes[1], Read(source, 88).Labels(0).ToArray().Chunk(10).Select(static piece => string.Join(' ', piece)));
        Assert.All(Read(source, 88).Labels(0).ToArray().Zip(Read(Again(88 * 2), 88).Labels(2).ToArray()).Chunk(10), static piece => Assert.Equal(piece[1..].Select(static p => p.First), piece[..^1].Select(static p => p.Second)));

        IBatchSource Again(long position)
        {
            source.Position = position;
            return source;
        }
    }

    [Fact]
    public void Words_are_numbered_by_frequency_and_a_line_ends_a_sentence()
    {
        var data = TextDataset.Read(Write(string.Concat(Enumerable.Repeat("The cat sat, the CAT ran!\n\n   \nthe dog\n", 20))), TextUnit.Words);
        var network = Reader(classes: 6, length: 4);
        Assert.Equal(["\n", "", "the", "cat", "!", ","], data.VocabularyFor(network).Tokens);

        // Held out: the last of the repetitions, 12 words each.
        var source = data.CreateTestSource(network, PixelScaling.Unit);
        var batch = Read(source, 3);
        Assert.Equal([2, 3, 1, 5, 2, 3, 1, 4, 0, 2, 1, 0], batch.Labels(0).ToArray());
        Assert.Equal([3, 1, 5, 2, 3, 1, 4, 0, 2, 1, 0, 2], batch.Labels(2).ToArray());
        Assert.Equal([0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1], batch.Values(1).ToArray());
    }

    [Fact]
    public void What_cannot_be_read_is_said_in_one_sentence()
    {
        var broken = folder.File("broken.txt");
        File.WriteAllBytes(broken, [(byte)'a', 0xC3, 0x28]);
        Fails(() => TextDataset.Read(broken), $"{broken} is no text in UTF-8: the byte at 1 belongs to no character.");
        Fails(
            () => TextDataset.Read(Write("abcdefgh")).CreateTestSource(Reader(classes: 5, length: 2), PixelScaling.Unit),
            "text.txt has 8 different characters, but input 'text' of Reader takes 5: give it a text with fewer, or the network more classes.");
        Fails(
            () => TextDataset.Read(Write("abcabcabcabcabc")).CreateTestSource(Reader(classes: 5, length: 4), PixelScaling.Unit),
            "text.txt has 1 characters for 'test', but sequences of Reader need at least 5: give it a longer text.");
        Fails(
            () => TextDataset.Read(Write("abc")).VocabularyFor(Networks.Classifier(1, 28, 28)),
            "Classifier predicts from no labels, so it reads no text.");
        Fails(
            () => TextDataset.Read(Write(new string('a', 100))).CreateTestSource(
                Networks.Create("Captions", [new("image", [3, 8, 8], IsLabels: false), new("text", [4], IsLabels: true, Classes: 5) { EvaluationOnly = false }], [5]), PixelScaling.Unit),
            "Input 'image' of Captions takes [3, 8, 8] a sample; text.txt has sequences of [4].");
        Assert.Throws<InvalidDataException>(() => TextDataset.Read(folder.File("missing.txt")));
    }

    [DataFact("text")]
    public void Tinyshakespeare_has_65_characters()
    {
        var data = TextDataset.Read(Path.Combine(RealData.Folder("text"), "tinyshakespeare.txt"));
        var network = Reader(classes: 65, length: 50);
        Assert.Equal((1_115_394, 65), (data.Length, data.VocabularyFor(network).Count));
        Assert.Equal("1003855 characters to train on, 111539 held out, 65 different, in sequences of 50", data.Describe(network));
        Assert.Equal((20_076, 2_230), (data.CreateTrainingSource(network, PixelScaling.Unit, seed: 1).Count, data.CreateTestSource(network, PixelScaling.Unit).Count));
    }

    string Write(string text)
    {
        var path = folder.File("text.txt");
        File.WriteAllText(path, text);
        return path;
    }

    static SampleBatch Read(IBatchSource source, int count)
    {
        var batch = new SampleBatch(source.Fields, count);
        source.Read(batch);
        return batch;
    }

    static NetworkDefinition Reader(int classes, int length) => Networks.Create(
        "Reader",
        [
            new("text", [length], IsLabels: true, Classes: classes) { EvaluationOnly = false },
            new("continuation", [length], IsLabels: false),
            new("next", [length], IsLabels: true, Classes: classes),
        ],
        [classes, length]);

    static void Fails(Action act, string message) => Assert.Equal(message, Assert.Throws<InvalidDataException>(act).Message);
}
