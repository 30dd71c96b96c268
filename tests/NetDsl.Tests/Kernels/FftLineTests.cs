using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public unsafe class FftLineTests
{
    [Fact]
    public void Frequencies_are_those_of_the_definition_and_the_inverse_gives_the_numbers_back()
    {
        Check<ScalarLane, Sixteen>();
        Check<ScalarLane, ThirtyTwo>();
        Check<ScalarLane, SixtyFour>();
        Check<Lanes256, ThirtyTwo>();
    }

    static void Check<T, TPoints>()
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        var points = TPoints.Value;
        var random = new Random(1);
        using var numbers = new Floats(2 * points * T.Count);
        using var line = new Floats(2 * points * T.Count);
        for (var i = 0; i < 2 * points * T.Count; i++)
        {
            numbers.Pointer[i] = (float)random.NextDouble() - 0.5f;
        }

        FftLine.First<T, TPoints>(numbers.Pointer, numbers.Pointer + T.Count, 2 * T.Count, line.Pointer);
        FftLine.Last<T, TPoints>(line.Pointer);
        var lane = T.Count - 1;
        for (var f = 0; f < points; f++)
        {
            var (re, im) = (0.0, 0.0);
            for (var i = 0; i < points; i++)
            {
                var (sine, cosine) = Math.SinCos(-Math.Tau * f * i / points);
                var (a, b) = (numbers.Pointer[2 * i * T.Count + lane], numbers.Pointer[(2 * i + 1) * T.Count + lane]);
                re += a * cosine - b * sine;
                im += a * sine + b * cosine;
            }

            var place = line.Pointer + FftLine.Position<TPoints>(f) * 2 * T.Count + lane;
            Assert.Equal(re, place[0], 5e-6);
            Assert.Equal(im, place[T.Count], 5e-6);
        }

        FftLine.InverseLast<T, TPoints>(line.Pointer);
        FftLine.InverseFirst<T, TPoints>(line.Pointer, line.Pointer, line.Pointer + T.Count, 2 * T.Count);
        for (var i = 0; i < 2 * points * T.Count; i++)
        {
            Assert.Equal(numbers.Pointer[i], line.Pointer[i] / points, 1e-6f);
        }
    }
}
