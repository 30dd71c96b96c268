namespace NetDsl;

/// <summary>
/// Class indices in the declaration of a network: <c>[Shape(Batch)] Labels digit</c>. No gradient flows to labels. An operator that reads them
/// and has an axis C takes them as indices from 0 to C − 1, and an argument <c>ignoreLabel</c> as the one number outside that is allowed: labels are checked
/// against both when they are given to the network.
/// </summary>
public sealed class Labels
{
    Labels() { }
}
