using NetDsl.Kernels;
using NetDsl.Solvers;

namespace NetDsl.Tests.Solvers;

public unsafe class UpdateLoopTests
{
    const int Count = 1000;

    public static TheoryData<Solver> All =>
        [new Sgd { Momentum = 0.9, WeightDecay = 1e-3 }, new Sgd { Regularization = Regularization.L1, WeightDecay = 1e-3 }, new Nesterov(), new AdaGrad(), new RmsProp(), new AdaDelta(), new Adam()];

    [Theory]
    [MemberData(nameof(All))]
    public void Where_a_parameter_is_cut_changes_no_bit(Solver solver)
    {
        var whole = Train(solver, [0, Count]);
        Assert.Equal(whole, Train(solver, [0, 16, 512, 528, Count]));
        Assert.Equal(whole, Train(solver, [0, 496, Count]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_second_update_uses_what_the_first_one_remembered(Solver solver)
    {
        if (solver.HistoryCount > 0)
        {
            Assert.NotEqual(Train(solver, [0, Count]), Train(solver, [0, Count], forget: true));
        }
        else
        {
            Assert.Equal(Train(solver, [0, Count]), Train(solver, [0, Count], forget: true));
        }
    }

    [Fact]
    public void Every_width_of_register_gives_the_same_bits()
    {
        var wide = Once<Lanes512>();
        Assert.Equal(wide, Once<Lanes256>());
        Assert.Equal(wide, Once<Lanes128>());
        Assert.Equal(wide, Once<ScalarLane>());
    }

    static float[] Once<T>()
        where T : struct, IMemoryLanes<T>
    {
        using var weights = Numbers(1);
        using var gradients = Numbers(2);
        using var first = Numbers(3);
        using var second = Numbers(4);
        UpdateLoop.Run<T, Mixture>(
            default,
            new UpdateFactors(0.7f, 0.25f, 1e-3f, 0.01f, Regularization.L1),
            new UpdateRange { Weights = weights.Pointer, Gradients = gradients.Pointer, History0 = first.Pointer, History1 = second.Pointer, Count = Count, Rate = 1, Decay = 1 });
        return [.. weights.Span, .. first.Span, .. second.Span];
    }

    /// <summary>Uses all operations that the built-in formulas use.</summary>
    readonly struct Mixture : IUpdateRule
    {
        public T Update<T>(T gradient, T rate, ref T history0, ref T history1)
            where T : struct, ILanes<T>
        {
            history0 = T.Create(0.9f) * history0 + rate * gradient;
            history1 += gradient * gradient;
            return history0 / (T.Sqrt(history1) + T.Create(1e-8f));
        }
    }

    static float[] Train(Solver solver, int[] cuts, bool forget = false)
    {
        using var weights = Numbers(1);
        using var gradients = Numbers(2);
        using var first = new AlignedFloats(new double[Count]);
        using var second = new AlignedFloats(new double[Count]);
        for (var number = 0; number < 3; number++)
        {
            for (var part = 0; part + 1 < cuts.Length; part++)
            {
                solver.Update(
                    new UpdateRange
                    {
                        Weights = weights.Pointer + cuts[part],
                        Gradients = gradients.Pointer + cuts[part],
                        History0 = solver.HistoryCount > 0 ? first.Pointer + cuts[part] : null,
                        History1 = solver.HistoryCount > 1 ? second.Pointer + cuts[part] : null,
                        Count = cuts[part + 1] - cuts[part],
                        Rate = 1,
                        Decay = 1,
                    },
                    new UpdateStep(number, 1, 1));
            }

            if (forget)
            {
                first.Span.Clear();
                second.Span.Clear();
            }
        }

        return weights.Span.ToArray();
    }

    static AlignedFloats Numbers(int seed)
    {
        var random = new Random(seed);
        return new AlignedFloats([.. Enumerable.Range(0, Count).Select(_ => random.NextDouble() - (seed < 3 ? 0.5 : 0))]);
    }
}
