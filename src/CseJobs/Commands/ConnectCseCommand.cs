using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Security;
using System.Text.RegularExpressions;
using CseJobs.Client;
using CseJobs.Client.Auth;
using CseJobs.Errors;
using CseJobs.Parameters;
using CseJobs.Sessions;

namespace CseJobs.Commands;

/// <summary>Makes a session and the default one. Nothing is sent.</summary>
[Cmdlet(VerbsCommunications.Connect, "Cse", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(CseSession))]
public sealed class ConnectCseCommand : CseCmdlet
{
    private const string TokenSet = "Token";
    private const string TokenEndpointSet = "TokenEndpoint";
    private const string DefaultName = "default";

    private static readonly Regex RegionName = new("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>IAM token of the project (the X-Subject-Token that IAM answered with).</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [Parameter(Mandatory = true, ParameterSetName = TokenEndpointSet)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString Token { get; set; } = null!;

    /// <summary>Project id, 1 to 64 characters.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ProjectId { get; set; } = null!;

    /// <summary>Region, cn-north-4 for example: the API is then at https://cse.{region}.myhuaweicloud.com.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = TokenEndpointSet)]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>Base address of the API, for other clouds and gateways. A bare host gets https://.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenEndpointSet)]
    [EndpointTransformation]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>Enterprise project id (header X-Enterprise-Project-ID). Without it the server takes 0, the default one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EnterpriseProjectId { get; set; }

    /// <summary>Engine that the cmdlets take when none is named.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EngineId { get; set; }

    /// <summary>Name of the session; "default" if none is given. An open session of the same name is replaced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = DefaultName;

    /// <summary>Seconds that one request may take, 1 to 86400; 100 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>Allows sending the token over plain http to another machine.</summary>
    [Parameter]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>Accepts any server certificate. For test systems only.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Proxy to use instead of the system's.</summary>
    [Parameter]
    [EndpointTransformation]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Credential for the proxy.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? ProxyCredential { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            CseSession session = MakeSession();
            SessionStore.Add(session, Runspace.DefaultRunspace);
            WriteObject(session);
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(e, null));
        }
    }

    private CseSession MakeSession()
    {
        if (ProxyCredential is not null && Proxy is null)
        {
            throw new ArgumentException("-ProxyCredential needs -Proxy.");
        }

        if (EngineId is not null)
        {
            CseClient.CheckEngineId(EngineId);
        }

        Uri endpoint = Endpoint ?? RegionEndpoint(Region!);
        var credential = new TokenCredential(Token);
        try
        {
            var client = new CseClient(MakeOptions(endpoint), credential);
            return new CseSession(Name, client, credential, Region, EngineId);
        }
        catch (ArgumentException)
        {
            credential.Dispose();
            throw;
        }
    }

    private CseClientOptions MakeOptions(Uri endpoint) => new()
    {
        Endpoint = endpoint,
        ProjectId = ProjectId,
        EnterpriseProjectId = EnterpriseProjectId,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        AllowUnencryptedAuthentication = AllowUnencryptedAuthentication,
        SkipCertificateCheck = SkipCertificateCheck,
        Proxy = Proxy,
        ProxyCredential = ProxyCredential is null ? null : new NetworkCredential(ProxyCredential.UserName, ProxyCredential.Password),
    };

    // Never checked against a list: regions are added faster than modules are updated.
    private static Uri RegionEndpoint(string region) =>
        RegionName.IsMatch(region)
            ? new Uri($"https://cse.{region.ToLowerInvariant()}.myhuaweicloud.com")
            : throw new ArgumentException($"'{region}' is not the name of a region. Example: cn-north-4. For another cloud pass -Endpoint.");
}
