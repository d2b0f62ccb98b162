namespace FollowUp.Writing;
internal static class BuiltInTexts { public static string Disclosure(string l, string? b) => $"This is {b}. Reply STOP to stop."; public static string OptOutConfirmation(string l, string? b) => "ok"; }
