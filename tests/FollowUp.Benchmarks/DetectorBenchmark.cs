using BenchmarkDotNet.Attributes;
using FollowUp.Understanding;
using NodaTime;

namespace FollowUp.Benchmarks;

/// <summary>What one English SMS costs the judge.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class DetectorBenchmark
{
    private static readonly DetectorContext Context = new() { SentAt = Instant.FromUtc(2026, 11, 24, 17, 0), Zone = DateTimeZoneProviders.Tzdb["America/Denver"] };

    [Params("how much is it?", "I'm driving, text me tomorrow at 3", "STOP")]
    public string Text { get; set; } = "";

    [Benchmark]
    public Detection Detect() => Detector.Detect(Text, Context);
}
