using System.Security;

namespace CseJobs.Client.Auth;

/// <summary>
/// All ways to sign in. Each proves the credentials where that costs one cheap call or none: a password gets its token, an
/// access key without a project id looks the project up. If it fails, nothing is left behind.
/// </summary>
public static class SignIn
{
    private const string FromParameters = "Parameters";

    /// <summary>With a ready token. Nothing is sent.</summary>
    /// <param name="options">Where to sign in; the project id is needed.</param>
    /// <param name="token">The token.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">A value cannot be right; the message says which and what to do.</exception>
    public static SignInResult WithToken(SignInOptions options, SecureString token)
    {
        options = Prepare(options);
        return WithToken(options, new TokenCredential(token), FromParameters);
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
        options = Prepare(options);
        Secret secret = Secret.From(password ?? throw new ArgumentNullException(nameof(password)));
        return WithPasswordAsync(options, userName, secret, domainName, FromParameters, observer, cancellationToken);
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
        SignInOptions options, string accessKey, SecureString secretKey, SecureString? securityToken = null, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        options = Prepare(options);
        Secret secret = Secret.From(secretKey ?? throw new ArgumentNullException(nameof(secretKey)));
        var key = new AccessKey(accessKey, secret, securityToken is null ? null : Secret.From(securityToken));
        return WithAccessKeyAsync(options, key, FromParameters, observer, cancellationToken);
    }

    /// <summary>With the agency bound to this ECS.</summary>
    /// <param name="options">Where to sign in.</param>
    /// <param name="metadataEndpoint">Address of the metadata service; the link-local one by default.</param>
    /// <param name="observer">Is told of every request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">A value cannot be right; the message says which and what to do.</exception>
    /// <exception cref="CseApiException">The metadata service or IAM refused, did not answer, or knows no such project.</exception>
    public static async Task<SignInResult> WithEcsAgencyAsync(
        SignInOptions options, Uri? metadataEndpoint = null, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        options = Prepare(options);
        var credential = new EcsAgencyCredential(new ImdsClient(metadataEndpoint, options.TimeProvider), options.TimeProvider);
        return await GuardAsync(credential.Dispose, async () =>
        {
            AccessKey key = await credential.GetKeyAsync(observer, cancellationToken).ConfigureAwait(false);
            string project = options.ProjectId ?? await FindProjectAsync(options, key, observer, cancellationToken).ConfigureAwait(false);
            return Finish(options, credential, project, FromParameters);
        }).ConfigureAwait(false);
    }

    /// <summary>With what the environment or a profile file holds; <see cref="CredentialLookup"/> has the order.</summary>
    /// <param name="options">Where to sign in; what is set here goes before what is found.</param>
    /// <param name="profilePath">Profile file to read instead of looking around.</param>
    /// <param name="observer">Is told of every request after it ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">Nothing was found, or a value cannot be right; the message says what was looked for.</exception>
    /// <exception cref="CseApiException">IAM refused, did not answer, or knows no such project.</exception>
    public static Task<SignInResult> FromEnvironmentAsync(
        SignInOptions options, string? profilePath = null, ICallObserver? observer = null, CancellationToken cancellationToken = default)
    {
        options = Prepare(options, regionMayFollow: true);
        return WithFoundAsync(options, new CredentialLookup(options.Environment).Find(profilePath), observer, cancellationToken);
    }

    internal static Task<SignInResult> WithFoundAsync(
        SignInOptions options, FoundCredential found, ICallObserver? observer, CancellationToken cancellationToken) => GuardAsync(found.Clear, () =>
        {
            SignInOptions merged = Prepare(found.MergeInto(options));
            return found switch
            {
                { Token: { } token } => Task.FromResult(WithToken(merged, new TokenCredential(token), found.Source)),
                { SecretKey: { } secret } => WithAccessKeyAsync(merged, new AccessKey(found.AccessKey!, secret, found.SecurityToken), found.Source, observer, cancellationToken),
                _ => WithPasswordAsync(merged, found.UserName!, found.Password!, found.DomainName!, found.Source, observer, cancellationToken),
            };
        });

    private static SignInResult WithToken(SignInOptions options, TokenCredential credential, string source)
    {
        try
        {
            return options.ProjectId is null
                ? throw new CseOptionsException(CseOptionsProblem.ProjectIdMissing, "A token needs the project id that it was made for.")
                : Finish(options, credential, options.ProjectId, source);
        }
        catch (ArgumentException)
        {
            credential.Dispose();
            throw;
        }
    }

    internal static async Task<SignInResult> WithPasswordAsync(
        SignInOptions options, string userName, Secret password, string domainName, string source, ICallObserver? observer, CancellationToken cancellationToken)
    {
        PasswordCredential? credential = null;
        void clear()
        {
            password.Clear();
            credential?.Dispose();
        }

        return await GuardAsync(clear, async () =>
        {
            PasswordLogin login = MakeLogin(options, userName, password, domainName);
            credential = new PasswordCredential(MakeIam(options, new LoginRedaction(login)), login, options.TimeProvider);
            string? project = await credential.SignInAsync(observer, cancellationToken).ConfigureAwait(false);
            return Finish(
                options,
                credential,
                options.ProjectId ?? project ?? throw new CseApiException(CseErrorReason.ProjectNotFound, "IAM did not say which project the token holds for."),
                source);
        }).ConfigureAwait(false);
    }

