using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Lets an elementwise kernel write its results over operands that nothing reads any more: it reads an element before it writes the one of the same
/// index, and no other.
/// </summary>
static class InPlaceReuse
{
    /// <param name="allocations">By root; roots that share memory have the same allocation afterwards.</param>
    public static void Run(EquatableArray<Kernel> kernels, Views views, Dictionary<int, Allocation> allocations)
    {
        for (var i = 0; i < kernels.Count; i++)
        {
            if (kernels[i].Nodes[0].Operator.Class == OperatorClass.Elementwise)
            {
                Reuse(kernels[i], i, views, allocations);
            }
        }
    }

    static void Reuse(Kernel kernel, int index, Views views, Dictionary<int, Allocation> allocations)
    {
        var dying = Dying(kernel, index, views, allocations);
        foreach (var root in kernel.Stores.Select(views.Root))
        {
            var result = allocations[root];
            var written = Position(kernel, root);
            var operand = dying.FirstOrDefault(d => d.LastRead <= written && Fits(d.Allocation, result, index)).Allocation;
            if (operand is null)
            {
                continue;
            }

            dying.RemoveAll(d => d.Allocation == operand);
            result.Extend(operand);
            foreach (var shared in allocations.Where(a => a.Value == operand).Select(static a => a.Key).ToList())
            {
                allocations[shared] = result;
            }
        }
    }

    /// <summary>What this kernel is the last to read, with the last equation that reads it.</summary>
    static List<(Allocation Allocation, int LastRead)> Dying(Kernel kernel, int index, Views views, Dictionary<int, Allocation> allocations) =>
        kernel.Nodes
            .SelectMany((n, position) => n.Operands.Where(o => Position(kernel, o) < 0 && views.IsWhole(o)).Select(o => (Allocation: allocations[views.Root(o)], Position: position)))
            .Where(r => r.Allocation.Last == index && r.Allocation.Space is Space.Sample or Space.Constant)
            .GroupBy(static r => r.Allocation)
            .Select(static g => (g.Key, g.Max(static r => r.Position)))
            .ToList();

    /// <summary>The result has memory of its own, and the operand all of the memory that it needs.</summary>
    static bool Fits(Allocation operand, Allocation result, int index) =>
        operand != result && result.First == index && operand.Size == result.Size && (operand.Space == Space.Sample) == (result.Space == Space.Sample);

    static int Position(Kernel kernel, int value)
    {
        for (var i = 0; i < kernel.Nodes.Count; i++)
        {
            if (kernel.Nodes[i].Result == value)
            {
                return i;
            }
        }

        return -1;
    }
}
