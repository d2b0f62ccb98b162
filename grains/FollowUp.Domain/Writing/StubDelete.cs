namespace FollowUp.Writing;
internal static class BuiltInTexts { public static string Disclosure(string l, string? b) => $"This is {b}. Reply STOP to stop."; public static string OptOutConfirmation(string l, string? b) => "ok"; }
internal static class MessageTemplate { public static (string? Error, int X) Check(string t, IReadOnlyCollection<string> n) => (null, 0); }
internal sealed class BotValidationContextX;
