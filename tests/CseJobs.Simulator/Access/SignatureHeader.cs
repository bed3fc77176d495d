using System.Text.RegularExpressions;

namespace CseJobs.Simulator.Access;

/// <summary>The Authorization header of a signed request. Only the one documented spelling is read.</summary>
internal sealed partial record SignatureHeader(string AccessKey, string[] SignedHeaders, string Signature)
{
    public static SignatureHeader? Parse(string text)
    {
        Match match = Form().Match(text);
        return match.Success
            ? new SignatureHeader(match.Groups["access"].Value, match.Groups["headers"].Value.Split(';'), match.Groups["signature"].Value)
            : null;
    }

    [GeneratedRegex(
        @"\ASDK-HMAC-SHA256 Access=(?<access>[^\s,]+), SignedHeaders=(?<headers>[^\s,]+), Signature=(?<signature>[0-9a-f]{64})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
