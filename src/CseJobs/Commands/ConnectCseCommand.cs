using System.Management.Automation.Runspaces;
using System.Net;
using System.Security;
using CseJobs.Client.Auth;
using CseJobs.Client.Diagnosis;
using CseJobs.Completion;

namespace CseJobs.Commands;

/// <summary>
/// Signs in and makes a session, which becomes the default one. One parameter set for each way in; without any of their
/// parameters the credentials are looked up in the environment and in profile files.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "Cse", DefaultParameterSetName = EnvironmentSet)]
[OutputType(typeof(CseSession))]
public sealed partial class ConnectCseCommand : CseCmdlet
{
    private const string EnvironmentSet = "Environment";
    private const string TokenSet = "Token";
    private const string PasswordSet = "Password";
    private const string AccessKeySet = "AccessKey";
    private const string EcsAgencySet = "EcsAgency";
    private const int MaxNameLength = 64;

    private string? _profilePath;

    /// <summary>IAM token of the project (the X-Subject-Token that IAM answered with).</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString Token { get; set; } = null!;

    /// <summary>Name and password of an IAM user.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PasswordSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential Credential { get; set; } = null!;

    /// <summary>Name of the account that the IAM user belongs to; IAM calls it domain.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PasswordSet)]
    [ValidateNotNullOrEmpty]
    public string DomainName { get; set; } = null!;

    /// <summary>Access key id (AK).</summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessKeySet)]
    [ValidateNotNullOrEmpty]
    public string AccessKey { get; set; } = null!;

    /// <summary>Secret access key (SK).</summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessKeySet)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString SecretKey { get; set; } = null!;

