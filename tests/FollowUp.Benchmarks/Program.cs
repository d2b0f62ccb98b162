using BenchmarkDotNet.Running;
using FollowUp.Benchmarks;

return args switch
{
    ["understand"] => await UnderstandCommand.RunAsync(Console.In, Console.Out),
    ["samples"] => await SamplesCommand.RunAsync(Console.Out),
    ["detector"] => BenchmarkRunner.Run<DetectorBenchmark>() is null ? 1 : 0,
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("understand < messages.jsonl > predictions.jsonl   what the built-in judge makes of labelled messages");
    Console.Error.WriteLine("samples > docs/built-in-writer.md                 a page of the built-in writer's texts");
    Console.Error.WriteLine("detector                                          what one message costs it (run with -c Release)");
    return 1;
}
