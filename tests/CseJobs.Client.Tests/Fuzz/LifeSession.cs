using System.Security;
using CseJobs.Client.Auth;
using CseJobs.Client.Http;
using CseJobs.Simulator;

namespace CseJobs.Client.Tests.Fuzz;

/// <summary>The ways in that a life tries.</summary>
internal enum WayIn
{
    Token,
    Password,
    AccessKey,
    AccessKeyWithoutProject,
    Agency,
}

/// <summary>A session of <see cref="SessionLife"/>, and as whom each of its requests has to arrive.</summary>
internal sealed class LifeSession(int number, int server, WayIn way, SimulatedAccount account, string staticToken)
{
    public int Number => number;

    /// <summary>Which of the servers it was made for.</summary>
    public int Server => server;

    public WayIn Way => way;

    public SimulatedAccount Account => account;

    public string ProjectId => account.Projects[0].Id;

    public bool Signs => way is WayIn.AccessKey or WayIn.AccessKeyWithoutProject or WayIn.Agency;

    public SignInResult? Result { get; private set; }

    public CseClient Client => Result!.Client;

    public bool IsClosed { get; set; }

    /// <summary>Whether its last call ended well, so that the server has taken its proof.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether its proof may be refused with no reason to sign in again: the server has started anew, or called one old that it has never taken.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>What it was made of, and the proofs that it was last seen to send.</summary>
    public List<string> Secrets { get; } = [account.Password, account.SecretKey];

    public string EnginesPath => $"/v2/{ProjectId}/enginemgr/engines";

    public async Task ConnectAsync(CseSimulator target, TimeProvider clock, ICallObserver observer, CancellationToken token)
    {
        bool looksUp = way is WayIn.AccessKeyWithoutProject or WayIn.Password;
        var options = new SignInOptions
        {
            Region = "cn-north-4",
            Endpoint = target.BaseAddress,
            IamEndpoint = target.BaseAddress,
            ProjectId = looksUp ? null : ProjectId,
            TimeProvider = clock,
            NextRandom = () => 0.5,
        };
        Result = way switch
        {
            WayIn.Token => SignIn.WithToken(options, Secure(staticToken)),
            WayIn.Password => await SignIn.WithPasswordAsync(options, account.UserName, Secure(account.Password), account.DomainName, observer, token),
            WayIn.Agency => await SignIn.WithEcsAgencyAsync(options, target.BaseAddress, observer, token),
            _ => await SignIn.WithAccessKeyAsync(options, account.AccessKey, Secure(account.SecretKey), null, observer, token),
        };
    }

    /// <summary>Whether this session may have sent the request, by what it shows as a proof and as whom the server saw it.</summary>
    public bool MayHaveSent(RecordedRequest request)
    {
        if (IsSignIn(request.Path))
            return way == WayIn.Password && request.Body.Contains($"\"{account.UserName}\"", StringComparison.Ordinal);

        if (IsMetadata(request.Path))
            return way == WayIn.Agency;

        (string header, string proof, string identity) = way switch
        {
            WayIn.Token => ("X-Auth-Token", staticToken, "token:static"),
            WayIn.Password => ("X-Auth-Token", "MIISIM", account.Identity),
            WayIn.Agency => ("Authorization", "Access=HSTSIM", "ak:HSTSIM"),
            _ => ("Authorization", "Access=" + account.AccessKey, "ak:" + account.AccessKey),
        };
        return request.Headers.TryGetValue(header, out string? shown) && shown.Contains(proof, StringComparison.Ordinal)
            && request.Identity?.StartsWith(identity, StringComparison.Ordinal) != false;
    }

    /// <summary>Notes the proofs of a request that it has sent.</summary>
    public void Learn(RecordedRequest request)
    {
        foreach (string name in new[] { "X-Auth-Token", "X-Security-Token" })
        {
            if (!request.Headers.TryGetValue(name, out string? proof) || Secrets.Contains(proof))
                continue;

            Secrets.Add(proof);
            if (Secrets.Count > 12)
                Secrets.RemoveAt(2);
        }
    }

    public override string ToString() => $"session {number} ({way} of {account.UserName} at server {server})";

    public static bool IsSignIn(string target) => target.StartsWith("/v3/auth/tokens", StringComparison.Ordinal);

    public static bool IsMetadata(string target) =>
        target.StartsWith("/openstack/", StringComparison.Ordinal) || target.StartsWith("/meta-data/", StringComparison.Ordinal);

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (char c in text)
            secure.AppendChar(c);

        return secure;
    }
}
