using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using NetDsl.Generators;

namespace NetDsl.CodeFixes.Tests;

/// <summary>Runs the analyzer and a fix on a program, and compares what comes out. The diagnostic stands in <c>{|NDSL201:…|}</c>.</summary>
static class Fixing
{
    const string Usings = """
        global using System;
        global using NetDsl;
        global using static NetDsl.Layers;
        """;

    static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "NetDsl.dll" or "ILGPU.dll" or "netstandard.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path))];

    /// <param name="before">The program with its mistake.</param>
    /// <param name="after">The program as it should become, without mistakes.</param>
    /// <param name="offer">Which of the fixes that are offered, from 0.</param>
    public static Task Turns<TFix>(string before, string after, int offer = 0)
        where TFix : CodeFixProvider, new()
    {
        var test = Create<TFix>(before, offer);
        test.FixedState.Sources.Add(after);
        test.FixedState.Sources.Add(("Usings.cs", Usings));
        return test.RunAsync();
    }

    /// <summary>No fix is offered.</summary>
    public static Task Leaves<TFix>(string program)
        where TFix : CodeFixProvider, new()
    {
        var test = Create<TFix>(program, 0);
        test.FixedState.Sources.Add(program);
        test.FixedState.Sources.Add(("Usings.cs", Usings));
        return test.RunAsync();
    }

    static CSharpCodeFixTest<NetworkAnalyzer, TFix, DefaultVerifier> Create<TFix>(string program, int offer)
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<NetworkAnalyzer, TFix, DefaultVerifier> { ReferenceAssemblies = new("net10.0"), CodeActionIndex = offer };
        test.TestState.Sources.Add(program);
        test.TestState.Sources.Add(("Usings.cs", Usings));
        test.TestState.AdditionalReferences.AddRange(References);
        test.SolutionTransforms.Add(static (solution, project) => solution.WithProjectParseOptions(project, new CSharpParseOptions(LanguageVersion.CSharp14)));
        return test;
    }
}
