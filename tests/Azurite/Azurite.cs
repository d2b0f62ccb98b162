using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Xunit;

namespace FollowUp.Testing;

/// <summary>The Azure Storage emulator as a process of its own: the version of package-lock.json, free ports, a temporary folder, an account with a new key. A fixture of tests that share it.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    private const string Account = "followup";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly string folder = Directory.CreateTempSubdirectory("followup-azurite-").FullName;
    private readonly string home;
    private readonly bool secure;
    private readonly Dictionary<string, Uri> endpoints = [];
    private readonly List<string> output = [];
    private Process? process;
    private string? missing;

    public Azurite()
        : this(secure: false)
    {
    }

    private Azurite(bool secure, string? home = null)
    {
        this.home = home ?? OwnFolder();
        this.secure = secure;
    }

    /// <summary>Over https with a certificate of its own, for bearer tokens; Azurite checks their audience, issuer and dates.</summary>
    public static async Task<Azurite> StartSecureAsync()
    {
        var azurite = new Azurite(secure: true);
        await azurite.InitializeAsync();
        return azurite;
    }

    /// <summary>Whole, with account key. Skips the test where Azurite cannot run (fails it where CI=true).</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol={(secure ? "https" : "http")};AccountName={Account};AccountKey={key};BlobEndpoint={Endpoint("Blob")};QueueEndpoint={Endpoint("Queue")};TableEndpoint={Endpoint("Table")};";

    public Uri TableEndpoint => new(Endpoint("Table"));

    public Uri BlobEndpoint => new(Endpoint("Blob"));

    public async ValueTask InitializeAsync()
    {
        if (await InstallAsync() is { } reason)
        {
            missing = reason;
            return;
        }

        // The API version of new clients is ahead of the emulator's, hence skipApiVersionCheck.
        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Program, "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", folder,
            "--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0", "--tableHost", "127.0.0.1", "--tablePort", "0",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        if (secure)
        {
            Array.ForEach(["--oauth", "basic", .. WriteCertificate()], start.ArgumentList.Add);
        }

        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key}";

        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Process.Start(start)!;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"Azurite ended at start: {string.Join('\n', output)}"));
        process.OutputDataReceived += (_, line) => Read(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Read(line.Data, listening);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await listening.Task.WaitAsync(StartTimeout);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Program => Path.Combine(home, "node_modules", "azurite", "dist", "src", "azurite.js");

    private static string OwnFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private string[] WriteCertificate()
    {
        using var pair = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=127.0.0.1", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, pair.ExportPkcs8PrivateKeyPem());
        return ["--cert", certificateFile, "--key", keyFile];
    }

    private string Endpoint(string service)
    {
        if (missing is not null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", missing);
            Assert.Fail(missing);
        }

        return new Uri(endpoints[service], Account).AbsoluteUri;
    }

    // "Azurite Blob service is successfully listening at http://127.0.0.1:40123"
    private void Read(string? line, TaskCompletionSource listening)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                endpoints[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
            }

            if (endpoints.Count == 3)
            {
                listening.TrySetResult();
            }
        }
    }

    // Two test programs may run at once: one installs, the other waits for it.
    private async Task<string?> InstallAsync()
    {
        var deadline = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(home, "node_modules", ".package-lock.json")) || !File.Exists(Program))
        {
            try
            {
                await using var installing = new FileStream(Path.Combine(Path.GetTempPath(), "followup-azurite-install.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
                var start = new ProcessStartInfo("npm") { WorkingDirectory = home, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
                Array.ForEach(["ci", "--no-audit", "--no-fund", "--omit=optional", "--ignore-scripts"], start.ArgumentList.Add);
                using var npm = Process.Start(start)!;
                var (said, failed) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
                await npm.WaitForExitAsync();
                if (npm.ExitCode != 0)
                {
                    return $"Azurite could not be installed by npm: {await failed} {await said}";
                }
            }
            catch (IOException) when (deadline.Elapsed < TimeSpan.FromMinutes(5))
            {
                using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
                await timer.WaitForNextTickAsync();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return "Azurite needs Node.js and npm, which are not installed.";
            }
        }

        return null;
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at (?<address>https?://\S+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
