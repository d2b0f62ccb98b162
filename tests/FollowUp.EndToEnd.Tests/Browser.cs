using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>A real Chromium, driven over its own protocol.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket = new();
    private int ids;

    private Browser(Process process, string profile)
    {
        this.process = process;
        this.profile = profile;
    }

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
        foreach (var argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", $"--user-data-dir={folder}", "about:blank"])
        {
            start.ArgumentList.Add(argument);
        }

        var browser = new Browser(Process.Start(start)!, folder);
        browser.process.BeginErrorReadLine();
        browser.process.BeginOutputReadLine();
        var port = Path.Combine(folder, "DevToolsActivePort");
        await Engine.UntilAsync(() => Task.FromResult(File.Exists(port) && File.ReadAllLines(port).Length == 2), "Chromium to listen");
        using var http = new HttpClient();
        var pages = JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{(await File.ReadAllLinesAsync(port))[0]}/json/list"))!.AsArray();
        await browser.socket.ConnectAsync(new Uri((string)pages.First(page => (string?)page!["type"] == "page")!["webSocketDebuggerUrl"]!), CancellationToken.None);
        await browser.SendAsync("Page.navigate", new { url });
        return browser;
    }

    /// <summary>What an expression of JavaScript comes to.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression) =>
        (await SendAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true }))["result"]?["value"];

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(profile, recursive: true);
    }

    private async Task<JsonNode> SendAsync(string method, object parameters)
    {
        var id = ++ids;
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var text = new StringBuilder();
            WebSocketReceiveResult result;
            do
            {
                result = await socket.ReceiveAsync(buffer, CancellationToken.None);
                text.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
            }
            while (!result.EndOfMessage);

            if (JsonNode.Parse(text.ToString()) is { } answer && (int?)answer["id"] == id)
            {
                return answer["result"] ?? new JsonObject();
            }
        }
    }
}
