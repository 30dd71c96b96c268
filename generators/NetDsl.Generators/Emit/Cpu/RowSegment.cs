using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>One multiply-add of a register tile: pixel <see cref="Pixel"/> of the segment takes tap <see cref="Tap"/> of the source column at <see cref="Offset"/>.</summary>
sealed record TapPair(int Tap, int Pixel, int Offset);

/// <summary>
/// Neighbouring pixels of a row that are computed together, and which of them take which tap. Segments at the border have fewer pairs: what
/// lies in the padding is left out while compiling, so that neither a padded copy nor a test in the loop is needed.
/// </summary>
sealed record RowSegment(int Pixels, EquatableArray<TapPair> Pairs)
{
    /// <summary>Cuts a row into runs of equal segments.</summary>
    /// <param name="width">Pixels of the row.</param>
    /// <param name="pixels">Pixels of a segment; the last may be shorter.</param>
    /// <param name="taps">Taps of a kernel row.</param>
    /// <param name="column">The source column of a pixel and tap, or null.</param>
    /// <param name="origin">The source column from which offsets of a segment count, by its first pixel.</param>
    public static List<(int Start, int Count, RowSegment Segment)> Runs(int width, int pixels, int taps, Func<int, int, int?> column, Func<int, int> origin)
    {
        var runs = new List<(int Start, int Count, RowSegment Segment)>();
        for (var start = 0; start < width; start += pixels)
        {
            var segment = Of(start, Math.Min(pixels, width - start), taps, column, origin(start));
            if (runs.Count > 0 && runs[runs.Count - 1].Segment == segment)
            {
                runs[runs.Count - 1] = (runs[runs.Count - 1].Start, runs[runs.Count - 1].Count + 1, segment);
            }
            else
            {
                runs.Add((start, 1, segment));
            }
        }

        return runs;
    }

    static RowSegment Of(int start, int pixels, int taps, Func<int, int, int?> column, int origin)
    {
        var pairs = new List<TapPair>();
        for (var tap = 0; tap < taps; tap++)
        {
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                if (column(start + pixel, tap) is { } source)
                {
                    pairs.Add(new(tap, pixel, source - origin));
                }
            }
        }

        return new(pixels, pairs.ToEquatableArray());
    }
}