    /// <summary>Security token of a temporary access key.</summary>
    [Parameter(ParameterSetName = AccessKeySet)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? SecurityToken { get; set; }

    /// <summary>Agency of another account to act as: the one who signs in gets its proofs from IAM. It needs -AgencyDomainName.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = AccessKeySet)]
    [ValidateNotNullOrEmpty]
    public string? AgencyName { get; set; }

    /// <summary>Name of the account that the agency belongs to.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = AccessKeySet)]
    [ValidateNotNullOrEmpty]
    public string? AgencyDomainName { get; set; }

    /// <summary>Signs with the agency that is bound to this ECS.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EcsAgencySet)]
    public SwitchParameter EcsAgency { get; set; }

    /// <summary>Address of the ECS metadata service, if it is not the usual link-local one. A bare host gets http://, for it has no certificate.</summary>
    [Parameter(ParameterSetName = EcsAgencySet)]
    [EndpointTransformation(Scheme = "http", Example = "http://169.254.169.254")]
    [ValidateNotNull]
    public Uri? MetadataEndpoint { get; set; }

    /// <summary>Profile file to read, and nothing else: of the official SDKs (INI) or of KooCLI (JSON).</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [ValidateNotNullOrEmpty]
    public string? ProfilePath { get; set; }

    /// <summary>Profile of the profile files to take, by name: one of KooCLI's, or a section of an INI file. The environment's variables are not asked for credentials then.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ProfileName { get; set; }

    /// <summary>
    /// Region, cn-north-4 for example: the API is then at https://cse.{region}.myhuaweicloud.com. Of several each gets a session of its own.
    /// Without it and -Endpoint the environment's is taken (HW_REGION_NAME).
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Region { get; set; }

    /// <summary>Base address of the API, for other clouds and gateways. A bare host gets https://.</summary>
    [Parameter]
    [EndpointTransformation]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>Base address of IAM, if it is not that of the region. A bare host gets https://.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = AccessKeySet)]
    [Parameter(ParameterSetName = EcsAgencySet)]
    [EndpointTransformation]
    [ValidateNotNull]
    public Uri? IamEndpoint { get; set; }

    /// <summary>Project id, 1 to 64 characters. Needed with a token; otherwise IAM tells it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = AccessKeySet)]
    [Parameter(ParameterSetName = EcsAgencySet)]
    [ValidateNotNullOrEmpty]
    public string? ProjectId { get; set; }

    /// <summary>Project name; without it and -ProjectId the region's own project.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = AccessKeySet)]
    [Parameter(ParameterSetName = EcsAgencySet)]
    [ValidateNotNullOrEmpty]
    public string? ProjectName { get; set; }

    /// <summary>Enterprise project id (header X-Enterprise-Project-ID). Without it the server takes 0, the default one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EnterpriseProjectId { get; set; }

    /// <summary>Engine that the cmdlets take when none is named.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EngineId { get; set; }

    /// <summary>
    /// Name of the session, "default" if none is given, in which {region} stands for the region; of several regions they are the names. An open
    /// session of the same name and scope is closed.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "default";

    /// <summary>Process: other runspaces use the session too when they have none of their own. Runspace: it stays in this one.</summary>
    [Parameter]
    [EnumTransformation(typeof(CseSessionScope))]
    public CseSessionScope Scope { get; set; } = CseSessionScope.Process;

    /// <summary>Seconds that one request may take, 1 to 86400; 100 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>Seconds that one call (a page of a list, the details of a job) may take with all its tries and waits, 1 to 86400; 300 by default.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int OperationTimeoutSec { get; set; } = 300;

    /// <summary>How often a request that failed for a passing reason is tried again, 0 to 20; 4 by default.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>Allows sending credentials over plain http to another machine.</summary>
    [Parameter]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>Accepts any server certificate. For test systems only.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Proxy to use instead of the system's.</summary>
    [Parameter]
    [EndpointTransformation(Scheme = "http", Example = "http://proxy.example.com:8080")]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Credential for the proxy.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Makes a first call and looks at what it shows, before the session is there: if anything is in the way, none is made.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // In lower case, as IAM spells the names of the regions' own projects.
        string[] regions = (Region ?? []).Select(region => region.ToLowerInvariant()).Distinct().ToArray();
        Region = regions.Length < Region?.Length ? regions : Region;
        if (regions.Length > 1)
        {
            ConnectRegions(regions);
            return;
        }

        try
        {
            CheckName(regions is [var one] ? NameOf(one) : Name);
            SignInResult result = Await(SignInAsync(Region?[0]));
            var session = new CseSession(NameOf(result.Region), Scope, result, EngineId);
            SessionStore.Add([session], Runspace.DefaultRunspace);
            WriteObject(session);
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(e, null));
        }
        catch (CseApiException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, Region?[0] ?? Endpoint?.Host));
        }
    }

    private static void CheckName(string name)
    {
        if (name.Length > MaxNameLength || !SafeText.IsSafeLine(name))
            throw new ArgumentException($"The name '{SafeText.Quote(name)}' must have 1 to {MaxNameLength} printable characters.");
    }

    private async Task<SignInResult> SignInAsync(string? region)
    {
        if (ProxyCredential is not null && Proxy is null)
            throw new ArgumentException("-ProxyCredential needs -Proxy.");

        if ((AgencyName is null) != (AgencyDomainName is null))
            throw new ArgumentException("-AgencyName and -AgencyDomainName need each other.");

        if (EngineId is not null)
            CseClient.CheckEngineId(EngineId);

        // On the pipeline's thread, where the first sign-in begins.
        _profilePath ??= ProfilePath is null ? null : Resolved(ProfilePath);
        SignInOptions options = Options(region);
        SignInResult result = ParameterSetName switch
        {
            TokenSet => SignIn.WithToken(options, Token),
            PasswordSet => await SignIn.WithPasswordAsync(options, Filled(Credential, "-Credential").UserName, Credential.Password, DomainName, Observer, StopToken).ConfigureAwait(false),
            AccessKeySet => await SignIn.WithAccessKeyAsync(options, AccessKey, SecretKey, SecurityToken, Observer, StopToken).ConfigureAwait(false),
            EcsAgencySet when EcsAgency => await SignIn.WithEcsAgencyAsync(options, MetadataEndpoint, Observer, StopToken).ConfigureAwait(false),
            _ => await SignIn.FromEnvironmentAsync(options, _profilePath, Observer, StopToken).ConfigureAwait(false),
        };
        if (Verify)
            await VerifyAsync(result).ConfigureAwait(false);

        return result;
    }

    /// <exception cref="CseApiException">A check failed: it is in the exception's data. The client is closed.</exception>
    private async Task VerifyAsync(SignInResult result)
    {
        try
        {
            await foreach (SessionCheck check in new SessionDoctor(result).CheckConnectionAsync(EngineId, Observer, StopToken).ConfigureAwait(false))
            {
                Post(() => WriteVerbose(check.ToString()));
                if (check.GetFailure() is { } failure)
                {
                    failure.Data[ErrorRecords.CheckKey] = CheckAdvice.AddTo(check);
                    throw failure;
                }
            }
        }
        catch
        {
            result.Client.Dispose();
            throw;
        }
    }

    private SignInOptions Options(string? region) => new()
    {
        Region = region,
        Endpoint = Endpoint,
        IamEndpoint = IamEndpoint,
        ProjectId = ProjectId,

        // Of several regions each has its own project, whatever one the environment names.
        ProjectName = Region is { Length: > 1 } ? region : ProjectName,
        ProfileName = ProfileName,
        EnterpriseProjectId = EnterpriseProjectId,
        AgencyName = AgencyName,
        AgencyDomainName = AgencyDomainName,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        OperationTimeout = TimeSpan.FromSeconds(OperationTimeoutSec),
        MaximumRetryCount = MaximumRetryCount,
        AllowUnencryptedAuthentication = AllowUnencryptedAuthentication,
        SkipCertificateCheck = SkipCertificateCheck,
        Proxy = Proxy,
        ProxyCredential = ProxyCredential is null ? null : ForProxy(Filled(ProxyCredential, "-ProxyCredential")),
    };

    /// <summary>[pscredential]::Empty has neither a name nor a password.</summary>
    private static PSCredential Filled(PSCredential credential, string parameter) => credential.UserName is { Length: > 0 } && credential.Password is not null
        ? credential
        : throw new ArgumentException($"{parameter} is empty: it has no user name or no password.");

    /// <summary>DOMAIN\user in its parts, which a proxy that asks by NTLM or Negotiate needs apart. A user@domain stays whole: it is one name.</summary>
    private static NetworkCredential ForProxy(PSCredential credential)
    {
        string[] parts = credential.UserName.TrimStart('\\').Split('\\', 2);
        return new NetworkCredential(parts[^1], credential.Password, parts.Length > 1 ? parts[0] : string.Empty);
    }

    /// <summary>PowerShell's current location is not the process's; ~ is the home directory.</summary>
    private string Resolved(string path)
    {
        try
        {
            return GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (Exception e) when (e is SessionStateException or ProviderInvocationException or PSInvalidOperationException or NotSupportedException)
        {
            throw new ArgumentException($"'{SafeText.Quote(path)}' is no path of the file system.");
        }
    }
}