    private static PasswordLogin MakeLogin(SignInOptions options, string userName, Secret password, string domainName)
    {
        SignInRules.CheckName(userName, "user name");
        SignInRules.CheckName(domainName, "domain name");
        string? projectName = options.ProjectName ?? options.Region;
        return options.ProjectId is null && projectName is null
            ? throw new CseOptionsException(CseOptionsProblem.ProjectMissing, "A token holds for one project, and none is named.")
            : new PasswordLogin
            {
                UserName = userName,
                Password = password,
                DomainName = domainName,
                ProjectId = options.ProjectId,
                ProjectName = projectName,
            };
    }

    internal static Task<SignInResult> WithAccessKeyAsync(
        SignInOptions options, AccessKey key, string source, ICallObserver? observer, CancellationToken cancellationToken)
    {
        var credential = new AccessKeyCredential(key, options.TimeProvider);
        return GuardAsync(credential.Dispose, async () =>
        {
            SignInRules.CheckKey(key);
            string project = options.ProjectId ?? await FindProjectAsync(options, key, observer, cancellationToken).ConfigureAwait(false);
            return Finish(options, credential, project, source);
        });
    }

    private static async Task<string> FindProjectAsync(SignInOptions options, AccessKey key, ICallObserver? observer, CancellationToken cancellationToken)
    {
        string name = options.ProjectName ?? options.Region
            ?? throw new CseOptionsException(CseOptionsProblem.ProjectMissing, "The project is not known.");
        // The key belongs to the caller; this only signs with it.
        using IamClient iam = MakeIam(options, new AccessKeyCredential(key, options.TimeProvider));
        List<IamProject> projects = await iam.FindProjectsAsync(name, observer, cancellationToken).ConfigureAwait(false);
        return projects.Count switch
        {
            1 => projects[0].Id,
            0 => throw new CseApiException(CseErrorReason.ProjectNotFound, $"IAM knows no project named '{SafeText.Quote(name)}' for this access key, or does not let it list projects."),
            _ => throw new CseApiException(CseErrorReason.ProjectNotFound, $"IAM knows {projects.Count} projects named '{SafeText.Quote(name)}': {string.Join(", ", projects.Select(project => SafeText.CleanLine(project.Id)))}."),
        };
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

    private static SignInResult Finish(SignInOptions options, CseCredential credential, string projectId, string source)
    {
        var client = new CseClient(
            new CseClientOptions(options)
            {
                Endpoint = EndpointOf(options),
                ProjectId = projectId,
                EnterpriseProjectId = options.EnterpriseProjectId,
            },
            credential);
        return new SignInResult(client, credential, options.Region, source);
    }

    /// <summary>Checks everything that can be wrong without asking anybody, and takes the region from the environment where none is given.</summary>
    private static SignInOptions Prepare(SignInOptions options, bool regionMayFollow = false)
    {
        ArgumentNullException.ThrowIfNull(options);

        string? region = options.Region ?? (options.Endpoint is null ? ToolVariables.Region(options.Environment) : null);
        if (region is not null)
        {
            // In lower case, as IAM spells the name of the region's own project.
            region = ServiceEndpoints.Checked(region);
        }

        var prepared = new SignInOptions(options) { Region = region };
        if (region is not null || options.Endpoint is not null || !regionMayFollow)
            EndpointRules.Check(EndpointOf(prepared), options.AllowUnencryptedAuthentication);

        if (options.IamEndpoint is not null)
            EndpointRules.Check(options.IamEndpoint, options.AllowUnencryptedAuthentication);

        if (options.ProjectId is not null)
        {
            PathSegment.ProjectId(options.ProjectId);
            if (options.ProjectName is not null)
                throw new CseOptionsException(CseOptionsProblem.ProjectNamedTwice, "The project is named both by its id and by its name.");
        }

        if (options.ProjectName is not null)
            SignInRules.CheckName(options.ProjectName, "project name");

        HeaderRules.Check(options.EnterpriseProjectId, "enterprise project id");
        options.Validate();
        return prepared;
    }

    /// <summary>A sign-in that fails leaves no secret and no connection behind.</summary>
    private static async Task<SignInResult> GuardAsync(Action clear, Func<Task<SignInResult>> work)
    {
        bool done = false;
        try
        {
            SignInResult result = await work().ConfigureAwait(false);
            done = true;
            return result;
        }
        finally
        {
            if (!done)
                clear();
        }
    }
}

/// <summary>What can be known of names and keys without asking anybody.</summary>
internal static class SignInRules
{
    private const int MaxNameLength = 256;

    /// <exception cref="ArgumentException">A part of the key cannot be right.</exception>
    public static void CheckKey(AccessKey key)
    {
        CheckHeaderText(key.Id, "access key");
        if (string.IsNullOrWhiteSpace(key.SecretKey.Reveal()))
            throw new ArgumentException("The secret key is empty.");

        if (key.SecurityToken is not null)
            CheckHeaderText(key.SecurityToken.Reveal(), "security token");
    }

    /// <summary>A name that JSON and URLs would have to change (half a character) would be another name.</summary>
    /// <exception cref="ArgumentException">The name cannot be right.</exception>
    public static void CheckName(string? name, string what)
    {
        if (string.IsNullOrWhiteSpace(name) || name!.Length > MaxNameLength || !SafeText.IsSafeLine(name) || SafeText.HasHalfCharacter(name))
            throw new ArgumentException($"The {what} '{SafeText.Quote(name ?? string.Empty)}' must have 1 to {MaxNameLength} characters, none of them a control character.");
    }

    private static void CheckHeaderText(string? value, string what)
    {
        if (string.IsNullOrEmpty(value) || !HeaderRules.CanCarry(value!))
            throw new ArgumentException($"The {what} is empty, or holds a blank, a line break or another character that it cannot have.");
    }
}
