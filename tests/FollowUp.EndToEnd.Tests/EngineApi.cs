using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The HTTP interface of an engine, as an admin.</summary>
public abstract class EngineApi : IAsyncDisposable
{
    public const string AdminKey = "end-to-end-admin-key-0123456789";

    protected EngineApi(string baseUrl)
    {
        BaseUrl = baseUrl;
        Http = ClientOf(baseUrl);
    }

    public string BaseUrl { get; }

    public HttpClient Http { get; }

    public async Task<JsonNode> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonNode>($"/api/v1/{path}"))!;

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, object? body = null)
    {
        using var response = await Http.PostAsJsonAsync($"/api/v1/{path}", body ?? new { });
        return (response.StatusCode, await ReadAsync(response));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PutAsync(string path, object body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await ReadAsync(response));
    }

    /// <summary>Waits for something that a user would notice; asks often, fails with its name.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? timeout = null)
    {
        var deadline = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await TryAsync(condition))
        {
            Assert.True(deadline.Elapsed < (timeout ?? TimeSpan.FromSeconds(30)), $"Waited in vain for {what}.");
            await timer.WaitForNextTickAsync();
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        Http.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static HttpClient ClientOf(string baseUrl)
    {
        var http = new HttpClient { BaseAddress = new Uri(baseUrl), Timeout = TimeSpan.FromSeconds(40) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        return http;
    }

    private static async Task<bool> TryAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
