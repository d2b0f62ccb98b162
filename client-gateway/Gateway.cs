using FollowUp.Hosting;
using FollowUp.LiveChat;
using FollowUp.Security.ProtectionKeys;
using FollowUp.Webhooks.Meta;
using FollowUp.Webhooks.Twilio;

namespace FollowUp;

/// <summary>All that a gateway offers, one line a capability: the same in a process of its own and inside a standalone silo.</summary>
public static class Gateway
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddFollowUpGateway(builder.Configuration);
        builder.Services.AddTwilioWebhooks();
        builder.Services.AddLiveChat(builder.Configuration);
        builder.Services.AddHostedService<Welcome>();
        if (!ClusterStorage.Of(builder.Configuration).IsStandalone)
        {
            builder.Services.ReadKeysLate();
        }
    }

    public static void MapGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseFollowUpGateway();
        app.MapFollowUpGateway();
        app.MapTwilioWebhooks();
        app.MapMetaWebhooks();
        app.MapLiveChat();
        app.MapDashboard();
    }
}
