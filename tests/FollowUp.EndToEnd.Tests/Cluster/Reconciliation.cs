using System.Text.Json.Nodes;

namespace FollowUp.EndToEnd.Cluster;

/// <summary>Holds three records against each other: what was acknowledged to the talkers, what the provider took, what the engine shows.</summary>
internal sealed class Reconciliation
{
    /// <summary>A send that was with the provider when the reply was acknowledged may arrive this much later.</summary>
    private static readonly TimeSpan Crossing = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(1);

    private readonly List<double> late = [];
    private readonly List<double> lateOfDead = [];

    public int Due { get; private set; }
    public int Sent { get; private set; }
    public int Uncertain { get; private set; }
    public int Lost { get; private set; }
    public int Doubled { get; private set; }
    public int Crossed { get; private set; }

    /// <summary>Steps that went out although a reply had been acknowledged before.</summary>
    public int AfterReply { get; private set; }

    public int Acked { get; private set; }
    public int Stored { get; private set; }
    public List<string> Findings { get; } = [];

    /// <summary>Seconds from the due time to the provider, of steps due while a silo was dead.</summary>
    public double WorstOfDead => lateOfDead.DefaultIfEmpty().Max();

    public static async Task<Reconciliation> OfAsync(EngineCluster cluster, ClusterStorm storm, StormPlan plan)
    {
        var found = new Reconciliation();
        foreach (var conversation in storm.Conversations)
        {
            await found.CountAsync(cluster, storm, plan, conversation);
        }

        return found;
    }

    public string Line(int kills, int seed) =>
        $"kills={kills} due={Due} sent={Sent} uncertain={Uncertain} lost={Lost} doubled={Doubled} acked={Acked} stored={Stored} afterReply={AfterReply} crossed={Crossed} seed={seed}";

    public string LatenessLine() => $"late, all {late.Count}: {Percentiles(late)}; due while a silo was dead, {lateOfDead.Count}: {Percentiles(lateOfDead)}";

    private async Task CountAsync(EngineCluster cluster, ClusterStorm storm, StormPlan plan, StormConversation conversation)
    {
        var history = (await cluster.GetAsync($"conversations/{conversation.Id}/response-info"))["history"]!.AsArray();
        var sent = Steps(history, "sent");
        var uncertain = Steps(history, "uncertain").Except(sent).ToHashSet();
        var taken = storm.TakenBy(conversation.Number).OrderBy(line => line.At).ToList();
        Sent += sent.Count;
        Uncertain += uncertain.Count;
        Due += sent.Count + uncertain.Count;
        var doubled = Math.Max(0, taken.Count - sent.Count - uncertain.Count);
        var unseen = Math.Max(0, sent.Count - taken.Count);
        Doubled += doubled;

        // What the talkers' own record says had to go out.
        var missing = 0;
        for (var i = 0; i < conversation.Episodes.Count; i++)
        {
            var episode = conversation.Episodes[i];
            var next = i + 1 < conversation.Episodes.Count ? conversation.Episodes[i + 1] : null;
            var until = next?.ContactWroteAt ?? DateTimeOffset.MaxValue;
            var lines = taken.Where(line => line.At >= episode.AnchorAt && line.At < (next?.ContactAckedAt ?? DateTimeOffset.MaxValue)).ToList();
            var unknown = history.Count(line => (string?)line!["kind"] == "uncertain" && AtOf(line) >= episode.AnchorAt && AtOf(line) < until);
            missing += Math.Max(0, Owed(episode, until, plan) - lines.Count - unknown);
            Measure(storm, episode, [.. lines.Select(line => line.At)]);
            foreach (var line in next is null ? [] : taken.Where(line => line.At >= next.ContactAckedAt && line.At < next.AnchorAt + Delay))
            {
                if (line.At < next!.ContactAckedAt + Crossing)
                {
                    Crossed++;
                }
                else
                {
                    AfterReply++;
                    Findings.Add($"{conversation.Id}: {line.At:O} after the reply of {next.ContactAckedAt:O}");
                }
            }
        }

        Lost += missing + unseen;
        Due += missing;
        var stored = (await Transcript.ReadAsync(cluster, conversation.Id)).GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
        Acked += conversation.Acked.Count;
        Stored += conversation.Acked.Count(id => stored.GetValueOrDefault(id) == 1);
        if (missing + unseen + doubled > 0 || conversation.Acked.Any(id => stored.GetValueOrDefault(id) != 1))
        {
            Findings.Add($"{conversation.Id}: missing={missing} unseen={unseen} doubled={doubled} taken=[{string.Join(", ", taken.Select(line => $"{line.At:O} {line.Attempt}"))}] episodes=[{string.Join(", ", conversation.Episodes.Select(episode => $"{episode.AnchorAt:O} {(episode.IsLeftAlone ? "alone" : "replied")}"))}] history={history.ToJsonString()}");
        }
    }

    // A step is owed when nobody wrote until it was due and ninety seconds more.
    private static int Owed(Episode episode, DateTimeOffset until, StormPlan plan) =>
        episode.IsLeftAlone ? plan.Steps : until > episode.AnchorAt + Delay + TimeSpan.FromSeconds(90) ? 1 : 0;

    private void Measure(ClusterStorm storm, Episode episode, List<DateTimeOffset> at)
    {
        var due = episode.AnchorAt + Delay;
        foreach (var sentAt in at)
        {
            // A step that was due before the engine heard of it is as late as the telling.
            var from = due > episode.BotAckedAt ? due : episode.BotAckedAt;
            var seconds = Math.Max(0, (sentAt - from).TotalSeconds);
            late.Add(seconds);
            if (storm.SilosDown.Any(down => from >= down.From && from <= down.To))
            {
                lateOfDead.Add(seconds);
            }

            due = sentAt + Delay;
        }
    }

    private static HashSet<string> Steps(JsonArray history, string kind) =>
        [.. history.Where(line => (string?)line!["kind"] == kind && line["stepId"] is not null).Select(line => $"{line!["planId"]}/{line["stepId"]}")];

    private static DateTimeOffset AtOf(JsonNode line) => DateTimeOffset.Parse((string)line["at"]!);

    private static string Percentiles(List<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        double At(double share) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
        return $"p50={At(0.5):F1}s p99={At(0.99):F1}s max={At(1):F1}s";
    }
}
