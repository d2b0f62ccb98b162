using FollowUp;
using FollowUp.Ai;
using FollowUp.Clock;
using FollowUp.Connectors;
using FollowUp.Connectors.Meta;
using FollowUp.Connectors.Twilio;
using FollowUp.Demo;
using FollowUp.Hosting;
using FollowUp.Telemetry;
using FollowUp.WebHooks;

return await Defaults.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    var withGateway = builder.Configuration.GetValue("Gateway:Enabled", ClusterStorage.Of(builder.Configuration).IsStandalone);
    builder.AddDefaults(withGateway ? "http://localhost:8080" : $"http://localhost:{Defaults.FreePort(8090)}");
    builder.AddEngineClock();
    builder.AddSilo();
    builder.AddTelemetry();
    builder.Services.AddFollowUpGrains();
    builder.Services.AddLanguageModels();
    builder.Services.AddSecrets();
    builder.Services.AddSendPace();
    builder.Services.AddTwilio();
    builder.Services.AddMeta();
    builder.Services.AddWebHooks();
    builder.Services.AddDemo(builder.Configuration);
    if (withGateway)
    {
        builder.AddGateway();
    }

    var app = builder.Build();
    if (withGateway)
    {
        app.MapGateway();
    }
    else
    {
        app.MapHealth();
    }

    app.MapTelemetry();
    return app;
});
