using System.Text.Json;
using FollowUp.Understanding;

namespace FollowUp.Benchmarks;

/// <summary>Judges messages of the labelled format, one JSON object a line, and prints predictions for a scorer.</summary>
internal static class UnderstandCommand
{
    public static int Run(TextReader input, TextWriter output)
    {
        foreach (var message in LabelledMessage.Read(input))
        {
            var detection = Detector.Detect(message.Text, message.Context);
            output.WriteLine(JsonSerializer.Serialize(new
            {
                id = message.Id,
                label = LabelOf(detection.Intent),
                due = detection is { Intent: Intent.RequestedFollowUp, DueLocal: { } due } ? due.ToString("yyyy-MM-dd'T'HH:mm:ss") : null,
            }));
        }

        return 0;
    }

    private static string LabelOf(Intent intent) => intent switch
    {
        Intent.OptOut => "opt_out",
        Intent.RequestedFollowUp => "requested_follow_up",
        Intent.Busy or Intent.AutoReply => "busy",
        _ => "normal",
    };
}
