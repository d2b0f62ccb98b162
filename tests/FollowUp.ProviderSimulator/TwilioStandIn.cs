using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace FollowUp.ProviderSimulator;

/// <summary>Twilio's messages: created, listed and called back, as the public description of its API has them.</summary>
internal sealed class TwilioStandIn(Ledger ledger, Faults faults, HttpClient http)
{
    private readonly ConcurrentQueue<InboundLine> inbound = new();

    /// <summary>Creates a second, at most; null: no limit.</summary>
    public int? PerSecond { get; set; }

    private (long Second, int Count) window;

    public void Map(WebApplication app)
    {
        app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", CreateAsync);
        app.MapGet("/2010-04-01/Accounts/{account}/Messages.json", List);
    }

    /// <summary>A contact's message: kept for the list whether or not the webhook can be reached. 0: it could not.</summary>
    public async Task<int> ReceiveAsync(string webhookUrl, string from, string body, string? sid, string? token, IEnumerable<KeyValuePair<string, string>>? more)
    {
        var line = new InboundLine(DateTimeOffset.UtcNow, sid ?? NewSid(), from, body);
        if (inbound.All(known => known.Sid != line.Sid))
        {
            inbound.Enqueue(line);
        }

        List<KeyValuePair<string, string>> form =
        [
            new("MessageSid", line.Sid), new("SmsSid", line.Sid), new("SmsMessageSid", line.Sid), new("AccountSid", TwilioAccount.Sid), new("From", from), new("To", TwilioAccount.Number), new("Body", body),
            new("NumMedia", "0"), new("NumSegments", "1"), new("SmsStatus", "received"), new("ApiVersion", "2010-04-01"), new("FromCountry", "US"), .. more ?? [],
        ];
        try
        {
            return await PostAsync(webhookUrl, form, token ?? TwilioAccount.AuthToken);
        }
        catch (HttpRequestException)
        {
            // Twilio tries a broken connection once more and then gives the message up: only the list has it.
            return 0;
        }
    }

    /// <summary>Posts a signed form to a webhook; the status it answered.</summary>
    public async Task<int> PostAsync(string url, IReadOnlyList<KeyValuePair<string, string>> form, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", TwilioRequestSigner.Sign(token, url, form));
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task<IResult> CreateAsync(string account, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Error(415, 20001, "The body has to be a form.");
        }

        var form = await context.Request.ReadFormAsync();
        if (TwilioRules.Refusal(context.Request, form, account) is var (status, code, message))
        {
            return Error(status, code, message);
        }

        var fault = IsTooFast() ? Fault.RateLimit : faults.Take(form["To"].ToString());
        switch (fault)
        {
            case Fault.RateLimit:
                context.Response.Headers.RetryAfter = "1";
                return Error(429, 20429, "Too Many Requests");
            case Fault.Refuse:
                return Error(faults.Code == 20003 ? 401 : 400, faults.Code, "Refused as scripted");
            case Fault.DropRequest:
                context.Abort();
                return Results.Empty;
        }

        var callback = form["StatusCallback"].ToString();
        var line = new LedgerLine(DateTimeOffset.UtcNow, NewSid(), form["To"].ToString(), form["From"].ToString(), form["Body"].ToString(), AttemptOf(callback), callback, int.TryParse(form["ValidityPeriod"], out var seconds) ? seconds : null);
        ledger.Add(line);
        switch (fault)
        {
            case Fault.LoseAnswer:
                context.Abort();
                return Results.Empty;
            case Fault.LoseAnswerThenCallBack:
                _ = CallBackAsync(line, fault);
                context.Abort();
                return Results.Empty;
            case Fault.Hang:
                await WaitAsync(faults.Delay, context.RequestAborted);
                _ = CallBackAsync(line, fault);
                await WaitAsync(Timeout.InfiniteTimeSpan, context.RequestAborted);
                return Results.Empty;
            case Fault.ServerError:
                return Error(500, 20500, "Internal Server Error");
            case Fault.GarbledAnswer:
                return Results.Content("{\"sid\":", "application/json", statusCode: StatusCodes.Status201Created);
            case Fault.CallbackFirst:
                await CallBackAsync(line, fault);
                break;
            case Fault.Slow:
                await Task.Delay(faults.Delay);
                _ = CallBackAsync(line, fault);
                break;
            default:
                _ = CallBackAsync(line, fault);
                break;
        }

        return Results.Json(Resource(line, form["MessagingServiceSid"].ToString() is { Length: > 0 } ? "accepted" : "queued"), statusCode: StatusCodes.Status201Created);
    }

