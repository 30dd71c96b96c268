using NetDsl.Generators.Emit.Cpu.Channels;
using NetDsl.Generators.Emit.Cpu.Samples;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Chooses how a kernel is written: the library's tiles for an anchor, else by the form of its first node.</summary>
static class CpuKernelBody
{
    public static CpuMethod Write(Kernel kernel, ProgramValues values, CpuDeclarations declarations)
    {
        var body = new CpuBody(kernel, values);
        if (body.First.Operator.Anchor == AnchorKind.ScaledWeight)
        {
            return ScaledWeightCall.Write(body);
        }

        var tuned = values.Program.Layout == Layout.Channels ? ChannelsKernelBody.Write(body, declarations) : SamplesKernelBody.Write(body, declarations);
        return tuned ?? (body.Vectorization == Vectorization.Neighbours ? NeighbourEmitter.Write(body, declarations) : ByForm(body));
    }

    static CpuMethod ByForm(CpuBody body) => (body.First.Operator.Class, body.First.Member.Form) switch
    {
        (OperatorClass.Movement, _) => MovementEmitter.Write(body),
        (OperatorClass.BatchReduction, _) => BatchReductionEmitter.Write(body),
        (_, MemberForm.Scalar) => ElementwiseEmitter.Write(body),
        (_, MemberForm.Element) when !body.First.Type.Batched => UniformElementEmitter.Write(body),
        (_, MemberForm.Element) => ElementEmitter.Write(body),
        (_, MemberForm.Plane) when body.First.Member.Step is not null => SequenceEmitter.Write(body),
        (_, MemberForm.Plane) => PlaneEmitter.Write(body),
        (_, MemberForm.Scatter) => ScatterEmitter.Write(body),
        (_, MemberForm.Routine) => RoutineEmitter.Write(body),
        (_, MemberForm.Contribution) => ContributionEmitter.Write(body),
        var (_, form) => throw new InvalidOperationException($"Kernel {body.Kernel.Name} begins with {body.First.Operator.Name}, whose form {form} has no CPU kernel."),
    };
}
