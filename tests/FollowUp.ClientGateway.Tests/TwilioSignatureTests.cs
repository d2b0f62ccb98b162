using System.Text;
using System.Text.Json.Nodes;
using FollowUp.Webhooks.Twilio;
using Xunit;

namespace FollowUp.ClientGateway;

public sealed class TwilioSignatureTests(ITestOutputHelper output)
{
    // The documented example: twilio.com/docs/usage/security, "Explore the algorithm yourself".
    private const string Url = "https://example.com/myapp.php?foo=1&bar=2";
    private const string Signature = "L/OH5YylLD5NRKLltdqwSvS0BnU=";

    private static readonly List<KeyValuePair<string, string>> Form =
        [new("Digits", "1234"), new("To", "+18005551212"), new("From", "+14158675310"), new("Caller", "+14158675310"), new("CallSid", "CA1234567890ABCDE")];

    [Fact]
    public void The_documented_example_is_valid() => Assert.True(TwilioSignature.IsValid("12345", Url, Form, Signature));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("L/OH5YylLD5NRKLltdqwSvS0BnU")]
    [InlineData("not base64 at all, twenty-eigh")]
    [InlineData("M/OH5YylLD5NRKLltdqwSvS0BnU=")]
    public void Anything_else_is_not(string? signature) => Assert.False(TwilioSignature.IsValid("12345", Url, Form, signature));

    [Fact]
    public void A_changed_parameter_url_or_token_is_not_valid()
    {
        Assert.False(TwilioSignature.IsValid("12345", Url, [.. Form, new("Extra", "1")], Signature));
        Assert.False(TwilioSignature.IsValid("12345", $"{Url}&baz=3", Form, Signature));
        Assert.False(TwilioSignature.IsValid("12346", Url, Form, Signature));
    }

    [Fact]
    public void Every_vector_gets_its_verdict()
    {
        if (Vectors() is not { } vectors)
        {
            return;
        }

        var tried = 0;
        foreach (var vector in vectors["twilio"]!.AsArray())
        {
            var (token, url, signature) = ((string)vector!["token"]!, (string)vector["url"]!, (string?)vector["signature"]);
            var isJson = (string?)vector["kind"] == "json" || vector["body"] is not null;
            var form = (vector["params"]?.AsArray() ?? []).Select(pair => KeyValuePair.Create((string)pair![0]!, (string?)pair[1] ?? "")).ToList();
            var valid = isJson ? TwilioSignature.IsValidJson(token, url, Encoding.UTF8.GetBytes((string?)vector["body"] ?? ""), signature) : TwilioSignature.IsValid(token, url, form, signature);
            Assert.True(valid == (bool)vector["expect_valid"]!, $"{vector["id"]}: {vector["note"]}");
            tried++;
        }

        output.WriteLine($"vectors={tried}");
        Assert.InRange(tried, 50, 100);
    }

    private static JsonNode? Vectors()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "signature-vectors.json");
            if (File.Exists(file))
            {
                return JsonNode.Parse(File.ReadAllText(file));
            }
        }

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "shared/signature-vectors.json is missing.");
        Assert.Skip("shared/signature-vectors.json is not here.");
        return null;
    }
}
