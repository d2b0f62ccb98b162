using FollowUp.LiveChat;
using Microsoft.AspNetCore.DataProtection;
using Xunit;

namespace FollowUp.ClientGateway;

public sealed class SessionTokensTests
{
    private static readonly ChatSession Session = new("default", "shop", "visitor-1", "c-1") { Id = "s-1", Phone = "+13035550142" };

    private readonly SessionTokens tokens = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void A_token_brings_back_its_session_and_a_visitors_holds_nothing_personal()
    {
        Assert.Equal(Session, tokens.OpenSession(tokens.Session(Session)));
        Assert.Equal(Session with { Phone = null }, tokens.OpenVisitor(tokens.Visitor(Session)));
    }

    [Fact]
    public void An_expired_token_is_none() => Assert.Null(tokens.OpenSession(tokens.Session(Session, TimeSpan.FromSeconds(-1))));

    [Fact]
    public void A_token_serves_its_own_purpose_and_its_own_key_only()
    {
        Assert.Null(tokens.OpenVisitor(tokens.Session(Session)));
        Assert.Null(tokens.OpenSession(tokens.Visitor(Session)));
        Assert.Null(new SessionTokens(new EphemeralDataProtectionProvider()).OpenSession(tokens.Session(Session)));
    }

    [Fact]
    public void A_token_with_any_character_changed_or_any_end_cut_off_is_none()
    {
        var token = tokens.Session(Session);
        for (var at = 0; at < token.Length; at++)
        {
            // The last characters of base64 may hold bits that mean nothing; everything before them counts.
            if (at < token.Length - 2)
            {
                Assert.Null(tokens.OpenSession(string.Concat(token.AsSpan(0, at), token[at] == 'A' ? "B" : "A", token.AsSpan(at + 1))));
            }

            Assert.Null(tokens.OpenSession(token[..at]));
        }
    }
}
