using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <content>What the forward pass leaves behind for a gradient in place of an operand, and the gradient that reads it.</content>
sealed partial class KernelReader
{
    /// <summary>The name by which a gradient reads what the forward pass has recorded; empty for operators that record nothing.</summary>
    string record = "";

    /// <summary>What the forward pass may record for a gradient.</summary>
    public KernelMember? Record { get; private set; }

    /// <summary>The gradient that reads the record.</summary>
    public KernelMember? FromRecord { get; private set; }

    void AddGradient(List<KernelMember> members, IMethodSymbol method, string target)
    {
        var member = definition.Pattern(target) is null ? UnknownTarget(method, target) : ReadMember(method, target);
        if (member is not null && ReadsRecord(member))
        {
            FromRecord = member;
        }
        else
        {
            Add(members, member);
        }
    }

    bool ReadsRecord(KernelMember member) => record.Length > 0 && member.Reads.Contains(record);

    /// <summary>What is recorded must be read.</summary>
    void CheckRecord(List<IMethodSymbol> methods)
    {
        if (Record is not null && FromRecord is null)
        {
            problems.Report(
                Descriptors.BadKernel, methods.First(static m => m.Attribute("RecordAttribute") is not null),
                $"Nothing reads what operator '{owner.Name}' records: a second [GradientOf] method must take '{record}' in place of the operand");
        }
    }

    void ReadRecord(List<IMethodSymbol> methods)
    {
        if (methods.FirstOrDefault(static m => m.Attribute("RecordAttribute") is not null) is not { } method)
        {
            return;
        }

        if (method.ReturnsVoid || definition.Weights.Count > 0)
        {
            problems.Report(Descriptors.BadKernel, method, $"Kernel method '{method.Name}' records something for a gradient: it must return T, and operator '{owner.Name}' have no weights");
            return;
        }

        record = method.Attribute("RecordAttribute")!.Positional<string>(0) ?? "";
        Record = ReadMember(method, "") is { } member ? member with { Target = record } : null;
    }
}