    private IResult List(string account, HttpContext context)
    {
        if (TwilioRules.ListRefusal(context.Request, account) is var (status, code, message))
        {
            return Error(status, code, message);
        }

        var query = context.Request.Query;
        var (to, from) = (query["To"].ToString(), query["From"].ToString());
        var since = query["DateSent>"].ToString() is { Length: > 0 } day ? DateTimeOffset.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : (DateTimeOffset?)null;
        var size = int.TryParse(query["PageSize"], out var asked) ? asked : 50;
        var page = int.TryParse(query["Page"], out var number) ? number : 0;
        var found = ledger.Read().Select(line => (line.At, line.To, line.From, Shown: Resource(line, "delivered")))
            .Concat(inbound.Select(line => (line.At, To: TwilioAccount.Number, line.From, Shown: Resource(line))))
            .Where(line => (to.Length == 0 || line.To == to) && (from.Length == 0 || line.From == from) && !(line.At < since))
            .OrderByDescending(line => line.At)
            .Skip(page * size)
            .Take(size + 1)
            .Select(line => line.Shown)
            .ToList();
        var next = found.Count > size ? $"{context.Request.Path}{QueryString.Create([.. query.Where(field => field.Key != "Page"), KeyValuePair.Create("Page", new Microsoft.Extensions.Primitives.StringValues($"{page + 1}"))])}" : null;
        return Results.Json(new { messages = found.Take(size), page, page_size = size, next_page_uri = next });
    }

    private async Task CallBackAsync(LedgerLine line, Fault fault)
    {
        if (fault is Fault.NoCallbacks || line.StatusCallback is not { Length: > 0 } url)
        {
            return;
        }

        if (fault is Fault.DelayCallbacks)
        {
            await Task.Delay(faults.Delay);
        }

        var code = faults.Undelivered;
        var end = code is null ? "delivered" : "undelivered";
        string[] statuses = fault switch
        {
            Fault.DoubleCallbacks => [end, "sent", end, "sent"],
            Fault.ShuffleCallbacks => Shuffled(["queued", "sending", "sent", end]),
            _ => ["sent", end],
        };
        foreach (var status in statuses)
        {
            try
            {
                List<KeyValuePair<string, string>> form =
                [
                    new("MessageSid", line.Sid), new("SmsSid", line.Sid), new("MessageStatus", status), new("SmsStatus", status), new("AccountSid", TwilioAccount.Sid), new("From", line.From), new("To", line.To), new("ApiVersion", "2010-04-01"),
                ];
                if (status == end)
                {
                    form.Add(new("RawDlrDoneDate", DateTimeOffset.UtcNow.ToString("yyMMddHHmm", CultureInfo.InvariantCulture)));
                }

                if (status == "undelivered")
                {
                    form.Add(new("ErrorCode", $"{code}"));
                }

                await PostAsync(url, form, TwilioAccount.AuthToken);
            }
            catch (HttpRequestException)
            {
                // The engine is down: Twilio would not repeat a status callback either.
            }
        }
    }

    private static string[] Shuffled(IReadOnlyList<string> statuses)
    {
        var all = statuses.SelectMany(status => Enumerable.Repeat(status, RandomNumberGenerator.GetInt32(1, 4))).ToArray();
        RandomNumberGenerator.Shuffle(all.AsSpan());
        return all;
    }

    private bool IsTooFast()
    {
        if (PerSecond is not { } limit)
        {
            return false;
        }

        lock (inbound)
        {
            var second = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            window = window.Second == second ? (second, window.Count + 1) : (second, 1);
            return window.Count > limit;
        }
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken aborted)
    {
        try
        {
            await Task.Delay(time, aborted);
        }
        catch (OperationCanceledException)
        {
            // The caller gave up first.
        }
    }

    private static object Resource(LedgerLine line, string status) => Resource(line.Sid, line.At, line.From, line.To, line.Body, "outbound-api", status);

    private static object Resource(InboundLine line) => Resource(line.Sid, line.At, line.From, TwilioAccount.Number, line.Body, "inbound", "received");

    private static object Resource(string sid, DateTimeOffset at, string from, string to, string body, string direction, string status) => new
    {
        sid,
        account_sid = TwilioAccount.Sid,
        api_version = "2010-04-01",
        body,
        to,
        from = from.Length > 0 ? from : null,
        direction,
        status,
        date_created = Rfc2822(at),
        date_sent = status is "queued" or "accepted" ? null : Rfc2822(at),
        date_updated = Rfc2822(at),
        error_code = (int?)null,
        error_message = (string?)null,
        num_media = "0",
        num_segments = from.Length > 0 ? "1" : "0",
        uri = $"/2010-04-01/Accounts/{TwilioAccount.Sid}/Messages/{sid}.json",
    };

    private static string Rfc2822(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000";

    private static IResult Error(int status, int code, string message) =>
        Results.Json(new { code, message, more_info = $"https://www.twilio.com/docs/errors/{code}", status }, statusCode: status);

    private static string NewSid() => $"SM{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";

    private static string? AttemptOf(string callback) =>
        Uri.TryCreate(callback, UriKind.Absolute, out var uri) && QueryHelpers.ParseQuery(uri.Query).TryGetValue("attempt", out var attempt) ? attempt.ToString() : null;

    private sealed record InboundLine(DateTimeOffset At, string Sid, string From, string Body);
}
