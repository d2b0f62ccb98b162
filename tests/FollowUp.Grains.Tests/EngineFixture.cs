using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Reminders;
using Orleans.Storage;
using Orleans.TestingHost;
using Xunit;

namespace FollowUp.Grains;

/// <summary>A real in-process silo with fakes at its edges and one clock that only the test moves.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private InProcessTestCluster cluster = null!;

    /// <summary>A Tuesday noon.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public CountingStorage Storage { get; } = new();

    public CountingReminders Reminders { get; } = new();

    public FakeConnector Twilio { get; } = new();

    public FakeWriter Writer { get; } = new();

    public PlainProtector Protector { get; } = new();

    public IGrainFactory Grains => cluster.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddReminders();
            silo.Configure<ReminderOptions>(options =>
            {
                options.ReminderLoadingWindow = TimeSpan.FromDays(400);
            });
            silo.Services.AddSingleton<IReminderTable>(Reminders);
            silo.Services.AddKeyedSingleton<IGrainStorage>(StorageNames.FollowUp, Storage);
            silo.Services.AddSingleton<ITranscriptStore>(Storage);
            silo.Services.AddSingleton<IConversationIndex>(Storage);
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, Time);
            foreach (var area in (string[])[TimeProviderNames.Grains, TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.Membership, TimeProviderNames.ActivationManagement, TimeProviderNames.GrainDirectory])
            {
                silo.Services.AddKeyedSingleton(area, TimeProvider.System);
            }

            silo.Services.AddSingleton<IEngineSpeed, RealSpeed>();
            silo.Services.AddSingleton<IAddressHasher, PlainHasher>();
            silo.Services.AddSingleton<ISecretProtector>(Protector);
            silo.Services.AddKeyedSingleton<IChannelConnector>(ConnectionKind.Twilio, Twilio);
            silo.Services.AddSingleton<IMessageWriter>(Writer);
            silo.Services.AddFollowUpGrains();
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync() => await cluster.DisposeAsync();

    public IConversationGrain Conversation(string id) => Grains.GetGrain<IConversationGrain>(GrainKeys.Of("default", id));

    /// <summary>A bot whose nudge comes after two hours, and its SMS connection.</summary>
    public async Task<string> BotAsync(string id, OwnAnswers answers = OwnAnswers.External, bool requested = false, bool switching = false)
    {
        var bot = new Bot
        {
            Name = "Acme",
            OwnAnswers = answers,
            TimeZone = "UTC",
            FollowUp = new FollowUpSettings
            {
                ChannelSwitching = new ChannelSwitching { Enabled = switching },
                Scenarios = new Scenarios
                {
                    StoppedResponding = new ScenarioSettings
                    {
                        Steps = [new FollowUpStep { Id = "n1", Delay = Delay.Of(2, DelayUnit.Hours), Message = new StepMessage { Kind = MessageKind.Ai } }],
                    },
                    RequestedFollowUp = requested ? new ScenarioSettings { Steps = [new FollowUpStep { Id = "a1", Message = new StepMessage { Kind = MessageKind.Ai } }] } : null,
                },
            },
        };
        Assert.Null((await Grains.GetGrain<IBotGrain>(GrainKeys.Of("default", id)).SaveAsync(bot, new SaveOptions())).Problem);
        var connection = new Connection { Kind = ConnectionKind.Twilio, BotId = id, AccountSid = $"AC{new string('0', 32)}", AuthToken = "token-of-twilio", From = "+14155550100" };
        Assert.Null((await Grains.GetGrain<IConnectionGrain>(GrainKeys.Of("default", $"sms-{id}")).SaveAsync(connection, ifMatch: null)).Problem);
        return id;
    }

    public static IncomingMessage FromContact(string id, string bot, string text, string number) => new()
    {
        MessageId = id,
        Author = Author.Contact,
        Channel = Channel.Sms,
        Text = text,
        BotId = bot,
        Contact = new ContactData { Addresses = new Dictionary<Channel, string> { [Channel.Sms] = number } },
    };

    public static IncomingMessage FromBot(string id, string text) => new() { MessageId = id, Author = Author.Bot, Channel = Channel.Sms, Text = text };

    /// <summary>Moves the clock in steps that no reminder misses, until something a user would notice happened.</summary>
    public async Task AdvanceUntilAsync(Func<Task<bool>> happened, TimeSpan atMost)
    {
        var step = TimeSpan.FromSeconds(30);
        for (var passed = TimeSpan.Zero; passed <= atMost; passed += step)
        {
            Time.Advance(step);
            for (var look = 0; look < 20; look++)
            {
                if (await happened())
                {
                    return;
                }

                await Task.Yield();
            }
        }

        await SettleAsync(happened);
    }

    /// <summary>Waits for work that is under way outside the turns.</summary>
    public static async Task SettleAsync(Func<Task<bool>> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await happened())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
