namespace NetDsl.Training;

/// <summary>The latest losses, and their mean: Caffe's smoothed loss.</summary>
/// <param name="length">How many: Caffe's <c>average_loss</c>.</param>
sealed class LossWindow(int length)
{
    readonly float[] losses = new float[Math.Max(1, length)];
    int count;
    int next;

    /// <summary>Summed from the oldest to the latest, so that a resumed run tells the same numbers.</summary>
    public float Mean
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < count; i++)
            {
                sum += this[i];
            }

            return count == 0 ? 0 : (float)(sum / count);
        }
    }

    /// <summary>The oldest has index 0.</summary>
    float this[int index] => losses[(next - count + index + losses.Length) % losses.Length];

    public void Add(float loss)
    {
        losses[next] = loss;
        next = (next + 1) % losses.Length;
        count = Math.Min(count + 1, losses.Length);
    }

    /// <summary>Oldest first.</summary>
    public float[] ToArray() => [.. Enumerable.Range(0, count).Select(index => this[index])];

    public void Restore(IEnumerable<float> saved)
    {
        (count, next) = (0, 0);
        foreach (var loss in saved)
        {
            Add(loss);
        }
    }
}
