using System.Text;
using FollowUp.Webhooks.Meta;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace FollowUp.ClientGateway;

public sealed class MetaSignatureTests(ITestOutputHelper output)
{
    // HMAC-SHA256 of {"foo":"bar"} under "mysecret".
    private const string Signature = "sha256=4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\"foo\":\"bar\"}");

    [Fact]
    public void Every_vector_gets_its_verdict()
    {
        var tried = 0;
        foreach (var vector in SharedVectors.Read()["meta"]!.AsArray())
        {
            var valid = MetaSignature.IsValid([(string)vector!["app_secret"]!], Convert.FromBase64String((string)vector["body_base64"]!), (string?)vector["header"]);
            Assert.True(valid == (bool)vector["expect_valid"]!, (string?)vector["id"]);
            tried++;
        }

        output.WriteLine($"vectors={tried}");
        Assert.Equal(14, tried);
    }

    [Fact]
    public void Every_handshake_vector_gets_its_answer()
    {
        var tried = 0;
        foreach (var vector in SharedVectors.Read()["meta_handshake"]!.AsArray())
        {
            var answer = MetaHandshake.Answer((string)vector!["configured_verify_token"]!, new QueryCollection(QueryHelpers.ParseQuery((string)vector["query"]!)));
            Assert.Equal(((int)vector["expect_status"]!, (string?)vector["expect_body"]), answer);
            tried++;
        }

        Assert.Equal(4, tried);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3")]
    [InlineData("sha256=4864D2759938A15468B5DF9ADE20BF161DA9B4F737EA61794142F3484236BDA3")] // upper case
    [InlineData("SHA256=4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3")]
    [InlineData("sha1=4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3ab")]
    [InlineData("sha256=4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda")]
    [InlineData("sha256=4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda33")]
    [InlineData("sha256=zz64d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3")]
    [InlineData("sha256=5864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3")]
    public void A_header_of_any_other_shape_is_refused(string? header) => Assert.False(MetaSignature.IsValid(["mysecret"], Body, header));

    [Fact]
    public void Either_secret_counts_while_one_is_changed_and_none_counts_when_there_is_none()
    {
        Assert.True(MetaSignature.IsValid(["new", "mysecret"], Body, Signature));
        Assert.True(MetaSignature.IsValid(["mysecret", null], Body, Signature));
        Assert.False(MetaSignature.IsValid([null, ""], Body, Signature));
        Assert.False(MetaSignature.IsValid(["mysecret"], [.. Body, (byte)' '], Signature));
    }

    [Theory]
    [InlineData("hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=t", 200)] // text/plain: it stays text
    [InlineData("hub.mode=subscribe&hub.challenge=%00&hub.verify_token=t", 400)]
    [InlineData("hub.mode=subscribe&hub.challenge=%C3%A4&hub.verify_token=t", 400)]
    [InlineData("hub.mode=subscribe&hub.challenge=&hub.verify_token=t", 400)]
    [InlineData("hub.mode=subscribe&hub.verify_token=t", 400)]
    [InlineData("hub.mode=subscribe&hub.challenge=1&hub.verify_token=t&hub.verify_token=t", 403)]
    [InlineData("hub.mode=subscribe&hub.challenge=1", 403)]
    [InlineData("", 403)]
    public void A_verification_request_is_answered_by_what_it_brings(string query, int status) =>
        Assert.Equal(status, MetaHandshake.Answer("t", new QueryCollection(QueryHelpers.ParseQuery(query))).Status);

    [Fact]
    public void A_challenge_longer_than_any_of_Metas_is_refused() =>
        Assert.Equal(400, MetaHandshake.Answer("t", new QueryCollection(QueryHelpers.ParseQuery($"hub.mode=subscribe&hub.challenge={new string('1', 257)}&hub.verify_token=t"))).Status);

    [Fact]
    public void A_connection_without_a_verify_token_verifies_nothing() =>
        Assert.Equal(403, MetaHandshake.Answer(null, new QueryCollection(QueryHelpers.ParseQuery("hub.mode=subscribe&hub.challenge=1&hub.verify_token="))).Status);
}
