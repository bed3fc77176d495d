using System.Net;
using System.Text;

namespace CseJobs.Client.Auth;

/// <summary>
/// Passwords of proxies, and the form in which they are sent: a proxy can echo both, and the run-time's own messages repeat the
/// address of one that comes from the environment, password included.
/// </summary>
internal sealed class ProxySecret
{
    private static readonly string[] Variables = { "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy" };

    private readonly List<Secret> _secrets = new();

    public ProxySecret(NetworkCredential? credential)
    {
        Add(credential?.UserName, credential?.Password);
        foreach (string variable in Variables)
        {
            AddUserPart(Environment.GetEnvironmentVariable(variable));
        }
    }

    public string RemoveFrom(string text) => _secrets.Aggregate(text, (current, secret) => secret.RemoveFrom(current));

    public void Clear() => _secrets.ForEach(secret => secret.Clear());

    private void AddUserPart(string? address)
    {
        if (address is null || address.LastIndexOf('@') is var at && at < 0)
        {
            return;
        }

        string user = address.Substring(0, at);
        user = user.Substring(user.IndexOf("//", StringComparison.Ordinal) is >= 0 and var start ? start + 2 : 0);
        int colon = user.IndexOf(':');
        if (colon > 0 && colon < user.Length - 1)
        {
            string password = user.Substring(colon + 1);
            _secrets.Add(new Secret(password));
            Add(Uri.UnescapeDataString(user.Substring(0, colon)), Uri.UnescapeDataString(password));
        }
    }

    private void Add(string? user, string? password)
    {
        if (!string.IsNullOrEmpty(password))
        {
            _secrets.Add(new Secret(password!));
            _secrets.Add(new Secret(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))));
        }
    }
}
