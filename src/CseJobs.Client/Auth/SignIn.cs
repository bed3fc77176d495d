using System.Security;

namespace CseJobs.Client.Auth;

/// <summary>
/// All ways to sign in. Each proves the credentials where that costs one cheap call or none: a password gets its token, an
/// access key without a project id looks the project up. If it fails, nothing is left behind.
/// </summary>
public static class SignIn
{
    private const string FromParameters = "Parameters";
    private const int MaxNameLength = 256;

    /// <summary>With a ready token. Nothing is sent.</summary>
    /// <param name="options">Where to sign in; the project id is needed.</param>
    /// <param name="token">The token.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">A value cannot be right; the message says which and what to do.</exception>
    public static SignInResult WithToken(SignInOptions options, SecureString token)
    {
        // Nobody is asked, so the task has ended.
        var given = new FoundCredential(FromParameters, options) { Token = Secret.From(token) };
        return SignInAsync(given, null, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>With an IAM user's name and password; sends one call to IAM.</summary>
    /// <param name="options">Where to sign in.</param>
    /// <param name="userName">IAM user name.</param>
    /// <param name="password">Password.</param>
    /// <param name="domainName">Account name, which IAM calls domain.</param>
    /// <param name="observer">Is told of every request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">A value cannot be right; the message says which and what to do.</exception>
    /// <exception cref="CseApiException">IAM refused, did not answer, or knows no such project.</exception>
    public static Task<SignInResult> WithPasswordAsync(
        SignInOptions options, string userName, SecureString password, string domainName, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var given = new FoundCredential(FromParameters, options) { Login = new PasswordLogin(userName, Secret.From(password), domainName) };
        return SignInAsync(given, observer, cancellationToken);
    }

    /// <summary>With an access key, permanent or temporary; looks the project up when its id is not given.</summary>
    /// <param name="options">Where to sign in.</param>
    /// <param name="accessKey">Access key id (AK).</param>
    /// <param name="secretKey">Secret access key (SK).</param>
    /// <param name="securityToken">Security token of a temporary key.</param>
    /// <param name="observer">Is told of every request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">A value cannot be right; the message says which and what to do.</exception>
    /// <exception cref="CseApiException">IAM refused, did not answer, or knows no such project.</exception>
    public static Task<SignInResult> WithAccessKeyAsync(
        SignInOptions options,
        string accessKey,
        SecureString secretKey,
        SecureString? securityToken = null,
        ICallObserver? observer = null,
        CancellationToken cancellationToken = default)
    {
        var key = new AccessKey(accessKey, Secret.From(secretKey), securityToken is null ? null : Secret.From(securityToken));
        var given = new FoundCredential(FromParameters, options) { Key = key };
        return SignInAsync(given, observer, cancellationToken);
    }

    /// <summary>With the agency bound to this ECS.</summary>
    /// <param name="options">Where to sign in.</param>
    /// <param name="metadataEndpoint">Address of the metadata service; the link-local one by default.</param>
    /// <param name="observer">Is told of every request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">A value cannot be right; the message says which and what to do.</exception>
    /// <exception cref="CseApiException">The metadata service or IAM refused, did not answer, or knows no such project.</exception>
    public static Task<SignInResult> WithEcsAgencyAsync(
        SignInOptions options, Uri? metadataEndpoint = null, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var given = new FoundCredential(FromParameters, options) { MetadataEndpoint = metadataEndpoint };
        return SignInAsync(given, observer, cancellationToken);
    }

    /// <summary>With what the environment or a profile file holds; <see cref="CredentialLookup"/> has the order.</summary>
    /// <param name="options">Where to sign in; what is set here goes before what is found.</param>
    /// <param name="profilePath">Profile file to read instead of looking around.</param>
    /// <param name="observer">Is told of every request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">Nothing was found, or a value cannot be right; the message says what was looked for.</exception>
    /// <exception cref="CseApiException">IAM refused, did not answer, or knows no such project.</exception>
    public static async Task<SignInResult> FromEnvironmentAsync(
        SignInOptions options, string? profilePath = null, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        // What the caller gave is looked at before files are.
        options = Prepare(options, regionMayFollow: true);

        // Not waited for when the caller leaves: a file may lie where nobody answers.
        FoundCredential found = await Task.Run(() => new CredentialLookup(options).Find(profilePath), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        return await SignInAsync(found, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Names of the profiles that <see cref="SignInOptions.ProfileName"/> may name. Nothing else of the files is told.</summary>
    /// <param name="profilePath">Profile file to look into; by default all that are looked at.</param>
    /// <returns>The names; empty when no file can be read.</returns>
    public static IReadOnlyList<string> ProfileNames(string? profilePath = null) => new CredentialLookup(new SignInOptions()).ProfileNames(profilePath);

    /// <summary>The one way in. A sign-in that fails leaves no secret and no connection behind.</summary>
    internal static async Task<SignInResult> SignInAsync(FoundCredential found, ICallObserver? observer, CancellationToken cancellationToken)
    {
        CseCredential? credential = null;
        try
        {
            SignInOptions options = Prepare(found.Options);
            credential = MakeCredential(options, found);
            var clientOptions = new CseClientOptions(options)
            {
                Endpoint = EndpointOf(options),
                ProjectId = await ProveAsync(options, credential, observer, cancellationToken).ConfigureAwait(false),
                EnterpriseProjectId = options.EnterpriseProjectId,
            };
            return new SignInResult(new CseClient(clientOptions, credential), credential, options.Region, found.Source);
        }
        catch
        {
            credential?.Dispose();
            found.Clear();
            throw;
        }
    }

    private static CseCredential MakeCredential(SignInOptions options, FoundCredential found)
    {
        if (options.AgencyName is null)
            return MakeIdentity(options, found);

        if (found.Token is not null)
            throw new ArgumentException("A ready token cannot act as an agency here: sign in with an access key or a password.");

        // The base is of another account than the project, and its token for what is sure to be there: the region's own project.
        if (found.Login is not null && options.Region is null)
            throw new CseOptionsException(CseOptionsProblem.RegionMissing, "To act as an agency, a user has to know the region.");

        CseCredential identity = MakeIdentity(options with { ProjectId = null, ProjectName = null, AgencyName = null }, found);
        return new AgencyCredential(MakeIam(options, identity), identity, options.TimeProvider);
    }

    private static CseCredential MakeIdentity(SignInOptions options, FoundCredential found)
    {
        switch (found)
        {
            case { Token: { } token }:
                return new TokenCredential(token);
            case { Key: { } key }:
                key.Check();
                return new AccessKeyCredential(key, options.TimeProvider);
            case { Login: { } login }:
                CheckName(login.UserId ?? login.UserName, "user name");
                if (login.UserId is null)
                    CheckName(login.DomainName, "domain name");

                if ((options.ProjectId ?? options.ProjectName ?? options.Region) is null)
                    throw new CseOptionsException(CseOptionsProblem.ProjectMissing, "A token holds for one project, and none is named.");

                return new PasswordCredential(MakeIam(options, new LoginRedaction(login)), login, options.TimeProvider);
            default:
                return new EcsAgencyCredential(new ImdsClient(found.MetadataEndpoint, options.TimeProvider), options.TimeProvider);
        }
    }

    /// <summary>Asks for what the credential needs to be known as good.</summary>
    /// <returns>The id of the project that it is for.</returns>
    private static async Task<string> ProveAsync(SignInOptions options, CseCredential credential, ICallObserver? observer, CancellationToken cancellationToken)
    {
        switch (credential)
        {
            case TokenCredential:
                return options.ProjectId ?? throw new CseOptionsException(CseOptionsProblem.ProjectIdMissing, "A token needs the project id that it was made for.");
            case PasswordCredential password:
                (IamToken token, _) = await password.GetAsync(observer, cancellationToken).ConfigureAwait(false);
                return options.ProjectId ?? token.ProjectId
                    ?? throw new CseApiException(CseErrorReason.ProjectNotFound, "IAM did not say which project the token holds for.");
            case EcsAgencyCredential ecs:
                await ecs.GetAsync(observer, cancellationToken).ConfigureAwait(false);
                break;
            case AgencyCredential agency:
                (IExpiringCredential proof, _) = await agency.GetAsync(observer, cancellationToken).ConfigureAwait(false);
                if ((options.ProjectId ?? (proof as IamToken)?.ProjectId) is { } id)
                    return id;

                break;
        }

        return options.ProjectId ?? await FindProjectAsync(options, credential, observer, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> FindProjectAsync(SignInOptions options, CseCredential credential, ICallObserver? observer, CancellationToken cancellationToken)
    {
        string name = options.ProjectName ?? options.Region ?? throw new CseOptionsException(CseOptionsProblem.ProjectMissing, "The project is not known.");
        using IamClient iam = MakeIam(options, credential);
        List<string> ids = await iam.FindProjectsAsync(name, observer, cancellationToken).ConfigureAwait(false);
        return ids.Count == 1 ? ids[0] : throw new CseApiException(CseErrorReason.ProjectNotFound, ids.Count == 0
            ? $"IAM knows no project named '{SafeText.Quote(name)}' for this access key, or does not let it list projects."
            : $"IAM knows {ids.Count} projects named '{SafeText.Quote(name)}': {string.Join(", ", ids.Select(SafeText.CleanLine))}.");
    }

    private static IamClient MakeIam(SignInOptions options, CseCredential credential) => new(
        options.IamEndpoint ?? ServiceEndpoints.Iam(options.Region, EndpointOf(options))
            ?? throw new CseOptionsException(CseOptionsProblem.IamEndpointMissing, $"The IAM of {EndpointOf(options).Host} is not known."),
        options,
        credential);

    private static Uri EndpointOf(SignInOptions options) =>
        options.Endpoint ?? (options.Region is { } region
            ? ServiceEndpoints.Cse(region)
            : throw new CseOptionsException(CseOptionsProblem.RegionMissing, "The region is not known."));

    /// <summary>Checks everything that can be wrong without asking anybody, and takes the region from the environment where none is given.</summary>
    private static SignInOptions Prepare(SignInOptions options, bool regionMayFollow = false)
    {
        ArgumentNullException.ThrowIfNull(options);

        // In lower case, as IAM spells the name of the region's own project.
        string? region = options.Region ?? (options.Endpoint is null ? options.Environment.Region : null);
        options = options with { Region = region is null ? null : ServiceEndpoints.Checked(region) };
        if (region is not null || options.Endpoint is not null || !regionMayFollow)
            EndpointRules.Check(EndpointOf(options), options.AllowUnencryptedAuthentication);

        if (options.IamEndpoint is not null)
            EndpointRules.Check(options.IamEndpoint, options.AllowUnencryptedAuthentication);

        if (options.ProjectId is not null)
        {
            PathSegment.ProjectId(options.ProjectId);
            if (options.ProjectName is not null)
                throw new CseOptionsException(CseOptionsProblem.ProjectNamedTwice, "The project is named both by its id and by its name.");
        }

        if (options.ProjectName is not null)
            CheckName(options.ProjectName, "project name");

        if ((options.AgencyName ?? options.AgencyDomainName ?? options.AgencyDomainId) is not null)
        {
            CheckName(options.AgencyName, "agency name");
            CheckName(options.AgencyDomainId ?? options.AgencyDomainName, "name of the account that the agency belongs to");
        }

        HeaderRules.Check(options.EnterpriseProjectId, "enterprise project id");
        options.Validate();
        return options;
    }

    /// <summary>A name that JSON and URLs would have to change (half a character) would be another name.</summary>
    private static void CheckName(string? name, string what)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength || !SafeText.IsSafeLine(name) || SafeText.HasHalfCharacter(name))
            throw new ArgumentException($"The {what} '{SafeText.Quote(name ?? string.Empty)}' must have 1 to {MaxNameLength} characters, none of them a control character.");
    }
}
