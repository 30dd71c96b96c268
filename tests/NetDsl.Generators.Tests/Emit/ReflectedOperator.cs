using System.Reflection;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>An operator's specification from its kernel class alone, so that emission is tested without the front end.</summary>
static class ReflectedOperator
{
    /// <param name="kernel">The kernel class.</param>
    /// <param name="axes">The axes of each tensor, by lower-case name: <c>("y", "k ho wo")</c>. <c>*s</c> stands for all further axes.</param>
    /// <param name="rest">How many axes <c>*s</c> stands for.</param>
    public static OperatorSpec Of(Type kernel, int rest, params (string Tensor, string Axes)[] axes)
    {
        var members = kernel.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(static method => method.GetCustomAttribute<OnGpuAttribute>() is null).Select(method =>
        {
            var target = method.GetCustomAttribute<GradientOfAttribute>()?.Operand ?? "";
            var written = target.Length == 0 ? "y" : "d" + target;
            var targetAxes = axes.First(a => a.Tensor == (target.Length == 0 ? "y" : target)).Axes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var arguments = method.GetParameters().Select(p => Bind(p, written, targetAxes, rest, method)).ToList();
            var isWeight = target is "weight" or "bias";
            var form = method.ReturnType == typeof(void) ? MemberForm.Plane : isWeight ? MemberForm.Contribution : MemberForm.Element;
            var reads = arguments.Where(a => a.Kind == BindingKind.Read).Select(a => a.Name);
            return new KernelMember(target, form, $"global::{kernel.FullName}.{method.Name}", method.GetGenericArguments().Length, reads.ToEquatableArray(), arguments.ToEquatableArray(), "");
        });
        return new(kernel.Name.Replace("Kernel", ""), OperatorClass.Injective, AnchorKind.None, MovementKind.None, BatchReductionKind.None, false, members.ToEquatableArray());
    }

    public static OperatorSpec Elementwise(string name, string expression, params string[] reads) => new(
        name, OperatorClass.Elementwise, AnchorKind.None, MovementKind.None, BatchReductionKind.None, false,
        [new("", MemberForm.Scalar, "", 0, reads.ToEquatableArray(), expression.Contains("random") ? [new("random", BindingKind.Random, "", -1, -1)] : [], expression)]);

    static KernelArgument Bind(ParameterInfo parameter, string written, string[] axes, int rest, MethodInfo method)
    {
        var name = parameter.Name!;
        if (parameter.ParameterType.IsGenericMethodParameter && parameter.ParameterType != method.GetGenericArguments()[0])
        {
            return new(name, name == written ? BindingKind.Result : BindingKind.Read, name, -1, parameter.ParameterType.GenericParameterPosition);
        }

        return Array.IndexOf(axes, name) is var axis and >= 0 ? new(name, BindingKind.Coordinate, name, axis, -1)
            : Array.IndexOf(axes, "*" + name) is var group and >= 0 ? new(name, BindingKind.Coordinate, name, group, -1, Axes: rest)
            : name == "i" ? new(name, BindingKind.Coordinate, name, -1, -1)
            : name == "random" ? new(name, BindingKind.Random, name, -1, -1)
            : new(name, BindingKind.Constant, name, -1, -1);
    }
}
