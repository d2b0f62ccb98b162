namespace FollowUp.Api;

/// <summary>Zone names as the system knows them; the engine checks against its own data as well.</summary>
internal static class Zones
{
    public static bool Exists(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;
}
