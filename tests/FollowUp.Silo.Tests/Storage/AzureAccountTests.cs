using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using FollowUp.Storage.AzureStorage;
using FollowUp.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Xunit;

namespace FollowUp.Storage;

public sealed class AzureAccountTests
{
    [Theory]
    [InlineData("https://acme.table.core.windows.net", "https://acme.table.core.windows.net/", "https://acme.blob.core.windows.net/")]
    [InlineData("https://acme.blob.core.windows.net/", "https://acme.table.core.windows.net/", "https://acme.blob.core.windows.net/")]
    [InlineData("https://acme.table.storage.azure.example:8443", "https://acme.table.storage.azure.example:8443/", "https://acme.blob.storage.azure.example:8443/")]
    public void The_address_of_one_service_names_the_account(string connection, string tables, string blobs)
    {
        var account = Open(connection, new AzureAccountOptions());
        Assert.Equal((tables, blobs), (account.Tables.Uri.AbsoluteUri, account.Blobs.Uri.AbsoluteUri));
    }

    [Fact]
    public void Both_addresses_may_be_given()
    {
        var account = Open(null, new AzureAccountOptions { TableServiceUri = new Uri("https://t.example/"), BlobServiceUri = new Uri("https://b.example/") });
        Assert.Equal(("https://t.example/", "https://b.example/"), (account.Tables.Uri.AbsoluteUri, account.Blobs.Uri.AbsoluteUri));
    }

    [Theory]
    [InlineData(null, "ConnectionStrings:FollowUp")]
    [InlineData(" ", "ConnectionStrings:FollowUp")]
    [InlineData("made up", "ConnectionStrings:FollowUp")]
    [InlineData("AccountName=acme;AccountKey=no base64!", "ConnectionStrings:FollowUp")]
    [InlineData("https://acme.example", "TableServiceUri")]
    [InlineData("http://acme.table.core.windows.net", "TableServiceUri")]
    public void A_setting_that_names_no_account_says_which_it_is(string? connection, string named)
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => Open(connection, new AzureAccountOptions()));
        Assert.Contains(named, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_an_account_is_refused()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => Open("x", new AzureAccountOptions { TableServiceUri = new Uri("https://t.example/") }));
        Assert.Contains("BlobServiceUri", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entra_identity_opens_tables_and_blobs()
    {
        await using var azurite = await Azurite.StartSecureAsync();
#pragma warning disable MA0039 // The emulator's certificate is of no authority.
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=127.0.0.1" };
#pragma warning restore MA0039
        var identity = new Identity();
        var account = new AzureAccount(
            new ConfigurationBuilder().Build(),
            Options.Create(new AzureAccountOptions { TableServiceUri = azurite.TableEndpoint, BlobServiceUri = azurite.BlobEndpoint, Retries = 0 }),
            identity,
            new HttpClientTransport(handler));
        var cluster = Options.Create(new ClusterOptions { ServiceId = "svc", ClusterId = "clu" });
        await using var index = new AzureIndexTable(account, cluster, Microsoft.Extensions.Logging.Abstractions.NullLogger<AzureIndexTable>.Instance);
        await index.ProbeAsync(TestContext.Current.CancellationToken);
        var transcripts = new AzureTranscriptStore(account, cluster);
        await transcripts.WriteAsync("w", "c", 0, "page"u8.ToArray());
        Assert.Equal("page"u8.ToArray(), await transcripts.ReadAsync("w", "c", 0));
        Assert.True(identity.Asked >= 2, $"The identity was asked {identity.Asked} times.");
    }

    private static AzureAccount Open(string? connection, AzureAccountOptions options) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:FollowUp", connection)]).Build(), Options.Create(options), new Identity());

    /// <summary>Tokens as Entra issues them for storage, but for the signature.</summary>
    private sealed class Identity : TokenCredential
    {
        public int Asked { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Asked++;
            var now = DateTimeOffset.UtcNow;
            var claims = new { aud = "https://storage.azure.com", iss = "https://sts.windows.net/00000000-0000-0000-0000-000000000001/", iat = now.ToUnixTimeSeconds(), nbf = now.AddMinutes(-1).ToUnixTimeSeconds(), exp = now.AddHours(1).ToUnixTimeSeconds() };
            return new AccessToken($"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(claims)}.{Base64Url.EncodeToString("unsigned"u8)}", now.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));

        private static string Part(object content) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content)));
    }
}
