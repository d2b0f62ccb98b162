using FollowUp.Conversations;
using FollowUp.Effects;
using FollowUp.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace FollowUp.Channels;

/// <summary>Finds what contacts wrote on a connection while its webhooks could not be delivered. Key: <c>workspace|connectionId</c>.</summary>
[Alias("followup.ICatchUpGrain")]
internal interface ICatchUpGrain : IGrainWithStringKey
{
    /// <summary>True: what was missed is not in yet, and is being asked for. Never waits for the provider.</summary>
    [Alias("IsBehind"), AlwaysInterleave]
    Task<bool> IsBehindAsync();

    /// <summary>Asks regularly from now on.</summary>
    [Alias("Watch")]
    Task WatchAsync();

    [Alias("Unwatch")]
    Task UnwatchAsync();
}

/// <summary>How far a connection's list was read.</summary>
public sealed class CatchUpState
{
    /// <summary>Everything that the provider received before is in. Real time.</summary>
    public DateTimeOffset? ReadUntil { get; set; }
}

/// <summary>A provider gives an undeliverable webhook up (Twilio at once), but lists what it received: the list is read regularly, and after every gap before a follow-up goes out (docs/decisions/catch-up.md).</summary>
internal sealed partial class CatchUpGrain(
    [PersistentState("catchup", StorageNames.FollowUp)] IPersistentState<CatchUpState> stored,
    IServiceProvider services,
    IOptions<SendingOptions> options,
    TimeProvider time,
    IEngineSpeed speed,
    ILogger<CatchUpGrain> logger) : Grain, ICatchUpGrain, IRemindable
{
    private const string ReminderName = "catch-up";

    /// <summary>A reminder with a longer period than the loading window would lose ticks.</summary>
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMinutes(9);

    /// <summary>Providers list a message a little after they received it.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Task? reading;
    private long? readAt;
    private long? failingSince;
    private bool? watches;

    public async Task<bool> IsBehindAsync()
    {
        if (await SourceAsync() is null || IsRecent(2 * options.Value.CatchUpEvery))
        {
            return false;
        }

        if (watches is null)
        {
            await WatchAsync();
        }

        Begin();

        // A provider that cannot be asked for long must not silence the business for ever.
        return failingSince is not { } since || TimeProvider.System.GetElapsedTime(since) < options.Value.CatchUpPatience;
    }

    public async Task WatchAsync()
    {
        if (watches is true || await SourceAsync() is null)
        {
            return;
        }

        var period = options.Value.CatchUpEvery * speed.Value;
        period = period > LongestPeriod ? LongestPeriod : period < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : period;
        await this.RegisterOrUpdateReminder(ReminderName, period, period);
        watches = true;
        Begin();
    }

    public async Task UnwatchAsync()
    {
        watches = null;
        if (await this.GetReminder(ReminderName) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        watches = true;
        if (!IsRecent(options.Value.CatchUpEvery))
        {
            Begin();
        }

        return Task.CompletedTask;
    }

    private bool IsRecent(TimeSpan within) => readAt is { } at && TimeProvider.System.GetElapsedTime(at) < within;

    // Between the grain's turns, so that whoever asks is answered at once.
    private void Begin()
    {
        if (reading is null or { IsCompleted: true })
        {
            reading = ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var (startedAt, started) = (DateTimeOffset.UtcNow, TimeProvider.System.GetTimestamp());
        try
        {
            if (await SourceAsync() is not var (source, connection))
            {
                return;
            }

            if (stored.State.ReadUntil is { } until)
            {
                using var deadline = new CancellationTokenSource(Patience);
                if (await source.ListAsync(connection, until - Overlap, deadline.Token) is { } found)
                {
                    await TakeAsync(connection, found);
                }
                else
                {
                    LogRefused();
                }
            }

            stored.State.ReadUntil = startedAt;
            await stored.WriteStateAsync();
            (readAt, failingSince) = (started, null);
        }
#pragma warning disable CA1031 // Nothing was missed for good: the next tick reads from the same place.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            failingSince ??= started;
            LogFailed(failure.GetType().Name);
            if (failure is Orleans.Storage.InconsistentStateException)
            {
                DeactivateOnIdle();
            }
        }
    }

    private async Task TakeAsync(Connection connection, IReadOnlyList<MissedMessage> found)
    {
        var (workspace, id) = GrainKeys.Parse(this.GetPrimaryKeyString());
        var book = GrainFactory.GetGrain<IAddressBookGrain>(workspace);
        foreach (var message in found.OrderBy(message => message.SentAt))
        {
            var conversation = await book.FindOrCreateAsync(message.Channel, message.From);
            var ago = DateTimeOffset.UtcNow - message.SentAt;
            await GrainFactory.GetGrain<IConversationGrain>(GrainKeys.Of(workspace, conversation)).PostMessageAsync(new IncomingMessage
            {
                MessageId = message.MessageId,
                Author = Author.Contact,
                Channel = message.Channel,
                Text = message.Text,
                SentAt = time.GetUtcNow() - (ago * speed.Value),
                BotId = connection.BotId,
                ConnectionId = id,
                Attachments = message.Attachments,
                Contact = new ContactData { Addresses = new Dictionary<Channel, string> { [message.Channel] = message.From } },
            });
        }
    }

    private async Task<(IMissedInbound Source, Connection Connection)?> SourceAsync() =>
        await GrainFactory.GetGrain<IConnectionGrain>(this.GetPrimaryKeyString()).OpenAsync() is { } connection && services.GetKeyedService<IMissedInbound>(connection.Kind) is { } source
            ? (source, connection)
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "What contacts wrote during an outage could not be asked for ({Failure}); it is tried again")]
    private partial void LogFailed(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider refuses to list what contacts wrote: messages whose webhook was lost are not found")]
    private partial void LogRefused();
}
