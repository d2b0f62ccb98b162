using System.Security.Cryptography;
using System.Text;
using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Workspaces;
using Xunit;

namespace FollowUp.Grains;

public sealed class WorkspaceGrainTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task A_save_needs_the_version_it_saw()
    {
        var grain = engine.Grains.GetGrain<IBotGrain>(GrainKeys.Of("default", await engine.BotAsync("etag")));
        var bot = (await grain.GetAsync()).Value!;
        Assert.Equal(ProblemKind.VersionRequired, (await grain.SaveAsync(bot.Value, new SaveOptions())).Problem!.Kind);
        Assert.Equal(ProblemKind.StaleVersion, (await grain.SaveAsync(bot.Value, new SaveOptions { IfMatch = 7 })).Problem!.Kind);
        Assert.Equal(2, (await grain.SaveAsync(bot.Value, new SaveOptions { IfMatch = 1 })).Value!.Version);
        Assert.Equal("Acme", (await grain.GetVersionAsync(1)).Value!.Bot!.Name);
    }

    [Fact]
    public async Task Secrets_go_in_and_come_out_masked_and_a_masked_one_keeps_the_stored()
    {
        var grain = engine.Grains.GetGrain<IConnectionGrain>(GrainKeys.Of("default", $"sms-{await engine.BotAsync("secret")}"));
        var view = (await grain.GetAsync()).Value!;
        Assert.Equal("****ilio", view.Connection.AuthToken);
        await grain.SaveAsync(view.Connection, view.Version);
        Assert.Equal("token-of-twilio", (await grain.OpenAsync())!.AuthToken);
    }

    [Fact]
    public async Task A_key_is_found_by_its_hash_until_it_is_revoked_and_the_last_admin_key_stays()
    {
        var keys = engine.Grains.GetGrain<IApiKeysGrain>("keys");
        Assert.True(await keys.BootstrapAsync("a-bootstrap-key-of-tests"));
        Assert.False(await keys.BootstrapAsync("another-bootstrap-key"));
        var made = (await keys.CreateAsync(Role.Reader, "reports", expiresAt: null)).Value!;
        var lookup = engine.Grains.GetGrain<IApiKeyGrain>(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made.Key))));
        Assert.Equal(Role.Reader, (await lookup.VerifyAsync())!.Role);
        await keys.DeleteAsync(made.Info.KeyId);
        Assert.Null(await lookup.VerifyAsync());
        Assert.Equal("lastAdminKey", (await keys.DeleteAsync((await keys.ListAsync())[0].KeyId)).Problem!.Code);
    }

    [Fact]
    public async Task A_thousand_twins_of_one_idempotency_key_have_one_effect()
    {
        var grain = engine.Grains.GetGrain<IIdempotencyGrain>(GrainKeys.Of("default", "twins"));
        var states = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => grain.BeginAsync("POST /x")));
        Assert.Single(states, state => state.IsFirst);
        Assert.All(states.Where(state => !state.IsFirst), state => Assert.True(state.Running));
        await grain.CompleteAsync(new RecordedAnswer { Status = 202, Body = [1] });
        Assert.Equal(202, (await grain.BeginAsync("POST /x")).Recorded!.Status);
        Assert.True((await grain.BeginAsync("POST /y")).Mismatch);
    }

    [Fact]
    public async Task The_breaker_stops_above_the_floor_until_a_person_opens_it()
    {
        var workspace = engine.Grains.GetGrain<IWorkspaceGrain>("busy");
        await workspace.SaveSettingsAsync(new WorkspaceSettings { Breaker = new BreakerSettings { Floor = 30, Multiple = 3 } }, ifMatch: null);
        var breaker = engine.Grains.GetGrain<IBreakerGrain>("busy");
        int[] granted = [await breaker.LeaseAsync(100, 20), await breaker.LeaseAsync(100, 20), await breaker.LeaseAsync(100, 20)];
        Assert.Equal([20, 10, 0], granted);
        Assert.True((await workspace.GetBreakerAsync()).Tripped);
        Assert.False((await workspace.OpenBreakerAsync("user-7")).Tripped);
    }

    [Fact]
    public async Task Quiet_hours_of_sms_are_narrowed_never_widened()
    {
        var workspace = engine.Grains.GetGrain<IWorkspaceGrain>("quiet");
        var wide = new Dictionary<Channel, HoursWindow> { [Channel.Sms] = new() { From = new TimeOnly(7, 0), To = new TimeOnly(21, 0) } };
        Assert.Contains("quietHours.sms", (await workspace.SaveSettingsAsync(new WorkspaceSettings { QuietHours = wide }, ifMatch: null)).Problem!.Errors!.Keys);
    }
}
