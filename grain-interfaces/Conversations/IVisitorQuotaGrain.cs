namespace FollowUp.Conversations;

/// <summary>How many new live chat conversations each address of the internet began, over all gateways; kept in memory only. Key: <c>workspace|shard</c>.</summary>
[Alias("followup.IVisitorQuotaGrain")]
public interface IVisitorQuotaGrain : IGrainWithStringKey
{
    /// <summary>Counts one more. False: <paramref name="source"/> has begun <paramref name="most"/> in the last 12 hours of real time already.</summary>
    [Alias("TryBegin")]
    Task<bool> TryBeginAsync(string source, int most);
}
