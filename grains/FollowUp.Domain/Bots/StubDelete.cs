namespace FollowUp.Bots;
public sealed class BotValidationContext { public IReadOnlyCollection<string> CustomValueNames { get; init; } = []; }
public static class BotValidator { public static IReadOnlyDictionary<string, IReadOnlyList<string>> Validate(Bot bot, BotValidationContext context) => new Dictionary<string, IReadOnlyList<string>>(); }
