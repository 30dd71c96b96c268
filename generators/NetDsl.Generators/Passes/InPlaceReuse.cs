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
        var own = new HashSet<int>(kernel.Nodes.Select(static n => n.Result));
        var dying = kernel.Nodes.SelectMany(static n => n.Operands)
            .Where(o => o >= 0 && !own.Contains(o))
            .Select(o => allocations[views.Root(o)])
            .Where(a => a.Last == index && a.Space is Space.Sample or Space.Constant)
            .Distinct()
            .ToList();

        foreach (var root in kernel.Stores.Select(views.Root))
        {
            var result = allocations[root];
            var operand = result.First < index ? null : dying.FirstOrDefault(a => a != result && a.Size == result.Size && (a.Space == Space.Sample) == (result.Space == Space.Sample));
            if (operand is null)
            {
                continue;
            }

            dying.Remove(operand);
            result.Extend(operand);
            foreach (var shared in allocations.Where(a => a.Value == operand).Select(static a => a.Key).ToList())
            {
                allocations[shared] = result;
            }
        }
    }
}
