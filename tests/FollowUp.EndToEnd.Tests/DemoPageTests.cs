using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The page a newcomer sees, in a real browser.</summary>
public sealed class DemoPageTests : IAsyncLifetime
{
    private Engine engine = null!;

    public async ValueTask InitializeAsync()
    {
        engine = await Engine.StartNewAsync(speed: 60);
        await Engine.UntilAsync(async () => (await engine.Http.GetAsync("/api/v1/connections/demo")).IsSuccessStatusCode, "the demo connection");
    }

    public async ValueTask DisposeAsync() => await engine.DisposeAsync();

    [Fact]
    public async Task The_chat_page_gets_the_answer_and_the_planned_nudge_and_shows_why()
    {
        await using var browser = await Browser.OpenAsync(engine.BaseUrl);
        await Engine.UntilAsync(async () => (bool?)await browser.EvaluateAsync("!!document.querySelector('#chat')?.followUp") is true, "the widget");
        await browser.EvaluateAsync("document.querySelector('[data-say=\"How much is it?\"]').click()");
        async Task<int> MessagesAsync() => (int?)await browser.EvaluateAsync("document.querySelector('#chat').shadowRoot.querySelectorAll('li').length") ?? 0;

        // The visitor's own, the answer, and ten engine minutes (ten seconds) later the nudge.
        await Engine.UntilAsync(async () => await MessagesAsync() == 2, "the answer");
        await Engine.UntilAsync(async () => ((string?)await browser.EvaluateAsync("document.querySelector('#because').textContent"))!.Contains("stopped responding", StringComparison.Ordinal), "the plan and its reason");
        await Engine.UntilAsync(async () => await MessagesAsync() == 3, "the nudge");
        await Engine.UntilAsync(async () => ((string?)await browser.EvaluateAsync("document.querySelector('#history').textContent"))!.Contains("sent", StringComparison.Ordinal), "the send in the history");
    }
}
