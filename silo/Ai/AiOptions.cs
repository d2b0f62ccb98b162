using System.ComponentModel.DataAnnotations;

namespace FollowUp.Ai;

/// <summary>Whose wire format a model speaks.</summary>
public enum AiProvider
{
    /// <summary>No model: the built-in judge and writer alone.</summary>
    None,

    /// <summary>Azure OpenAI, with a key or an Entra identity.</summary>
    AzureOpenAI,

    /// <summary>OpenAI, or any endpoint that speaks like it (Ollama, vLLM, Azure's /openai/v1).</summary>
    OpenAI,
}

/// <summary>Where a model is.</summary>
public class ModelOptions
{
    /// <summary>Default: None.</summary>
    public AiProvider Provider { get; set; }

    /// <summary>Azure: <c>https://name.openai.azure.com</c>. OpenAI: the base that ends in <c>/v1</c>; absent, OpenAI's own.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Azure's deployment; <see cref="Model"/> stands in.</summary>
    public string? Deployment { get; set; }

    /// <summary>The model's name; <see cref="Deployment"/> stands in.</summary>
    public string? Model { get; set; }

    /// <summary>Absent with Azure: Entra identity. Absent with an OpenAI-compatible endpoint of one's own: none is sent that means anything.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What is asked for in requests.</summary>
    internal string Name => (Provider is AiProvider.AzureOpenAI ? Deployment ?? Model : Model ?? Deployment) ?? "";
}

/// <summary>The language model: where it is, and what it may take and cost.</summary>
public sealed class AiOptions : ModelOptions
{
    public const string Section = "Ai";

    /// <summary>How long one text may take with all its tries, real time, from the moment a place is free. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for a second opinion of a message. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:55")]
    public TimeSpan UnderstandingTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest <c>retry-after</c> that is waited for; a longer one ends the try. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests under way to one model from this process; others wait. Default: 16.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How long a model that keeps failing is left alone. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Tokens one answer may have. Default: 1,000.</summary>
    [Range(50, 32_000)]
    public int MaximumOutputTokens { get; set; } = 1_000;

    /// <summary>Tokens, in and out, that one contact may cost in a UTC day, counted by the process that serves the conversation. Default: 300,000; 0: no limit.</summary>
    [Range(0, long.MaxValue)]
    public long TokensPerContact { get; set; } = 300_000;

    /// <summary>Tokens that one workspace may cost in a UTC day. Default: 0, no limit.</summary>
    [Range(0, long.MaxValue)]
    public long TokensPerWorkspace { get; set; }

    /// <summary>Tokens that all workspaces together may cost in a UTC day. Default: 0, no limit.</summary>
    [Range(0, long.MaxValue)]
    public long TokensPerDay { get; set; }

    /// <summary>Workspaces with a model of their own, or (<c>None</c>) without one.</summary>
    public Dictionary<string, ModelOptions> Workspaces { get; } = [];
}
