namespace NetDsl.Generators.Emit;

/// <summary>The members that a network uses, each once.</summary>
sealed class SharedMembers
{
    readonly Dictionary<string, SharedMember> members = new(StringComparer.Ordinal);

    public IEnumerable<SharedMember> All => members.Values;

    /// <summary>The name of the member with this text.</summary>
    /// <param name="owner">Where it stands.</param>
    /// <param name="meaning">What the name begins with.</param>
    /// <param name="text">The member, with <see cref="SharedMember.Placeholder"/> where its name stands.</param>
    public string Add(SharedClass owner, string meaning, string text)
    {
        var member = SharedMember.Of(owner, meaning, text);
        members[member.Name] = member;
        return member.Name;
    }
}
