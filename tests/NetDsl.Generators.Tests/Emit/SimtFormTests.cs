using NetDsl.Generators.Emit.Simt;

namespace NetDsl.Generators.Tests.Emit;

public class SimtFormTests
{
    [Theory]
    [InlineData("var i = item.X % 12;", "var i = item.X % n[0];", "12")]
    [InlineData("H: 8, pad: 0, stride: 1", "H: n[0], pad: n[1], stride: n[2]", "8 0 1")]
    [InlineData("sample * 640L + ⟦0⟧ + i", "sample * (long)n[0] + n[1] + i", "640 0")]
    [InlineData("Key(seed, ⟦7u⟧)", "Key(seed, (uint)n[0])", "7")]
    public void Sizes_and_places_become_numbers(string text, string form, string numbers)
    {
        var made = SimtForm.Of(text);
        Assert.Equal(form, made.Text);
        Assert.Equal(numbers.Split(' '), made.Numbers);
    }

    [Theory]
    [InlineData("for (var sample = 0; sample < step.Samples; sample++)"), InlineData("alpha: 0.0001f, k: 2f"), InlineData("x * 1e-05f + 16f"), InlineData("relu12 + conv3_2[0] + i + 1")]
    [InlineData("offset: 3000000000L")]
    public void Names_real_numbers_and_what_always_holds_stay(string text) => Assert.Equal(text, SimtForm.Of(text).Text);
}
