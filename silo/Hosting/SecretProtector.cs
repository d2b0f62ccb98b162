using FollowUp.Ports;
using Microsoft.AspNetCore.DataProtection;

namespace FollowUp.Hosting;

/// <summary>Seals provider secrets with ASP.NET Data Protection; its keys lie beside the data, or sealed with <c>Security:AddressKey</c> in the cluster's storage.</summary>
internal sealed class SecretProtector(IDataProtectionProvider provider) : ISecretProtector
{
    private readonly IDataProtector protector = provider.CreateProtector("FollowUp.Connections");

    public string Protect(string secret) => protector.Protect(secret);

    public string Unprotect(string sealedSecret) => protector.Unprotect(sealedSecret);
}

/// <summary>The protector as the grains' port.</summary>
internal static class SecretServices
{
    public static void AddSecrets(this IServiceCollection services) => services.AddSingleton<ISecretProtector, SecretProtector>();
}
