namespace NetDsl;

/// <summary>Class indices in the declaration of a network: <c>[Shape(Batch)] Labels digit</c>. No gradient flows to labels.</summary>
public sealed class Labels
{
    Labels() { }
}
