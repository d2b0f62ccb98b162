using FollowUp.Workspaces;
using Xunit;

namespace FollowUp.Grains;

/// <summary>What a model may cost a day, over several silos.</summary>
public sealed class TokenBudgetTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task A_limit_holds_over_silos_but_for_the_texts_under_way()
    {
        const long Limit = 10_000;
        TokenBudget[] silos = [new(engine.Grains), new(engine.Grains), new(engine.Grains)];
        var spent = 0L;
        for (var i = 0; i < 1_000; i++)
        {
            var silo = silos[i % silos.Length];
            if (!await silo.IsSpentAsync("acme", Limit))
            {
                silo.Spend("acme", 90);
                spent += 90;
            }
        }

        Assert.InRange(spent, Limit - (silos.Length * Limit / 50), Limit + (silos.Length * 90));
        Assert.All(silos, silo => Assert.True(silo.IsSpentAsync("acme", Limit).AsTask().Result));
        Assert.False(await silos[0].IsSpentAsync("other", Limit));
        Assert.False(await silos[0].IsSpentAsync("acme", 0));
    }

    [Fact]
    public async Task What_was_granted_is_stored_in_blocks()
    {
        var silo = new TokenBudget(engine.Grains);
        var writes = engine.Storage.WritesOf("tokens");
        for (var i = 0; i < 100; i++)
        {
            Assert.False(await silo.IsSpentAsync("blocks", 100_000));
            silo.Spend("blocks", 100);
        }

        Assert.InRange(engine.Storage.WritesOf("tokens") - writes, 1, 6);
    }
}
