using FollowUp;
using FollowUp.Hosting;
using FollowUp.Telemetry;

return await Defaults.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddDefaults();
    builder.AddClusterClient();
    builder.AddGatewayTelemetry();
    builder.AddGateway();
    builder.Services.AddSingleton(TimeProvider.System);

    var app = builder.Build();
    app.MapGateway();
    app.MapGatewayTelemetry();
    return app;
});
