using FollowUp.LiveChat;
using FollowUp.Security;
using FollowUp.Webhooks.Meta;
using FollowUp.Webhooks.Twilio;
using Microsoft.AspNetCore.Authorization;
using Xunit;

namespace FollowUp.ClientGateway;

public sealed class RoutesTests
{
    // Open on purpose: health, documentation, sign-in, the widget, and web hooks that bring a signature instead of a key.
    private static readonly string[] Open = ["/health", "/openapi", "/scalar", "/sign-", "/live-chat", "/webhooks", "/", "/favicon.ico"];

    [Fact]
    public void Every_route_names_its_policy_or_says_that_it_is_open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<IGrainFactory>(_ => throw new InvalidOperationException("No grain is called here."));
        builder.Services.AddFollowUpGateway(builder.Configuration);
        builder.Services.AddTwilioWebhooks();
        builder.Services.AddLiveChat(builder.Configuration);
        var app = builder.Build();
        app.MapFollowUpGateway();
        app.MapTwilioWebhooks();
        app.MapMetaWebhooks();
        app.MapLiveChat();

        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.True(routes.Count > 60, $"{routes.Count} routes");
        foreach (var route in routes)
        {
            var pattern = $"/{route.RoutePattern.RawText!.TrimStart('/')}";
            var open = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var policy = route.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
            Assert.True(open ? Open.Any(start => start == "/" ? pattern == "/" : pattern.StartsWith(start, StringComparison.Ordinal)) : policy is Policies.Admin or Policies.Agent or Policies.Ingest or Policies.Reader, $"{pattern} is open={open}, policy={policy}");
        }
    }
}
