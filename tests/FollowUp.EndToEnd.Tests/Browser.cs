using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>A real Chromium, driven over its own protocol. One browser is one visitor: its tabs share storage.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly Process process;
    private readonly string profile;
    private readonly List<Tab> tabs = [];
    private string address = "";

    private Browser(Process process, string profile)
    {
        this.process = process;
        this.profile = profile;
    }

    /// <summary>The first tab.</summary>
    public Tab Page => tabs[0];

    /// <summary>Skips the test where there is no Chromium; in CI that is a failure.</summary>
    public static async Task<Browser> OpenAsync(string url)
    {
        const string Chromium = "/usr/bin/chromium";
        if (!File.Exists(Chromium))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "Chromium is missing.");
            Assert.Skip("Chromium is not installed.");
        }

        var folder = Directory.CreateTempSubdirectory("followup-chromium-").FullName;
        var start = new ProcessStartInfo(Chromium) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0", $"--user-data-dir={folder}", "about:blank"])
        {
            start.ArgumentList.Add(argument);
        }

        var browser = new Browser(Process.Start(start)!, folder);
        browser.process.BeginErrorReadLine();
        browser.process.BeginOutputReadLine();
        var port = Path.Combine(folder, "DevToolsActivePort");
        await Engine.UntilAsync(() => Task.FromResult(File.Exists(port) && File.ReadAllLines(port).Length == 2), "Chromium to listen");
        browser.address = $"http://127.0.0.1:{(await File.ReadAllLinesAsync(port))[0]}";
        using var http = new HttpClient();
        var pages = JsonNode.Parse(await http.GetStringAsync($"{browser.address}/json/list"))!.AsArray();
        await browser.AttachAsync(pages.First(page => (string?)page!["type"] == "page")!, url);
        return browser;
    }

    /// <summary>One more tab of the same visitor.</summary>
    public async Task<Tab> NewTabAsync(string url)
    {
        using var http = new HttpClient();
        using var response = await http.PutAsync($"{address}/json/new?about:blank", content: null);
        return await AttachAsync(JsonNode.Parse(await response.Content.ReadAsStringAsync())!, url);
    }

    /// <summary>What an expression of JavaScript comes to in the first tab.</summary>
    public Task<JsonNode?> EvaluateAsync(string expression) => Page.EvaluateAsync(expression);

    public async ValueTask DisposeAsync()
    {
        foreach (var tab in tabs)
        {
            await tab.DisposeAsync();
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(profile, recursive: true);
    }

    private async Task<Tab> AttachAsync(JsonNode page, string url)
    {
        var tab = await Tab.AttachAsync(new Uri((string)page["webSocketDebuggerUrl"]!));
        tabs.Add(tab);
        await tab.GoAsync(url);
        return tab;
    }
}

/// <summary>One tab.</summary>
public sealed class Tab : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Sparse = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> asked = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource closed = new();
    private Task listening = Task.CompletedTask;
    private int ids;

    /// <summary>What the page's scripts complained about.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<Tab> AttachAsync(Uri address)
    {
        var tab = new Tab();
        await tab.socket.ConnectAsync(address, CancellationToken.None);
        tab.listening = tab.ListenAsync();
        await tab.CallAsync("Runtime.enable", new { });
        await tab.CallAsync("Page.enable", new { });
        return tab;
    }

    public Task GoAsync(string url) => CallAsync("Page.navigate", new { url });

    /// <summary>What an expression of JavaScript comes to.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression) =>
        (await CallAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true }))["result"]?["value"];

    public Task<bool> IsAsync(string expression) => IsAsync(EvaluateAsync(expression));

    /// <summary>A key as a keyboard sends it: <c>Tab</c>, <c>Enter</c>, <c>Escape</c>.</summary>
    public async Task PressAsync(string key, bool shift = false)
    {
        var number = key switch { "Tab" => 9, "Enter" => 13, "Escape" => 27, _ => throw new ArgumentOutOfRangeException(nameof(key), key, "Not a key this test uses.") };
        var text = key is "Enter" ? "\r" : null;
        await CallAsync("Input.dispatchKeyEvent", new { type = text is null ? "rawKeyDown" : "keyDown", key, code = key, windowsVirtualKeyCode = number, modifiers = shift ? 8 : 0, text });
        await CallAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, windowsVirtualKeyCode = number, modifiers = shift ? 8 : 0 });
    }

    public Task TypeAsync(string text) => CallAsync("Input.insertText", new { text });

    /// <summary>A screen of that size, light or dark, without motion.</summary>
    public async Task LookAsync(int width, int height, bool dark = false)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = width < 600 });
        await CallAsync("Emulation.setEmulatedMedia", new
        {
            features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" }, new { name = "prefers-reduced-motion", value = "reduce" } },
        });
    }

    public async Task<byte[]> ScreenshotAsync() => Convert.FromBase64String((string)(await CallAsync("Page.captureScreenshot", new { format = "png" }))["data"]!);

    /// <summary>What a screen reader finds: role and name of everything that has either.</summary>
    public async Task<IReadOnlyList<(string Role, string Name)>> AccessibleAsync()
    {
        await CallAsync("Accessibility.enable", new { });
        var nodes = (await CallAsync("Accessibility.getFullAXTree", new { }))["nodes"]!.AsArray();
        return [.. nodes.Where(node => (bool?)node!["ignored"] is not true).Select(node => ((string?)node!["role"]?["value"] ?? "", (string?)node["name"]?["value"] ?? ""))];
    }

    public async Task<JsonNode> CallAsync(string method, object parameters)
    {
        var id = Interlocked.Increment(ref ids);
        var answer = asked[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }, Sparse), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await listening;
        socket.Dispose();
        sending.Dispose();
        closed.Dispose();
    }

    private static async Task<bool> IsAsync(Task<JsonNode?> answer) => (bool?)await answer is true;

    private async Task ListenAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var text = new MemoryStream();
                WebSocketReceiveResult result;
                do
                {
                    result = await socket.ReceiveAsync(buffer, closed.Token);
                    text.Write(buffer, 0, result.Count);
                }
                while (!result.EndOfMessage);

                Heed(JsonNode.Parse(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length))!);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or WebSocketException)
        {
            // The tab is closed.
        }
    }

    private void Heed(JsonNode message)
    {
        if ((int?)message["id"] is { } id && asked.TryRemove(id, out var answer))
        {
            if (message["error"] is { } error)
            {
                answer.TrySetException(new InvalidOperationException(error.ToJsonString()));
            }
            else
            {
                answer.TrySetResult(message["result"] ?? new JsonObject());
            }
        }
        else if ((string?)message["method"] is "Runtime.exceptionThrown")
        {
            Complaints.Enqueue(message["params"]!["exceptionDetails"]!.ToJsonString());
        }
    }
}
