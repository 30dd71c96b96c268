using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NetDsl.App;

/// <summary>The arguments and options that several commands share.</summary>
static class Arguments
{
    public static Argument<string> Network() => new("NETWORK") { Description = "The network's class, in upper or lower case." };

    public static Option<string?> Data() => Name<string?>("--data", "A data set (embedded, fashion-mnist, mnist, cifar10), a folder with one, or a text file for a network that reads text.", "NAME|FOLDER|FILE");

    /// <summary>An option that takes the name of something, such as a file.</summary>
    public static Option<T> Name<T>(string name, string description, string helpName)
    {
        var option = new Option<T>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            // A script's unset variable, most often.
            if (result.Tokens.Any(static token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError($"{name} takes {helpName}, not an empty name");
            }
        });
        return option;
    }

    public static Option<string> Device()
    {
        var option = new Option<string>("--device") { Description = "Where it runs; CUDA if there is one unless given.", HelpName = "cpu|cuda" };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "cpu", "cuda");
        return option;
    }

    public static Option<int?> Batch() => Count("--batch", "Samples in a batch.");

    /// <summary>The height and width of a network that leaves them free.</summary>
    public static Option<(int Height, int Width)?> Size()
    {
        var option = Number<(int, int)?>("--size", "Height and width, for a network that leaves them free; those that it is compiled for unless given.", "a height and a width such as 320x480",
            static text => text.Split('x') is [var first, var second] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var height) && height > 0
                && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0 ? (height, width) : null);
        option.HelpName = "HxW";
        return option;
    }

    public static Option<int?> Threads() => Number<int?>("--threads", "Threads on the CPU; one a core unless given. Results do not depend on it.", $"a whole number from 1 to {NetDsl.Runtime.Device.MostThreads}",
        text => Whole(text) is { } count and <= NetDsl.Runtime.Device.MostThreads ? count : null);

    /// <summary>Which of the two programs of a network is meant.</summary>
    public static Option<string> Mode(string otherwise)
    {
        var option = new Option<string>("--mode") { Description = $"Which program; {otherwise} unless given.", HelpName = "train|predict", DefaultValueFactory = _ => otherwise };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "train", "predict");
        return option;
    }

    public static bool IsTraining(string? mode) => "train".Equals(mode, StringComparison.OrdinalIgnoreCase);

    /// <summary>An option that takes a whole number of at least 1.</summary>
    public static Option<int?> Count(string name, string description) => Number<int?>(name, description, "a whole number of 1 or more", Whole);

    /// <summary>An option that takes a seed.</summary>
    public static Option<ulong?> Seed() => Number<ulong?>("--seed", "The run's seed; the same seed gives the same bits.", "a whole number of 0 or more",
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null);

    /// <summary>An option that takes a positive number.</summary>
    public static Option<double?> Seconds(string description) => Number<double?>("--seconds", description, "a number of seconds above 0",
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && double.IsFinite(seconds) ? seconds : null);

    static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;

    static Option<T> Number<T>(string name, string description, string expected, Func<string, T> parse) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result, name, expected, parse),
    };

    static T Parse<T>(ArgumentResult result, string name, string expected, Func<string, T> parse)
    {
        var text = result.Tokens[0].Value;
        var value = parse(text);
        if (value is null)
        {
            result.AddError($"{name} takes {expected}, not '{text}'");
        }

        return value;
    }
}
