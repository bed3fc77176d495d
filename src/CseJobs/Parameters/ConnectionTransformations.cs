using System.Management.Automation.Runspaces;
using System.Security;

namespace CseJobs.Parameters;

/// <summary>
/// Lets an address parameter take a host without a scheme. The error message does not repeat a text that is no address: it may
/// be long, or hold a password.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EndpointTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Scheme that a host without one gets; https by default.</summary>
    public string Scheme { get; set; } = Uri.UriSchemeHttps;

    /// <summary>Address that the error message shows as an example.</summary>
    public string Example { get; set; } = "https://cse.cn-north-4.myhuaweicloud.com";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        string? text = inputData.Bare() switch
        {
            string given => given.Trim(),
            Uri { IsAbsoluteUri: false } given => given.OriginalString.Trim(),
            _ => null,
        };
        if (string.IsNullOrEmpty(text))
            return inputData;

        string address = text.Contains("://", StringComparison.Ordinal) ? text : $"{Scheme}://{text}";
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
            ? uri
            : throw new ArgumentTransformationMetadataException("The address cannot be read. Example: " + Example);
    }
}

/// <summary>Lets a SecureString parameter take a string, so that a token from a variable or from Get-Secret needs no conversion.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    // The limit of SecureString.
    private const int MaxLength = 65_536;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData.Bare();
        if (value is null or SecureString)
            return value;

        // The binder's own message would quote the value.
        if (value is not string text)
            throw new ArgumentTransformationMetadataException($"A SecureString or a text was expected, not a {value.GetType().Name}.");

        if (text.Length > MaxLength)
            throw new ArgumentTransformationMetadataException($"A secret has at most {MaxLength} characters; this one has {text.Length}.");

        var secret = new SecureString();
        foreach (char c in text)
            secret.AppendChar(c);

        secret.MakeReadOnly();
        return secret;
    }
}

/// <summary>Lets a session parameter take the name of a session or, where it takes several, names and patterns.</summary>
internal sealed class SessionTransformationAttribute : EntryTransformationAttribute
{
    /// <summary>Whether the parameter takes more than one.</summary>
    public bool IsList { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => base.Transform(engineIntrinsics, inputData) switch
    {
        object?[] sessions when IsList => sessions.SelectMany(session => session as object?[] ?? [session]).Distinct().ToArray(),
        object?[] and [var one] => one,
        object?[] sessions => throw new ArgumentTransformationMetadataException($"One session is taken here, not {sessions.Length}."),
        var session => session,
    };

    private protected override object? TransformEntry(object? value)
    {
        if (value.Bare() is not string name)
            return value.Bare() is CseSession session ? session : value;

        if (SessionStore.Find(Runspace.DefaultRunspace, name) is { } named)
            return named;

        var pattern = new NamePattern(name);
        CseSession[] found = SessionStore.List(Runspace.DefaultRunspace).Where(session => pattern.Matches(session.Name)).ToArray();
        if (found.Length > 0)
            return IsList ? found : throw new ArgumentTransformationMetadataException($"One session is taken here, by its name: '{SafeText.Quote(name)}' is a pattern.");

        string open = string.Join(", ", SessionStore.List(Runspace.DefaultRunspace).Select(session => PowerShellText.AsArgument(session.Name)));
        throw new ArgumentTransformationMetadataException(
            $"{(pattern.IsMissing ? "There is no session named" : "No session matches")} '{SafeText.Quote(name)}'. {(open.Length > 0 ? $"Open are: {open}." : "No session is open: run Connect-Cse first.")}");
    }
}
