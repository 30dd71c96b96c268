namespace NetDsl.Kernels;

/// <summary>
/// One axis of a correlation: output i reads the inputs i * InputStep + TapFirst + t * TapStep, t = 0 … Taps - 1, and those outside the input are zeros.
/// A convolution is one such correlation; its gradient by the input is one for every phase of the stride.
/// </summary>
readonly struct ConvolutionAxis
{
    ConvolutionAxis(int outputs, int inputs, int inputStep, int taps, int tapFirst, int tapStep)
    {
        Outputs = outputs;
        Inputs = inputs;
        InputStep = inputStep;
        Taps = taps;
        TapFirst = tapFirst;
        TapStep = tapStep;
        Cycle = inputStep / GreatestCommonDivisor(inputStep, tapStep);
        OutputStep = 1;
        KernelStep = 1;
    }

    /// <summary>How many outputs.</summary>
    public int Outputs { get; }

    /// <summary>Where output i lies in the whole result: OutputFirst + i * OutputStep.</summary>
    public int OutputFirst { get; private init; }

    public int OutputStep { get; private init; }

    public int Inputs { get; }

    public int InputStep { get; }

    public int Taps { get; }

    /// <summary>The input of tap 0 for output 0; negative in the padding.</summary>
    public int TapFirst { get; }

    public int TapStep { get; }

    /// <summary>Tap t is the kernel's element KernelFirst + t * KernelStep.</summary>
    public int KernelFirst { get; private init; }

    public int KernelStep { get; private init; }

    /// <summary>Taps t and t + Cycle read the same inputs, some outputs apart.</summary>
    int Cycle { get; }

    /// <summary>
    /// The inputs of one residue by the step, side by side, make a plane: in it neighbouring outputs read neighbouring elements, whatever the step.
    /// </summary>
    public int Planes => Math.Min(Taps, Cycle);

    /// <summary>The most elements by which a tap is shifted in its plane.</summary>
    public int MaxShift => Taps == 0 ? 0 : Shift(Taps - 1);

    /// <summary>The plane of tap t; it begins with the first input of tap number <c>plane</c>.</summary>
    public int Plane(int tap) => tap % Cycle;

    /// <summary>Elements by which tap t is shifted in its plane.</summary>
    public int Shift(int tap) => tap / Cycle * (Cycle * TapStep / InputStep);

    /// <summary>Reads every input once and in its place.</summary>
    public bool IsIdentity => Taps == 1 && TapFirst == 0 && InputStep == 1 && Outputs <= Inputs;

    /// <summary>The outputs all of whose taps read inputs: the first, and one behind the last.</summary>
    public (int First, int End) Interior
    {
        get
        {
            var first = Math.Clamp((InputStep - 1 - TapFirst) / InputStep, 0, Outputs);
            var room = Inputs - 1 - TapFirst - Math.Max(0, Taps - 1) * TapStep;
            return (first, room < 0 ? first : Math.Clamp(room / InputStep + 1, first, Outputs));
        }
    }

    /// <summary>The taps of an output that read inputs: the first, and one behind the last.</summary>
    public (int First, int End) TapRange(int output)
    {
        var input = Input(output, 0);
        var first = input >= 0 ? 0 : Math.Min(Taps, (TapStep - 1 - input) / TapStep);
        return (first, input >= Inputs ? first : Math.Clamp((Inputs - 1 - input) / TapStep + 1, first, Taps));
    }

    /// <summary>The input that a tap of an output reads.</summary>
    public int Input(int output, int tap) => output * InputStep + TapFirst + tap * TapStep;

    /// <summary>The kernel's element of a tap.</summary>
    public int Kernel(int tap) => KernelFirst + tap * KernelStep;

    public static ConvolutionAxis Forward(int inputs, int outputs, int kernel, int stride, int padding, int dilation) =>
        new(outputs, inputs, stride, kernel, -padding, dilation);

    /// <summary>
    /// The gradient by the inputs phase, phase + stride, …: input h is read by output (h + padding - k * dilation) / stride for every k that leaves no
    /// remainder. Such k lie stride / gcd apart; they are taken from the last to the first, so that the outputs ascend.
    /// </summary>
    public static ConvolutionAxis Gradient(int inputs, int outputs, int kernel, int stride, int padding, int dilation, int phase)
    {
        var count = phase < inputs ? (inputs - phase + stride - 1) / stride : 0;
        var kernelStep = stride / GreatestCommonDivisor(stride, dilation);
        var taps = 0;
        var last = 0;
        for (var k = 0; k < kernel; k++)
        {
            if ((phase + padding - k * dilation) % stride == 0)
            {
                taps++;
                last = k;
            }
        }

        return new(count, outputs, 1, taps, (phase + padding - last * dilation) / stride, kernelStep * dilation / stride)
        {
            OutputFirst = phase,
            OutputStep = stride,
            KernelFirst = last,
            KernelStep = -kernelStep,
        };
    }

    static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
