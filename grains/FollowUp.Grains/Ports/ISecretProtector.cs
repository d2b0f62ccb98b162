namespace FollowUp.Ports;

/// <summary>Keeps provider secrets encrypted at rest, with a key held elsewhere.</summary>
public interface ISecretProtector
{
    string Protect(string secret);

    string Unprotect(string sealedSecret);
}
