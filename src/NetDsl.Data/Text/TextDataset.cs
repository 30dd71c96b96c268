using System.Text;
using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>
/// A text file as sequences of numbers, for networks that guess the next character or word. The last tenth is held out. A network's label input that a prediction reads takes the text, its other
/// label inputs the same places one further on; a number input of the same length is the continuation: 0 where a sequence begins, else 1.
/// </summary>
public sealed class TextDataset : ITrainingData
{
    readonly string[] tokens;
    readonly TextUnit unit;

    TextDataset(string path, string[] tokens, TextUnit unit) => (Name, Origin, this.tokens, this.unit) = (Path.GetFileName(path), path, tokens, unit);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Origin { get; }

    /// <summary>Characters or words, both halves together.</summary>
    public int Length => tokens.Length;

    int TrainLength => tokens.Length - tokens.Length / 10;

    string Unit => unit == TextUnit.Words ? "words" : "characters";

    /// <summary>Reads a text.</summary>
    /// <param name="path">A file in UTF-8.</param>
    /// <param name="unit">What it is read as.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or is no text; the message says where it ceases to be one.</exception>
    public static TextDataset Read(string path, TextUnit unit = TextUnit.Characters)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF').ReplaceLineEndings("\n");
            return new(path, [.. TextTokens.Of(text, unit)], unit);
        }
        catch (DecoderFallbackException fault)
        {
            throw new InvalidDataException($"{path} is no text in UTF-8: the byte at {fault.Index} belongs to no character.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Whether a network reads sequences of numbers: it predicts from labels.</summary>
    public static bool IsReadBy(NetworkDefinition network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Inputs.Any(static input => input is { IsLabels: true, EvaluationOnly: false });
    }

    /// <summary>The numbers that <paramref name="network"/> sees.</summary>
    /// <exception cref="InvalidDataException">There are more different characters than it takes.</exception>
    public Vocabulary VocabularyFor(NetworkDefinition network)
    {
        var input = TextFields.Text(network);
        if (unit == TextUnit.Words)
        {
            return Vocabulary.OfWords(tokens.Take(TrainLength), input.Classes);
        }

        var vocabulary = Vocabulary.OfCharacters(tokens);
        return input.Classes == 0 || vocabulary.Count <= input.Classes ? vocabulary : throw new InvalidDataException(
            $"{Name} has {vocabulary.Count} different characters, but input '{input.Name}' of {network.Name} takes {input.Classes}: give it a text with fewer, or the network more classes.");
    }

    /// <inheritdoc/>
    public string Describe(NetworkDefinition network)
    {
        var (length, steps) = (VocabularyFor(network).Count, TextFields.Text(network).Count);
        return $"{TrainLength} {Unit} to train on, {tokens.Length - TrainLength} held out, {length} different, in sequences of {steps}";
    }

    /// <inheritdoc/>
    public string? DescribeFit(NetworkDefinition network) => null;

    /// <inheritdoc/>
    public IBatchSource CreateTrainingSource(NetworkDefinition network, PixelScaling scaling, ulong seed, bool mirror = false) => Source(network, "train", 0, TrainLength, seed);

    /// <inheritdoc/>
    public IBatchSource CreateTestSource(NetworkDefinition network, PixelScaling scaling) => Source(network, "test", TrainLength, tokens.Length, null);

    TextSource Source(NetworkDefinition network, string split, int begin, int end, ulong? seed)
    {
        var vocabulary = VocabularyFor(network);
        var numbers = new int[end - begin];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = vocabulary[tokens[begin + i]];
        }

        var fields = TextFields.Of(network, Name);
        var least = TextFields.Text(network).Count * (seed is null ? 1 : 2) + 1;
        return numbers.Length >= least
            ? new TextSource($"{Name} ({split})", numbers, network.Inputs, fields, unit == TextUnit.Words ? vocabulary[TextTokens.End] : -1, seed)
            : throw new InvalidDataException($"{Name} has {numbers.Length} {Unit} for '{split}', but sequences of {network.Name} need at least {least}: give it a longer text.");
    }
}
