namespace NetDsl;

/// <summary>
/// On a scalar function in a kernel class: what a prediction adds to channel c; see <see cref="ChannelSlopeAttribute"/>, without which a channel is multiplied by 1. A
/// parameter named <c>slope</c> is what that function gives.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChannelInterceptAttribute : Attribute;
