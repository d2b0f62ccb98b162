namespace FollowUp.ProviderSimulator.Meta;

/// <summary>An error of the Graph API.</summary>
public sealed record MetaRefusal(int Status, int Code, int? Subcode, string Message)
{
    public object Body => Subcode is { } subcode
        ? new { error = new { message = Message, type = "OAuthException", code = Code, error_subcode = subcode, fbtrace_id = "AStandIn" } }
        : (object)new { error = new { message = Message, type = "OAuthException", code = Code, fbtrace_id = "AStandIn" } };
}
