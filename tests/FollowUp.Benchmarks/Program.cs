using FollowUp.Benchmarks;

return args switch
{
    ["understand"] => await UnderstandCommand.RunAsync(Console.In, Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("understand < messages.jsonl > predictions.jsonl   what the built-in judge makes of labelled messages");
    return 1;
}
