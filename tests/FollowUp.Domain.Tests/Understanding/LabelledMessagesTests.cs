using Xunit;

namespace FollowUp.Understanding;

/// <summary>What the judge makes of the labelled messages. The floors are below what it reaches today: they fall only when something breaks.</summary>
public sealed class LabelledMessagesTests(ITestOutputHelper output)
{
    [Fact]
    public void The_messages_it_was_trained_on_are_understood() => Judge("Messages", leastLabels: 0.95, leastDue: 0.92);

    /// <summary>Written by others who had not seen the judge; nothing is trained on them.</summary>
    [Fact]
    public void Messages_it_never_saw_are_understood() => Judge("HeldOut", leastLabels: 0.85, leastDue: 0.85);

    [Fact]
    public void Every_message_is_well_labelled()
    {
        var messages = LabelledMessage.Read("Messages").Concat(LabelledMessage.Read("HeldOut")).ToList();
        Assert.True(messages.Count >= 5_000);
        Assert.Equal(messages.Count, messages.Select(message => message.Id).Distinct().Count());
        Assert.All(messages, message =>
        {
            Assert.Contains(message.Label, (string[])["busy", "requested_follow_up", "opt_out", "normal"]);
            Assert.Contains(message.Lang, (string[])["en", "es", "fr", "de", "pt"]);
            Assert.True(message.Due is null || (message.IsRequest && string.CompareOrdinal(message.Due, message.Reference) > 0), message.Id);
            Assert.True(!message.HardNegative || message.Label == "normal", message.Id);
        });
    }

    private void Judge(string folder, double leastLabels, double leastDue)
    {
        var judged = LabelledMessage.Read(folder).Select(message => (Message: message, Found: message.Detect())).ToList();
        foreach (var language in judged.GroupBy(pair => pair.Message.Lang))
        {
            output.WriteLine($"{language.Key}: labels {Share(language, pair => pair.Message.IsLabelled(pair.Found)):p1} of {language.Count()}");
        }

        var requests = judged.Where(pair => pair.Message is { IsRequest: true, Due: not null }).ToList();
        var (labels, due) = (Share(judged, pair => pair.Message.IsLabelled(pair.Found)), Share(requests, pair => pair.Message.IsDue(pair.Found)));
        output.WriteLine($"all: labels {labels:p1} of {judged.Count}, due times {due:p1} of {requests.Count}");
        Assert.True(labels >= leastLabels, $"labels {labels:p1}");
        Assert.True(due >= leastDue, $"due times {due:p1}");
    }

    private static double Share<T>(IEnumerable<T> all, Func<T, bool> isRight) => all.Average(one => isRight(one) ? 1.0 : 0);
}
