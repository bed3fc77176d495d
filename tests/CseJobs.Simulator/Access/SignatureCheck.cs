using System.Globalization;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Access;

/// <summary>Checks SDK-HMAC-SHA256 signatures as the API gateway does.</summary>
internal sealed class SignatureCheck(SimulatorClock clock, AccountDirectory accounts, AgencyKeyStore agency)
{
    private const string DateName = "x-sdk-date";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(15);

    private readonly KeyLock _locks = new(clock);
    private int _failures;

    /// <summary>How many checks have failed. A key that is locked is not checked any more.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Says who signed, or why nobody is believed.</summary>
    public (Caller? Caller, Answer? Refusal) Check(ApiCall call)
    {
        if (SignatureHeader.Parse(call.Header("Authorization")) is not SignatureHeader header)
        {
            return Refuse(call, "the Authorization header is malformed");
        }

        if ((accounts.FindKey(header.AccessKey) ?? agency.Find(header.AccessKey)) is not SigningKey key)
        {
            return Refuse(call, "Get secretKey failed");
        }

        if (_locks.IsLocked(key.AccessKey))
        {
            return (null, Errors.SignatureRefused(call, "AK access failed to reach the limit"));
        }

        if (key.IsOld(clock.Now))
        {
            return Refuse(call, "Get secretKey failed, the temporary access key has expired");
        }

        if (FindProblem(call, header, key) is string problem)
        {
            _locks.Fail(key.AccessKey);
            return Refuse(call, problem);
        }

        _locks.Succeed(key.AccessKey);
        return (key.Caller, null);
    }

    private (Caller? Caller, Answer? Refusal) Refuse(ApiCall call, string problem)
    {
        Interlocked.Increment(ref _failures);
        return (null, Errors.SignatureRefused(call, problem));
    }

    private string? FindProblem(ApiCall call, SignatureHeader header, SigningKey key) =>
        HeadersProblem(call, header) ?? DateProblem(call) ?? SecurityTokenProblem(call, key) ?? SignatureProblem(call, header, key);

    private static string? HeadersProblem(ApiCall call, SignatureHeader header)
    {
        string[] names = header.SignedHeaders;
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0
                || names[i].Any(char.IsAsciiLetterUpper)
                || (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0))
            {
                return "verify aksk signature fail, SignedHeaders must be lower-case and sorted";
            }

            if (!call.HasHeader(names[i]))
            {
                return $"verify aksk signature fail, the signed header {names[i]} is absent";
            }
        }

        return names.Contains(DateName) ? null : $"verify aksk signature fail, {DateName} must be signed";
    }

    private string? DateProblem(ApiCall call)
    {
        bool valid = DateTimeOffset.TryParseExact(
            call.Header(DateName),
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset date);
        return !valid ? $"{DateName} is malformed" : (clock.Now - date).Duration() > MostSkew ? $"{DateName} expired" : null;
    }

    // Signed or not is the client's choice. A permanent key that comes with somebody's token is a mix-up that must show.
    private static string? SecurityTokenProblem(ApiCall call, SigningKey key) =>
        string.Equals(call.Header("X-Security-Token"), key.SecurityToken ?? "", StringComparison.Ordinal)
            ? null
            : "verify aksk signature fail, the X-Security-Token is not that of the access key";

    // As real gateways do, the text holds the canonical request, and so a security token that was signed.
    private static string? SignatureProblem(ApiCall call, SignatureHeader header, SigningKey key)
    {
        string payload = call.Header("X-Sdk-Content-Sha256") == UnsignedPayload ? UnsignedPayload : CanonicalRequest.Hash(call.RawBody.Span);
        string canonical = CanonicalRequest.Build(
            call.Method,
            call.Target.Path,
            call.Target.Query,
            [.. header.SignedHeaders.Select(name => (name, call.Header(name)))],
            payload);
        return CanonicalRequest.Sign(canonical, call.Header(DateName), key.SecretKey) == header.Signature
            ? null
            : "verify aksk signature fail, canonicalRequest:" + canonical.Replace('\n', '|');
    }
}
