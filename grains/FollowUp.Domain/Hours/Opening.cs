using NodaTime;

namespace FollowUp.Hours;

/// <summary>A stretch of openness in absolute time: [From, To).</summary>
public readonly record struct Opening(Instant From, Instant To)
{
    public Duration Length => To - From;
}
