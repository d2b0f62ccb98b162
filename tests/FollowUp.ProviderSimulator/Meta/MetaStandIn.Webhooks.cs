using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FollowUp.ProviderSimulator.Meta;

/// <summary>What Meta tells the engine by itself, signed.</summary>
public sealed partial class MetaStandIn
{
    private const int CallbackTries = 20;

    /// <summary>A contact writes; the status that the webhook answered.</summary>
    public Task<int> WriteAsync(MetaProduct product, string contact, string text, string? id = null, DateTimeOffset? at = null)
    {
        windows[contact] = true;
        return PostAsync(MetaPayloads.Message(product, contact, id ?? NewId(product), text, at));
    }

    /// <summary>Posts a signed webhook; the status it answered.</summary>
    public async Task<int> PostAsync(object payload, string secret = MetaAccount.AppSecret) => await PostRawAsync(JsonSerializer.SerializeToUtf8Bytes(payload), secret);

    public async Task<int> PostRawAsync(byte[] body, string secret = MetaAccount.AppSecret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookUrl) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Add("X-Hub-Signature-256", Sign(secret, body));
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>As Meta signs; written apart from the gateway's check, so that each judges the other.</summary>
    public static string Sign(string secret, byte[] body)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        return string.Concat("sha256=", string.Concat(hmac.ComputeHash(body).Select(value => value.ToString("x2", CultureInfo.InvariantCulture))));
    }

    private async Task CallBackAsync(MetaProduct product, LedgerLine line, string? tracker, MetaFault fault, int? late)
    {
        List<object> callbacks = product switch
        {
            MetaProduct.Messenger => [MetaPayloads.Echo(product, line.To, line.Sid, line.Body, tracker), MetaPayloads.Delivered(line.To, line.Sid)],
            MetaProduct.Instagram => [MetaPayloads.Echo(product, line.To, line.Sid, line.Body, null), MetaPayloads.Read(product, line.To, line.Sid)],
            _ when late is not null => [MetaPayloads.Status(line.To, line.Sid, "failed", tracker, late)],
            _ => [MetaPayloads.Status(line.To, line.Sid, "sent", tracker), MetaPayloads.Status(line.To, line.Sid, "delivered", tracker)],
        };
        foreach (var callback in fault is MetaFault.DoubleCallbacks ? [.. Enumerable.Reverse(callbacks), .. Enumerable.Reverse(callbacks)] : callbacks)
        {
            await RepeatAsync(callback);
        }
    }

    // Meta repeats what is not answered with 200.
    private async Task RepeatAsync(object callback)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var attempt = 0; attempt < CallbackTries && WebhookUrl is not null; attempt++)
        {
            try
            {
                var status = await PostAsync(callback);
                if (status == 200)
                {
                    return;
                }

                Refusals.AddOrUpdate(status, 1, (_, count) => count + 1);
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or ObjectDisposedException)
            {
                // The engine is down.
            }

            await pause.WaitForNextTickAsync();
        }
    }
}
