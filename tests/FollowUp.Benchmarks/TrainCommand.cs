using System.Globalization;
using FollowUp.Understanding;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FollowUp.Benchmarks;

/// <summary>
/// Trains the judge's weights on labelled messages: multinomial logistic regression (L-BFGS of Microsoft.ML) over the features that <see cref="Detector"/> names, and writes <c>labels.txt</c>.
/// Before that it trains on four fifths and judges the fifth, five times: the figures of messages it has not seen.
/// </summary>
internal static class TrainCommand
{
    private const int Folds = 5;

    /// <summary>A feature of fewer messages says more of them than of the language.</summary>
    private const int LeastMessages = 2;

    private const string Weights = "grains/FollowUp.Domain/Understanding/Labels/labels.txt";
    private const string Messages = "tests/FollowUp.Domain.Tests/Understanding/Messages";

    public static int Run(string[] files, TextWriter output)
    {
        var examples = Examples(files.Length > 0 ? files : Directory.GetFiles(Messages, "*.jsonl"));
        output.WriteLine($"messages={examples.Count}");
        Validate(examples, output);

        var model = Model.Train(examples);
        File.WriteAllLines(Weights, model.Lines());
        output.WriteLine($"wrote {Weights}: {model.Lines().Count()} features");
        return 0;
    }

    private static List<Example> Examples(IEnumerable<string> files)
    {
        var examples = new List<Example>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            using var lines = File.OpenText(file);
            foreach (var message in LabelledMessage.Read(lines))
            {
                var features = new List<string>();
                var label = message.Label switch { "busy" => Label.Busy, "requested_follow_up" => Label.Request, "opt_out" => Label.OptOut, _ => Label.Normal };
                Detector.Describe(message.Text, message.Context, name => features.Add(name.ToString()));
                examples.Add(new Example(label, message.Context.FallbackLanguage, features));
            }
        }

        return examples;
    }

    private static void Validate(List<Example> examples, TextWriter output)
    {
        var right = 0;
        var byRules = 0;
        var languages = new SortedDictionary<string, (int Count, int Right)>(StringComparer.Ordinal);
        var sure = new (int Count, double Odds, int Right)[10];
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = Model.Train([.. examples.Where((_, at) => at % Folds != fold)]);
            foreach (var example in examples.Where((_, at) => at % Folds == fold))
            {
                var odds = model.Judge(example);
                var isRight = (example.ByRules is Label.OptOut ? Label.OptOut : odds.Best) == example.Label;
                right += isRight ? 1 : 0;
                byRules += example.ByRules == example.Label ? 1 : 0;
                languages[example.Language] = languages.GetValueOrDefault(example.Language) is var (count, hits) ? (count + 1, hits + (isRight ? 1 : 0)) : default;
                var best = odds.Confidence;
                var bucket = Math.Min(9, (int)(best * 10));
                sure[bucket] = (sure[bucket].Count + 1, sure[bucket].Odds + best, sure[bucket].Right + (isRight ? 1 : 0));
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"unseen folds: model {100.0 * right / examples.Count:f1} % right, rules alone {100.0 * byRules / examples.Count:f1} %"));
        foreach (var (language, (count, hits)) in languages)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {language} {100.0 * hits / count:f1} % ({count})"));
        }

        foreach (var (count, odds, hits) in sure.Where(bucket => bucket.Count > 0))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  says {odds / count:f2} is {(double)hits / count:f2} ({count})"));
        }
    }

    private sealed record Example(Label Label, string Language, List<string> Features)
    {
        private const string Rules = "rules ";

        public Label ByRules { get; } = Enum.Parse<Label>(Features.Find(name => name.StartsWith(Rules, StringComparison.Ordinal))!.AsSpan(Rules.Length));
    }

    private sealed class Model
    {
        private readonly Dictionary<string, int> vocabulary;
        private readonly float[][] weights;

        private Model(Dictionary<string, int> vocabulary, float[][] weights) => (this.vocabulary, this.weights) = (vocabulary, weights);

        public static Model Train(List<Example> examples)
        {
            var places = examples.SelectMany(example => example.Features.Distinct())
                .GroupBy(name => name)
                .Where(group => group.Count() >= LeastMessages)
                .Select(group => group.Key)
                .Order(StringComparer.Ordinal)
                .Select((name, at) => (name, at))
                .ToDictionary(pair => pair.name, pair => pair.at);
            var context = new MLContext(seed: 1);
            var schema = SchemaDefinition.Create(typeof(Row));
            schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, places.Count);
            var data = context.Data.LoadFromEnumerable(examples.Select(example => new Row { Label = (uint)example.Label, Features = Vector(example, places) }), schema);
            var trainer = context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = L1,
                L2Regularization = L2,
                NumberOfThreads = 1,
                OptimizationTolerance = 1e-5f,
            });
            var parameters = trainer.Fit(data).Model;
            VBuffer<float>[] columns = [];
            parameters.GetWeights(ref columns, out _);
            var learnt = columns.Select(column => column.DenseValues().ToArray()).ToArray();

            // The library keeps its intercepts apart; here every message has the feature "bias".
            var intercepts = parameters.GetBiases().ToArray();
            for (var label = 0; label < learnt.Length; label++)
            {
                learnt[label][places["bias"]] += intercepts[label];
            }

            return new Model(places, learnt);
        }

        public static float L1 { get; } = Setting("TRAIN_L1", 0.05f);

        public static float L2 { get; } = Setting("TRAIN_L2", 1f);

        public LabelOdds Judge(Example example)
        {
            Span<float> scores = stackalloc float[4];
            foreach (var name in example.Features)
            {
                if (vocabulary.TryGetValue(name, out var at))
                {
                    for (var label = 0; label < 4; label++)
                    {
                        scores[label] += weights[label][at];
                    }
                }
            }

            return LabelOdds.Of(scores[0], scores[1], scores[2], scores[3]);
        }

        public IEnumerable<string> Lines() => vocabulary
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Where(pair => weights.Any(column => Math.Abs(column[pair.Value]) >= 0.005f))
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}\t{weights[0][pair.Value]:0.##}\t{weights[1][pair.Value]:0.##}\t{weights[2][pair.Value]:0.##}\t{weights[3][pair.Value]:0.##}"));

        private static float Setting(string name, float or) => Environment.GetEnvironmentVariable(name) is { } text ? float.Parse(text, CultureInfo.InvariantCulture) : or;

        private static VBuffer<float> Vector(Example example, Dictionary<string, int> vocabulary)
        {
            var values = new SortedDictionary<int, float>();
            foreach (var name in example.Features)
            {
                if (vocabulary.TryGetValue(name, out var at))
                {
                    values[at] = values.GetValueOrDefault(at) + 1;
                }
            }

            return new VBuffer<float>(vocabulary.Count, values.Count, [.. values.Values], [.. values.Keys]);
        }
    }

    private sealed class Row
    {
        [KeyType(4)]
        public uint Label { get; set; }

        public VBuffer<float> Features { get; set; }
    }
}
