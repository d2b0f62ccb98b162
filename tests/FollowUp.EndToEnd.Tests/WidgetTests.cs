using System.Net;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The widget as people meet it: a real browser, its tabs, its keyboard, its screen reader, its network.</summary>
public sealed class WidgetTests(WidgetTests.Shared shared, ITestOutputHelper output) : IClassFixture<WidgetTests.Shared>
{
    /// <summary>Bytes of the widget at most, as it is delivered; nothing is minified or compressed for it.</summary>
    private const int LargestWidget = 30_000;

    /// <summary>Everything the tests look at, in the widget's shadow.</summary>
    private const string Chat = "document.querySelector('#chat').shadowRoot";

    private readonly Engine engine = shared.Engine;

    public sealed class Shared() : SharedEngine(speed: 1)
    {
        protected override Task SetUpAsync() =>
            Engine.UntilAsync(async () => (await Engine.Http.GetAsync("/api/v1/connections/demo")).IsSuccessStatusCode, "the demo connection");
    }

    [Fact]
    public async Task It_is_small_and_asks_nobody_else_for_anything()
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync($"{engine.BaseUrl}/live-chat/widget.js");
        var script = await response.Content.ReadAsByteArrayAsync();
        output.WriteLine($"widget.js: {script.Length} bytes as delivered");
        Assert.InRange(script.Length, 1_000, LargestWidget);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{engine.BaseUrl}/live-chat/widget.js");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        await using var browser = await OpenAsync();
        await SayAsync(browser.Page, "How much is it?");
        await Engine.UntilAsync(() => HasAsync(browser.Page, 2), "the answer");
        var foreign = (string?)await browser.EvaluateAsync("performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin).filter(origin => origin !== location.origin).join()");
        Assert.Equal("", foreign);
        Assert.Empty(browser.Page.Complaints);
    }

    [Fact]
    public async Task Two_tabs_show_the_same_conversation_and_typing_and_what_is_read_is_known()
    {
        await using var browser = await OpenAsync();
        var other = await browser.NewTabAsync(engine.BaseUrl);
        await ReadyAsync(other);
        await SayAsync(browser.Page, "How much is it?");

        // While the bot writes, both tabs show it; then its answer is there and the dots are gone.
        await Engine.UntilAsync(() => other.IsAsync($"!{Chat}.querySelector('.typing').hidden"), "the bot's typing in the other tab");
        await Engine.UntilAsync(() => HasAsync(browser.Page, 2), "the answer");
        await Engine.UntilAsync(() => HasAsync(other, 2), "the answer in the other tab");
        await Engine.UntilAsync(() => browser.Page.IsAsync($"{Chat}.querySelector('.typing').hidden"), "the dots to go");
        await SayAsync(other, "Is it blue?");
        await Engine.UntilAsync(async () => await TextsAsync(browser.Page) is { } texts && texts.Contains("Is it blue?", StringComparison.Ordinal) && texts == await TextsAsync(other), "the same in both");

        var conversation = (string?)await browser.EvaluateAsync("session.conversationId");
        await Engine.UntilAsync(async () => (await engine.GetAsync($"conversations/{conversation}/messages"))["items"]!.AsArray().Any(message => (string?)message!["author"] == "bot" && (string?)message["delivery"] == "read"), "the answer to be marked as read");
        await browser.Page.EvaluateAsync($"{Chat}.querySelector('textarea').focus()");
        await browser.Page.TypeAsync("Well, ");
        await Engine.UntilAsync(async () => (bool?)(await engine.GetAsync($"conversations/{conversation}"))["contactTyping"] is true, "the visitor's typing at the business");
    }

    [Fact]
    public async Task Off_and_on_again_nothing_is_lost_or_doubled_on_either_side()
    {
        await using var browser = await OpenAsync();
        await SayAsync(browser.Page, "How much is it?");
        await Engine.UntilAsync(() => HasAsync(browser.Page, 2), "the answer");
        var conversation = (string?)await browser.EvaluateAsync("session.conversationId");

        // The engine dies and comes back: what was written meanwhile, on both sides, is there once and in order.
        await engine.KillAsync();
        await Engine.UntilAsync(() => browser.Page.IsAsync($"{Chat}.querySelector('header p').textContent !== ''"), "the widget to say that it is not connected");
        await SayAsync(browser.Page, "Written while you were away");
        Assert.True(await browser.Page.IsAsync($"!!{Chat}.querySelector('li.waiting')"));
        await engine.StartAsync();
        await engine.PostAsync($"conversations/{conversation}/messages", new { author = "agent", channel = "liveChat", text = "Sam here." });
        await Engine.UntilAsync(() => HasTextsAsync(browser.Page, "Written while you were away", "Sam here."), "both messages");
        await Engine.UntilAsync(() => browser.Page.IsAsync($"!{Chat}.querySelector('li.waiting') && {Chat}.querySelector('header p').textContent === ''"), "everything to be stored");

        var stored = (await engine.GetAsync($"conversations/{conversation}/messages"))["items"]!.AsArray().Select(message => (string?)message!["text"]).ToList();
        await Engine.UntilAsync(async () => await CountAsync(browser.Page) == stored.Count, "as many here as there");
        Assert.Equal(string.Join('|', stored), await TextsAsync(browser.Page));

        // A page that is loaded anew shows the same again.
        await browser.Page.GoAsync(engine.BaseUrl);
        await ReadyAsync(browser.Page);
        await Engine.UntilAsync(async () => await TextsAsync(browser.Page) == string.Join('|', stored), "the same after a reload");
    }

    [Fact]
    public async Task It_can_be_used_without_a_mouse_and_is_told_to_a_screen_reader()
    {
        await using var browser = await OpenAsync("/live-chat/demo/page");
        var page = browser.Page;
        const string Floating = "document.querySelector('body > div:last-of-type').shadowRoot";
        await Engine.UntilAsync(() => page.IsAsync($"!!window.followUpChat && !!{Floating}.querySelector('.toggle')"), "the floating widget");

        // Closed: one button with a name. Enter opens it, and the focus goes to the text.
        Assert.Contains(("button", "Open the chat"), await page.AccessibleAsync());
        await page.EvaluateAsync("document.body.focus()");
        await Engine.UntilAsync(async () =>
        {
            await page.PressAsync("Tab");
            return await page.IsAsync($"{Floating}.activeElement?.className === 'toggle'");
        }, "the focus to reach the button");
        await page.PressAsync("Enter");
        await Engine.UntilAsync(() => page.IsAsync($"{Floating}.activeElement?.tagName === 'TEXTAREA'"), "the focus in the text");
        await page.TypeAsync("How much is it?");
        await page.PressAsync("Enter");
        await Engine.UntilAsync(() => page.IsAsync($"{Floating}.querySelectorAll('li').length >= 2"), "the answer");

        var told = await page.AccessibleAsync();
        output.WriteLine(string.Join('\n', told.Where(node => node.Name.Length > 0 && node.Role is not ("StaticText" or "InlineTextBox")).Select(node => $"{node.Role}: {node.Name}")));
        Assert.Contains(("dialog", "Acme"), told);
        Assert.Contains(("log", "Messages"), told);
        Assert.Contains(("textbox", "Write a message"), told);
        Assert.Contains(("button", "Send"), told);
        Assert.Contains(("button", "Close the chat"), told);
        Assert.Contains(told, node => node.Role == "StaticText" && node.Name.StartsWith("You:", StringComparison.Ordinal));
        await Engine.UntilAsync(() => page.IsAsync($"{Floating}.querySelector('[role=log]').getAttribute('aria-live') === 'polite'"), "new messages to be read out");

        // Shift+Tab goes back through the log and the close button; Escape closes and gives the focus back.
        await page.PressAsync("Tab", shift: true);
        Assert.True(await page.IsAsync($"{Floating}.activeElement?.getAttribute('role') === 'log' || {Floating}.activeElement?.tagName === 'A'"));
        await page.PressAsync("Escape");
        await Engine.UntilAsync(() => page.IsAsync($"{Floating}.querySelector('.panel').hidden && {Floating}.activeElement?.className === 'toggle'"), "the focus back on the button");

        // Closed, what comes is counted on the button and read out.
        var conversation = (string?)await page.EvaluateAsync("new Promise(resolve => document.addEventListener('followup-session', event => resolve(event.detail.conversationId)) || followUpChat.identify())");
        await engine.PostAsync($"conversations/{conversation}/messages", new { author = "agent", channel = "liveChat", text = "Still there?" });
        await Engine.UntilAsync(() => page.IsAsync($"/, 1 /.test({Floating}.querySelector('.toggle').getAttribute('aria-label'))"), "the count on the button");
        Assert.Contains(await page.AccessibleAsync(), node => node.Role == "status" || node.Name.Contains("Still there?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(360, false)]
    [InlineData(360, true)]
    public async Task Long_words_right_to_left_and_links_stay_inside_and_what_is_read_has_contrast(int width, bool dark)
    {
        await using var browser = await OpenAsync();
        var page = browser.Page;
        await page.LookAsync(width, 800, dark);
        await SayAsync(page, "How much is it?");
        await SayAsync(page, $"{new string('w', 300)} https://acme.example/{new string('x', 120)}");
        await SayAsync(page, "كم السعر؟ <b onclick=alert(1)>bold</b> javascript:alert(1)");
        await Engine.UntilAsync(() => HasAsync(page, 4), "all of it");
        await Engine.UntilAsync(() => page.IsAsync("document.querySelectorAll('#steps li').length > 0"), "the plan");

        // Nothing sticks out, nothing became markup, and only the web address is a link.
        Assert.True(await page.IsAsync("document.documentElement.scrollWidth <= innerWidth"));
        Assert.True(await page.IsAsync($"{Chat}.querySelector('.log').scrollWidth <= {Chat}.querySelector('.log').clientWidth"));
        Assert.Equal(0, (int?)await page.EvaluateAsync($"{Chat}.querySelectorAll('li b, li script').length"));
        Assert.Equal("https:", (string?)await page.EvaluateAsync($"[...{Chat}.querySelectorAll('.text a')].map(link => link.protocol).join()"));
        Assert.Equal("rtl", (string?)await page.EvaluateAsync($"[...{Chat}.querySelectorAll('.text')].map(text => getComputedStyle(text).direction).find(direction => direction === 'rtl')"));

        var worst = (double?)await page.EvaluateAsync(Contrasts);
        output.WriteLine($"{width} px, {(dark ? "dark" : "light")}: worst contrast of a text {worst:0.00} to 1");
        Assert.True(worst >= 4.5, $"{worst:0.00}");
        if (Environment.GetEnvironmentVariable("WIDGET_PICTURES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"demo-{width}-{(dark ? "dark" : "light")}.png"), await page.ScreenshotAsync());
        }

        Assert.Empty(page.Complaints);
    }

    /// <summary>The smallest contrast of any text on the page and in the widget, by WCAG's relative luminance.</summary>
    private const string Contrasts = """
        (() => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const parse = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = '#000'; canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return { r, g, b, a: a / 255 }; };
          const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
          const light = ({ r, g, b }) => [r, g, b].map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4).reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
          const ground = (element) => {
            const layers = [];
            for (let at = element; at; at = at.parentElement || (at.getRootNode().host)) { const color = parse(getComputedStyle(at).backgroundColor); if (color.a) layers.push(color); if (color.a === 1) break; }
            return layers.reverse().reduce((under, layer) => over(layer, under), parse('Canvas'));
          };
          let worst = 21;
          const look = (root) => {
            for (const element of root.querySelectorAll('*')) {
              if (element.shadowRoot) look(element.shadowRoot);
              const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
              if (!words || !element.getClientRects().length || ['STYLE', 'SCRIPT'].includes(element.tagName) || element.className === 'sr') continue;
              const under = ground(element);
              const ink = over(parse(getComputedStyle(element).color), under);
              const [high, low] = [light(ink), light(under)].sort((one, other) => other - one);
              worst = Math.min(worst, (high + 0.05) / (low + 0.05));
            }
          };
          look(document);
          return worst;
        })()
        """;

    private static async Task ReadyAsync(Tab tab)
    {
        await Engine.UntilAsync(() => tab.IsAsync("!!document.querySelector('#chat')?.followUp"), "the widget");
        await tab.EvaluateAsync("document.querySelector('#chat').addEventListener('followup-session', event => { window.session = event.detail; })");
        await Engine.UntilAsync(() => tab.IsAsync("!!(window.session ??= document.querySelector('#chat').followUp.session)"), "the session");
    }

    private static Task SayAsync(Tab tab, string text) => tab.EvaluateAsync($"document.querySelector('#chat').followUp.say({System.Text.Json.JsonSerializer.Serialize(text)})");

    private static async Task<int> CountAsync(Tab tab) => (int?)await tab.EvaluateAsync($"{Chat}.querySelectorAll('li').length") ?? 0;

    private static async Task<bool> HasAsync(Tab tab, int messages) => await CountAsync(tab) >= messages;

    private static async Task<string?> TextsAsync(Tab tab) =>
        (string?)await tab.EvaluateAsync($"[...{Chat}.querySelectorAll('li .text')].map(text => text.textContent).join('|')");

    private static async Task<bool> HasTextsAsync(Tab tab, params string[] wanted) =>
        await TextsAsync(tab) is { } texts && wanted.All(text => texts.Contains(text, StringComparison.Ordinal));

    private async Task<Browser> OpenAsync(string path = "")
    {
        var browser = await Browser.OpenAsync($"{engine.BaseUrl}{path}");
        if (path.Length == 0)
        {
            await ReadyAsync(browser.Page);
        }

        return browser;
    }
}
