using FollowUp.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FollowUp.Hosting;

/// <summary>Says where to go, once everything answers.</summary>
internal sealed class Welcome(IHostApplicationLifetime lifetime, IServer server, SignInLinks links) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var address = (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:8080").Replace("[::]", "localhost", StringComparison.Ordinal).TrimEnd('/');
            Console.WriteLine($"FollowUp is ready at {address} (API: {address}/scalar).");
            Console.WriteLine($"Sign in: {address}/sign-in?token={links.Create()}");
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
