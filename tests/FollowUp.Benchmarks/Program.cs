using BenchmarkDotNet.Running;
using FollowUp.Benchmarks;

return args switch
{
    ["understand"] => UnderstandCommand.Run(Console.In, Console.Out),
    ["train", .. var files] => TrainCommand.Run(files, Console.Out),
    ["fuzz", .. var count] => FuzzCommand.Run(count is [var text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000, Console.Out),
    ["samples"] => await SamplesCommand.RunAsync(Console.Out),
    ["detector"] => BenchmarkRunner.Run<DetectorBenchmark>() is null ? 1 : 0,
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("understand < messages.jsonl > predictions.jsonl   what the built-in judge makes of labelled messages");
    Console.Error.WriteLine("train [messages.jsonl …]                          trains the judge's weights on the labelled messages of the tests (or the files named) and says how it does on folds it has not seen");
    Console.Error.WriteLine("fuzz [count]                                     gives the judge a million random strings and prints the slowest (run with -c Release)");
    Console.Error.WriteLine("samples > docs/built-in-writer.md                 a page of the built-in writer's texts");
    Console.Error.WriteLine("detector                                          what one message costs it (run with -c Release)");
    return 1;
}
