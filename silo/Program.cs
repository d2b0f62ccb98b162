using FollowUp;
using FollowUp.Ai;
using FollowUp.Clock;
using FollowUp.Connectors.Twilio;
using FollowUp.Demo;
using FollowUp.Hosting;
using FollowUp.LiveChat;
using FollowUp.Telemetry;
using FollowUp.Webhooks.Twilio;

var builder = WebApplication.CreateBuilder(args);

builder.AddDefaults();
builder.AddEngineClock();
builder.AddSilo();
builder.AddTelemetry();
builder.Services.AddFollowUpGrains();
builder.Services.AddLanguageModels();
builder.Services.AddSecrets();
builder.Services.AddTwilio();
builder.Services.AddFollowUpGateway(builder.Configuration);
builder.Services.AddTwilioWebhooks();
builder.Services.AddLiveChat(builder.Configuration);
builder.Services.AddDemo(builder.Configuration);
builder.Services.AddHostedService<Welcome>();

var app = builder.Build();

app.UseFollowUpGateway();
app.MapFollowUpGateway();
app.MapTwilioWebhooks();
app.MapLiveChat();
app.MapDashboard();
app.MapTelemetry();

await app.RunAsync();
