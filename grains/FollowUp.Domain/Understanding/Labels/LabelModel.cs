using System.Globalization;

namespace FollowUp.Understanding;

/// <summary>
/// A linear model over <see cref="Features"/>: <c>labels.txt</c> holds a line per feature with its weights for busy, request, normal and opt-out.
/// Trained by <c>dotnet run --project tests/FollowUp.Benchmarks -- train</c>; see docs/decisions/label-model.md.
/// </summary>
internal sealed class LabelModel
{
    private readonly Dictionary<string, Weights> weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Weights>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public LabelModel(TextReader lines)
    {
        while (lines.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var name, var busy, var request, var normal, var optOut])
            {
                weights[name] = new Weights(Read(busy), Read(request), Read(normal), Read(optOut));
            }
        }

        lookup = weights.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static LabelModel Trained { get; } = Load();

    /// <summary>How likely each label is; they add up to one.</summary>
    public LabelOdds Judge(Language language, List<Word> words, List<TimeExpression> times, List<Phrases<Meaning>.Found> found, Label byRules)
    {
        var (busy, request, normal, optOut) = (0f, 0f, 0f, 0f);
        Features.Each(language, words, times, found, byRules, name =>
        {
            if (lookup.TryGetValue(name, out var weight))
            {
                busy += weight.Busy;
                request += weight.Request;
                normal += weight.Normal;
                optOut += weight.OptOut;
            }
        });
        return LabelOdds.Of(busy, request, normal, optOut);
    }

    private static float Read(string number) => float.Parse(number, CultureInfo.InvariantCulture);

    private static LabelModel Load()
    {
        using var stream = typeof(LabelModel).Assembly.GetManifestResourceStream("FollowUp.Understanding.labels.txt") ?? throw new InvalidOperationException("The trained weights are not in this build.");
        using var reader = new StreamReader(stream);
        return new LabelModel(reader);
    }

    private readonly record struct Weights(float Busy, float Request, float Normal, float OptOut);
}

/// <summary>How likely each label is; they add up to one.</summary>
internal readonly record struct LabelOdds(double Busy, double Request, double Normal, double OptOut)
{
    /// <summary>An opt-out that no rule found has to be this likely: a contact is not lost on a guess.</summary>
    private const double LeastForOptOut = 0.6;

    public Label Best =>
        OptOut >= LeastForOptOut ? Label.OptOut
        : Request >= Busy && Request >= Normal ? Label.Request
        : Busy >= Normal ? Label.Busy
        : Label.Normal;

    /// <summary>How likely the best is.</summary>
    public double Confidence => Best switch { Label.OptOut => OptOut, Label.Request => Request, Label.Busy => Busy, _ => Normal };

    /// <summary>The softmax of the scores.</summary>
    public static LabelOdds Of(float busy, float request, float normal, float optOut)
    {
        var most = Math.Max(Math.Max(busy, optOut), Math.Max(request, normal));
        var (b, r, n, o) = (Math.Exp(busy - most), Math.Exp(request - most), Math.Exp(normal - most), Math.Exp(optOut - most));
        var all = b + r + n + o;
        return new LabelOdds(b / all, r / all, n / all, o / all);
    }
}
