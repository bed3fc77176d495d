using System.Management.Automation;
using System.Security;
using CseJobs.Language;

namespace CseJobs.Parameters;

/// <summary>Lets a SecureString parameter take a plain text too, so that a token out of a variable or Get-Secret needs no conversion.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    // SecureString takes no more.
    private const int MaxLength = 65_536;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData.Bare();
        if (value is not string text)
        {
            // The binder's own message would quote the value.
            return value is null or SecureString
                ? value
                : throw new ArgumentTransformationMetadataException($"A SecureString or a text was expected, not a {value.GetType().Name}.");
        }

        if (text.Length > MaxLength)
        {
            throw new ArgumentTransformationMetadataException($"A secret has at most {MaxLength} characters; this one has {text.Length}.");
        }

        var secret = new SecureString();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
