using System.Security.Cryptography;
using System.Text;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Workspaces;

namespace FollowUp.Webhooks.Meta;

/// <summary>Hands the events of one webhook to their conversations: those of one contact in their order, different contacts side by side.</summary>
internal sealed partial class MetaDelivery(string workspace, string connectionId, Connection connection, IGrainFactory grains, TimeProvider time, ILogger logger)
{
    private const int SideBySide = 16;

    private readonly Dictionary<string, MetaTarget?> targets = [];

    public async Task TakeAsync(MetaBatch batch, CancellationToken cancellationToken)
    {
        foreach (var (why, payload) in batch.Unknown)
        {
            await QuarantineAsync(why, payload);
        }

        var sorted = new Dictionary<(string Account, string? Contact), List<(MetaTarget Target, MetaEvent Told)>>();
        foreach (var told in batch.Events)
        {
            if (told is MetaEvent.Template template)
            {
                await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(workspace, connectionId)).SetTemplateAsync(template.Name, template.Usable);
            }
            else if (await TargetAsync(told.Account) is { } target)
            {
                var key = (told.Account, told.Contact);
                (sorted.TryGetValue(key, out var known) ? known : sorted[key] = []).Add((target, told));
            }
            else
            {
                await QuarantineAsync("It is about an account that no connection of the workspace has.", $"{told.Account} {told.GetType().Name}");
            }
        }

