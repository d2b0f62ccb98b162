using CsCheck;
using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Hours;
using FollowUp.Simulation;
using NodaTime;
using Xunit;

namespace FollowUp.Conversations;

/// <summary>What holds for every script, whatever is said, told, switched or lost.</summary>
public sealed class PropertyTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 6, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Texts =
        ["how much is it?", "I'm driving", "text me tomorrow at 3", "ok thanks", "STOP", "busy for an hour", "call me next week", "not interested", "which colours?", "can you text me in 2 hours", "START", "Automatic reply: I am out of office and will return on 20 March", "can I talk to a real person"];

    private static readonly Gen<ScriptLine> AnyLine = Gen.Select(Gen.Int[0, 20 * 24 * 60], Gen.Int[0, 15], Gen.Int[0, Texts.Length - 1], Gen.Int[0, 2]).Select((minute, verb, text, channel) => LineOf(minute, verb, text, channel));

    private static readonly Gen<SimulationRequest> AnyScript = Gen.Select(AnyLine.Array[1, 25], Gen.OneOf("America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Pacific/Apia"), Gen.Bool, Gen.Bool, Gen.Int[1, 120]).Select((lines, zone, switching, answers, delay) => new SimulationRequest
    {
        Bot = BotOf(switching, delay),
        Contact = new ContactData
        {
            TimeZone = zone,
            Addresses = new Dictionary<Channel, string> { [Channel.Sms] = "+13035550142", [Channel.WhatsApp] = "+13035550142", [Channel.LiveChat] = "visitor-1" },
            Consent = new Dictionary<Channel, Consent> { [Channel.Sms] = new() },
        },
        Script = lines,
        Until = Start.AddDays(40),
        OwnAnswers = answers,
    });

    [Fact]
    public void No_follow_up_leaves_outside_the_hours_or_the_quiet_hours() =>
        AnyScript.Sample(request =>
        {
            var zone = DateTimeZoneProviders.Tzdb[request.Contact!.TimeZone!];
            var hours = Schedule.Of(request.Bot.FollowUp.ActiveHours, zone);
            var quiet = Schedule.Daily(HoursOf.SmsOpening, zone);
            return FollowUps(request).All(sent => hours.IsOpen(Instant.FromDateTimeOffset(sent.At)) && (sent.Channel is not Channel.Sms || quiet.IsOpen(Instant.FromDateTimeOffset(sent.At))));
        }, iter: 1_500);

    [Fact]
    public void At_most_five_follow_ups_go_out_in_one_episode() =>
        AnyScript.Sample(request =>
        {
            // A reply or a takeover ends an episode.
            var ends = request.Script.Where(line => line is { Do: ScriptVerb.Message, Author: Author.Contact or Author.Agent }).Select(line => line.At).Order().ToList();
            return FollowUps(request).GroupBy(sent => ends.FindLastIndex(at => at <= sent.At)).All(episode => episode.Count() <= 5);
        }, iter: 1_500);

    [Fact]
    public void A_reply_ends_what_was_planned_and_a_timeline_never_goes_backwards() =>
        AnyScript.Sample(request =>
        {
            var timeline = Simulator.Run(request).Value!.Timeline;
            return timeline.Zip(timeline.Skip(1)).All(pair => pair.First.At <= pair.Second.At) && timeline.Where(entry => entry.Kind is HistoryKind.Planned).All(planned => planned.DueAt >= planned.At || planned.Reason is Reason.PromiseRearmed);
        }, iter: 1_500);

    [Fact]
    public void Nothing_is_sent_on_a_channel_after_its_stop_until_start() =>
        AnyScript.Sample(request =>
        {
            var stopped = request.Script.Where(line => line is { Do: ScriptVerb.Message, Author: Author.Contact, Text: "STOP" }).ToList();
            var started = request.Script.Where(line => line is { Do: ScriptVerb.Message, Author: Author.Contact, Text: "START" }).ToList();
            return FollowUps(request).All(sent => stopped.All(stop => stop.Channel != sent.Channel || sent.At < stop.At || started.Any(start => start.Channel == stop.Channel && start.At >= stop.At && start.At <= sent.At)));
        }, iter: 1_500);

    [Fact]
    public void Receipts_in_any_order_and_number_end_in_one_state() =>
        Gen.OneOf(Delivery.Accepted, Delivery.Delivered, Delivery.Read, Delivery.Undelivered).Array[1, 6].Sample(receipts =>
        {
            var once = Merged(receipts);
            return receipts.Length > 5 || Permutations(receipts).All(order => Merged(order) == once) && Merged([.. receipts, .. receipts]) == once;
        }, iter: 200);

    private static Delivery? Merged(IEnumerable<Delivery> receipts)
    {
        var message = new Message { Id = "m", Author = Author.FollowUp, Channel = Channel.Sms, At = Start, Delivery = Delivery.Accepted, ProviderId = "SM1" };
        var conversation = new Conversation { Messages = [message] };
        var now = new Circumstances { Now = Start, ConversationId = "c", Workspace = new Workspaces.WorkspaceSettings(), Connections = new Dictionary<Channel, string>(), Token = "t" };
        foreach (var state in receipts)
        {
            conversation = ConversationDecider.Decide(conversation, new ConversationEvent.ReceiptCame(new Receipt { MessageId = "SM1", State = state }), now).Conversation;
        }

        return conversation.Messages[0].Delivery;
    }

    private static IEnumerable<Delivery[]> Permutations(Delivery[] items) =>
        items.Length <= 1 ? [items] : items.SelectMany((item, index) => Permutations([.. items[..index], .. items[(index + 1)..]]).Select(rest => (Delivery[])[item, .. rest]));

    private static IEnumerable<TimelineEntry> FollowUps(SimulationRequest request) =>
        Simulator.Run(request).Value!.Timeline.Where(entry => entry is { Kind: HistoryKind.Sent, StepId: not null });

    private static Bot BotOf(bool switching, int delay)
    {
        var steps = Enumerable.Range(1, 5).Select(number => Some.Step($"n{number}", delay * number, DelayUnit.Hours)).Where(step => step.Delay!.Value <= 720).ToArray();
        var bot = Some.Bot.Nudging(steps).NineToSix();
        return switching ? bot.Switching() : bot;
    }

    private static ScriptLine LineOf(int minute, int verb, int text, int channel)
    {
        var line = new ScriptLine { At = Start.AddMinutes(minute), Do = ScriptVerb.Message, Channel = channel switch { 0 => Channel.LiveChat, 1 => Channel.Sms, _ => Channel.WhatsApp } };
        return verb switch
        {
            < 6 => line with { Author = Author.Contact, Text = Texts[text] },
            < 11 => line with { Author = Author.Bot, Text = "From 40. Shall I show you?" },
            11 => line with { Author = Author.Agent, Text = "Sam here.", By = "user-7" },
            12 => line with { Do = ScriptVerb.Presence, Present = text % 2 == 0 },
            13 => line with { Do = text % 2 == 0 ? ScriptVerb.Deactivate : ScriptVerb.Activate },
            14 => line with { Do = ScriptVerb.Outcome, Outcome = (SimulatedOutcome)(text % 4) },
            _ => line with { Do = text % 2 == 0 ? ScriptVerb.Pause : ScriptVerb.Resume },
        };
    }
}
