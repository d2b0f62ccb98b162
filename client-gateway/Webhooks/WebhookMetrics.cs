using System.Diagnostics.Metrics;

namespace FollowUp.Webhooks;

/// <summary>What became of webhooks, by provider: <c>taken</c>, <c>forbidden</c>, <c>noSecret</c>, <c>tooLarge</c>, <c>quarantined</c>.</summary>
internal static class WebhookMetrics
{
    private static readonly Meter Meter = new("FollowUp");

    private static readonly Counter<long> Webhooks = Meter.CreateCounter<long>("followup.webhooks", description: "Webhooks by provider and outcome.");

    public static void Count(string provider, string outcome, long count = 1) => Webhooks.Add(count, new("provider", provider), new("outcome", outcome));
}
