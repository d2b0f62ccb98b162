using FollowUp;
using FollowUp.Clock;
using FollowUp.Connectors;
using FollowUp.Connectors.Meta;
using FollowUp.Connectors.Twilio;
using FollowUp.Demo;
using FollowUp.Hosting;
using FollowUp.LiveChat;
using FollowUp.Telemetry;
using FollowUp.WebHooks;
using FollowUp.Webhooks.Meta;
using FollowUp.Webhooks.Twilio;

var builder = WebApplication.CreateBuilder(args);

builder.AddDefaults();
builder.AddEngineClock();
builder.AddSilo();
builder.AddTelemetry();
builder.Services.AddFollowUpGrains();
builder.Services.AddSecrets();
builder.Services.AddSendPace();
builder.Services.AddTwilio();
builder.Services.AddMeta();
builder.Services.AddWebHooks();
builder.Services.AddFollowUpGateway(builder.Configuration);
builder.Services.AddTwilioWebhooks();
builder.Services.AddLiveChat(builder.Configuration);
builder.Services.AddDemo(builder.Configuration);
builder.Services.AddHostedService<Welcome>();

var app = builder.Build();

app.UseFollowUpGateway();
app.MapFollowUpGateway();
app.MapTwilioWebhooks();
app.MapMetaWebhooks();
app.MapLiveChat();
app.MapDashboard();
app.MapTelemetry();

await app.RunAsync();