        await Parallel.ForEachAsync(sorted, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken }, async (contact, _) =>
        {
            foreach (var (target, told) in contact.Value)
            {
                await TakeAsync(target, told);
            }
        });
    }

    private async Task TakeAsync(MetaTarget target, MetaEvent told)
    {
        if (target.Channel is Channel.Instagram && told is MetaEvent.Signal { Kind: ChannelSignalKind.WindowOpened })
        {
            // Only a message opens Instagram's window.
            return;
        }

        switch (told)
        {
            case MetaEvent.Message message:
                await MessageAsync(target, message);
                break;
            case MetaEvent.Echo echo:
                await EchoAsync(target, echo);
                break;
            case MetaEvent.Status status when (status.ConversationId ?? await FindAsync(target, told)) is { } id:
                await Conversation(id).PostReceiptAsync(new Receipt { MessageId = status.Id, ProviderMessageId = status.Id, AttemptId = status.AttemptId, State = status.State, ErrorCode = status.ErrorCode });
                break;
            case MetaEvent.Signal signal when await FindAsync(target, told) is { } id:
                await SignalAsync(target, signal, id);
                break;
        }
    }

    private async Task MessageAsync(MetaTarget target, MetaEvent.Message told)
    {
        var known = await FindAsync(target, told);
        var id = known ?? await Book.FindOrCreateAsync(target.Channel, told.Contact!);
        var message = new IncomingMessage
        {
            MessageId = told.Id,
            Author = Author.Contact,
            Channel = target.Channel,
            Text = told.Text,
            SentAt = InstantOf(told),
            BotId = target.Connection.BotId,
            ConnectionId = target.ConnectionId,
            Attachments = told.Attachments,
            Contact = ContactOf(target, told, known is not null, told.Name),
        };
        var answer = await Conversation(id).PostMessageAsync(message);
        if (answer.Problem is { Code: "addressTaken" })
        {
            // The number has gone over to somebody else meanwhile; the user id still says who writes.
            answer = await Conversation(id).PostMessageAsync(message with { Contact = new ContactData() });
        }

        if (answer.Problem is { } problem)
        {
            await QuarantineAsync($"A message was not taken: {problem.Code}.", told.Id);
        }
        else if (told.Alias is { } alias)
        {
            await Book.LinkAsync(target.Channel, alias, id);
        }
    }

    private async Task EchoAsync(MetaTarget target, MetaEvent.Echo told)
    {
        var known = await FindAsync(target, told);
        if (told.Contact is null || (known is null && told.AttemptId is not null))
        {
            return;
        }

        var id = known ?? await Book.FindOrCreateAsync(target.Channel, told.Contact);
        var ours = told.AppId is not null && told.AppId == target.Connection.AppId;
        var message = new IncomingMessage
        {
            MessageId = told.Id,
            Author = ours ? Author.Bot : Author.Agent,
            Channel = target.Channel,
            Text = told.Text,
            SentAt = InstantOf(told),
            BotId = target.Connection.BotId,
            ConnectionId = target.ConnectionId,
            Attachments = told.Attachments,
            Contact = ContactOf(target, told, known is not null, name: null),
            By = ours ? null : told.AppId is { } app ? $"app-{app}" : "inbox",
        };
        if ((await Conversation(id).PostEchoAsync(message, told.AttemptId)).Problem is { } problem)
        {
            await QuarantineAsync($"An echo was not taken: {problem.Code}.", told.Id);
        }
    }

    private async Task SignalAsync(MetaTarget target, MetaEvent.Signal told, string id)
    {
        // Without an app id on the connection the event's own direction is believed.
        var kind = told.OwnerAppId is { } owner && target.Connection.AppId is { } ours
            ? owner == ours ? ChannelSignalKind.ThreadReturned : ChannelSignalKind.ThreadTaken
            : told.Kind;
        await Conversation(id).PostSignalAsync(new ChannelSignal
        {
            Kind = kind,
            Channel = target.Channel,
            At = InstantOf(told) ?? time.GetUtcNow(),
            MessageId = told.MessageId,
            Text = told.Text,
            By = told.By,
        });
        if (told is { Kind: ChannelSignalKind.AddressChanged, Text: { } address })
        {
            await Book.LinkAsync(target.Channel, address, id);
        }
    }

    private IAddressBookGrain Book => grains.GetGrain<IAddressBookGrain>(workspace);

    private IConversationGrain Conversation(string id) => grains.GetGrain<IConversationGrain>(GrainKeys.Of(workspace, id));

    private DateTimeOffset? InstantOf(MetaEvent told) => told.At is { } at ? EngineTime.Of(at, time) : null;

    // The user id outlives a change of the number, so it is asked first.
    private async Task<string?> FindAsync(MetaTarget target, MetaEvent told) =>
        (told.Alias is { } alias ? await Book.FindAsync(target.Channel, alias) : null)
        ?? (told.Contact is { } contact ? await Book.FindAsync(target.Channel, contact) : null);

    // A user id never takes the place of a number that is known.
    private static ContactData ContactOf(MetaTarget target, MetaEvent told, bool known, string? name) => new()
    {
        Name = known ? null : name,
        Addresses = known && target.Channel is Channel.WhatsApp && !told.Contact!.StartsWith('+') ? null : new Dictionary<Channel, string> { [target.Channel] = told.Contact! },
    };

    /// <summary>The connection that an account belongs to: this one, else another of the workspace with the same app; null: none.</summary>
    private async Task<MetaTarget?> TargetAsync(string account)
    {
        if (targets.TryGetValue(account, out var known))
        {
            return known;
        }

        var target = ChannelOf(connection, account) is { } channel ? new MetaTarget(connectionId, connection, channel) : await SiblingAsync(account);
        targets[account] = target;
        return target;
    }

    // An app has one address for the webhooks of all its pages and numbers.
    private async Task<MetaTarget?> SiblingAsync(string account)
    {
        foreach (var view in await grains.GetGrain<IWorkspaceGrain>(workspace).ListConnectionsAsync())
        {
            if (view.Connection.Kind is ConnectionKind.Meta && ChannelOf(view.Connection, account) is { } channel
                && await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(workspace, view.ConnectionId)).OpenAsync() is { AppSecret: { } secret } sibling
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(connection.AppSecret!)))
            {
                return new MetaTarget(view.ConnectionId, sibling, channel);
            }
        }

        return null;
    }

    private static Channel? ChannelOf(Connection connection, string account) =>
        account.Length == 0 ? null
        : account == connection.PageId ? Channel.Messenger
        : account == connection.InstagramId ? Channel.Instagram
        : account == connection.PhoneNumberId ? Channel.WhatsApp
        : null;

    private async Task QuarantineAsync(string why, string payload)
    {
        WebhookMetrics.Count("meta", "quarantined");
        LogQuarantined(logger, why);
        await grains.GetGrain<IQuarantineGrain>(GrainKeys.Of(workspace, connectionId)).KeepAsync(why, payload);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A part of a signed Meta webhook was left aside: {Why}")]
    private static partial void LogQuarantined(ILogger logger, string why);
}

/// <summary>Where an account's events go.</summary>
internal sealed record MetaTarget(string ConnectionId, Connection Connection, Channel Channel);
