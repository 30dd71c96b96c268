namespace NetDsl.Generators.Emit;

/// <summary>Writes the classes whose members the networks of a project share.</summary>
static class SharedFiles
{
    /// <summary>Where the classes live.</summary>
    public const string Namespace = "NetDsl.Emitted";

    /// <summary>The files, for the members of all networks; a class without members has none.</summary>
    public static IEnumerable<EmittedText> Of(IEnumerable<SharedMember> members)
    {
        foreach (var owner in members.GroupBy(static m => m.Class).OrderBy(static g => g.Key))
        {
            var sorted = owner.GroupBy(static m => m.Name).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(Only);
            yield return new($"{Namespace}.{owner.Key}.g.cs", Text(owner.Key, [.. sorted]));
        }
    }

    /// <summary>Members of one name are one: if chance gave two texts the same number, a build must not take one for the other.</summary>
    static SharedMember Only(IGrouping<string, SharedMember> named) => named.Select(static m => m.Text).Distinct().Count() == 1
        ? named.First()
        : throw new InvalidOperationException($"Two kernels are called {named.Key}. Rename an operator of your own that one of them uses.");

    static string Text(SharedClass owner, List<SharedMember> members)
    {
        var writer = new SourceWriter();
        EmittedFile.BeginShared(writer, owner == SharedClass.CpuKernels ? "global::System.Runtime.CompilerServices" : "global::ILGPU", "global::NetDsl.Kernels", "global::NetDsl.Runtime");
        writer.Documentation("summary", owner == SharedClass.CpuKernels
            ? "What the networks of this project compute on the CPU beside the library's kernels: a method for each form, whatever the sizes. Workers take the items until none are left."
            : "What the networks of this project compute on a GPU: a method for each form, a thread for each item. Sizes and places are the numbers of the kernel's row.");
        using (writer.Block($"static {(owner == SharedClass.CpuKernels ? "unsafe " : "")}class {owner}"))
        {
            for (var i = 0; i < members.Count; i++)
            {
                if (i > 0)
                {
                    writer.Line();
                }

                writer.Line(members[i].Text);
            }
        }

        return writer.ToString();
    }
}
