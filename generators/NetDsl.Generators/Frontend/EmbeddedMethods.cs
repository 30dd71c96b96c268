using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// The methods of an assembly that others evaluate: blocks, and the scalar functions of operators; and what is wrong with how they or
/// operators are declared.
/// </summary>
sealed record EmbeddedMethods(EquatableArray<EmbeddedMethod> Methods, EquatableArray<DiagnosticInfo> Problems)
{
    /// <summary>What a method marked <c>[Block]</c>, <c>[Operator]</c>, <c>[Elementwise]</c> or <c>[Derivative]</c> makes others evaluate.</summary>
    public static EmbeddedMethods Of(IMethodSymbol marked, Compilation compilation, CancellationToken cancellation)
    {
        var bodies = Bodies.Of(compilation);
        var found = new List<IMethodSymbol>();
        if (marked.Attribute("BlockAttribute") is not null)
        {
            found.Add(marked);
        }

        if (marked.Attribute("ElementwiseAttribute") is { } elementwise)
        {
            var owner = elementwise.Named<INamedTypeSymbol>("In") ?? marked.ContainingType;
            AddScalar(found, owner.GetMembers(elementwise.Positional<string>(0) ?? "").OfType<IMethodSymbol>().FirstOrDefault(), bodies);
        }

        if (marked.Attribute("OperatorAttribute")?.Named<INamedTypeSymbol>("Kernel") is { } kernel)
        {
            foreach (var function in ChannelMapReader.Functions(kernel))
            {
                AddScalar(found, function, bodies);
            }
        }

        if (marked.Attribute("DerivativeAttribute") is not null)
        {
            AddScalar(found, marked, bodies);
        }

        found.RemoveAll(m => !IsPublic(m) || !SymbolEqualityComparer.Default.Equals(m.ContainingAssembly, compilation.Assembly));
        return new(
            found.Select(m => BlockWriter.Write(m, cancellation)).OfType<EmbeddedMethod>().ToEquatableArray(),
            found.SelectMany(m => Hidden(m, bodies)).Concat(Symbols.IsOperator(marked) ? OperatorReader.Read(marked, bodies).Problems : []).ToEquatableArray());
    }

    /// <summary>A scalar function, its derivatives, and the functions that they call.</summary>
    static void AddScalar(List<IMethodSymbol> found, IMethodSymbol? function, Bodies bodies)
    {
        if (function is null || found.Contains(function, SymbolEqualityComparer.Default))
        {
            return;
        }

        found.Add(function);
        foreach (var derivative in function.GetAttributes().Where(static a => a.Is("DerivativeAttribute")))
        {
            AddScalar(found, function.ContainingType.GetMembers(derivative.Positional<string>(0) ?? "").OfType<IMethodSymbol>().FirstOrDefault(), bodies);
        }

        foreach (var call in bodies.Find(function)?.Operation.Descendants().OfType<IInvocationOperation>() ?? [])
        {
            if (SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, function.ContainingAssembly))
            {
                AddScalar(found, call.TargetMethod, bodies);
            }
        }
    }

    /// <summary>What a block refers to must be visible where it is used.</summary>
    static IEnumerable<DiagnosticInfo> Hidden(IMethodSymbol method, Bodies bodies)
    {
        foreach (var operation in bodies.Find(method)?.Operation.Descendants() ?? [])
        {
            ISymbol? used = operation switch
            {
                IInvocationOperation { TargetMethod: { MethodKind: not (MethodKind.LocalFunction or MethodKind.DelegateInvoke) } target } => target,
                IMethodReferenceOperation { Method: { MethodKind: not MethodKind.LocalFunction } target } => target,
                IObjectCreationOperation { Type: INamedTypeSymbol created } => created,
                IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member => member.Member,
                _ => null,
            };
            if (used is not null && SymbolEqualityComparer.Default.Equals(used.ContainingAssembly, method.ContainingAssembly) && !IsPublic(used))
            {
                yield return new(Descriptors.NotEmbeddable, LocationInfo.Of(operation.Syntax), $"'{used.Name}' must be public, since '{method.Name}' is evaluated in other assemblies");
            }
        }
    }

    static bool IsPublic(ISymbol symbol)
    {
        for (ISymbol? at = symbol; at is not null and not INamespaceSymbol; at = at.ContainingSymbol)
        {
            if (at.DeclaredAccessibility != Accessibility.Public && at is not INamedTypeSymbol { IsTupleType: true } and not INamedTypeSymbol { IsAnonymousType: true })
            {
                return false;
            }
        }

        return true;
    }
}
