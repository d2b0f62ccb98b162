namespace FollowUp.Understanding;

/// <summary>What the trained model tells apart.</summary>
internal enum Label
{
    Busy,
    Request,
    Normal,

    /// <summary>The rules find opt-outs first; the model may add one, never take one away.</summary>
    OptOut,
}
