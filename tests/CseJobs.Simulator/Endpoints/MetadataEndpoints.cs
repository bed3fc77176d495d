using System.Collections.Concurrent;
using System.Globalization;
using CseJobs.Simulator.Access;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The metadata service of an ECS instance: temporary keys of its agency, by version 1 or 2.</summary>
internal sealed class MetadataEndpoints(SimulatorOptions options, SimulatorClock clock, AgencyKeyStore keys) : IEndpointGroup
{
    private const int LongestLife = 21600;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Func<ApiCall, ValueTask<Answer>>? Find(ApiCall call) => call.Segments switch
    {
        ["meta-data", "latest", "api", "token"] => call => new ValueTask<Answer>(Token(call)),
        ["openstack", "latest", "securitykey"] => call => new ValueTask<Answer>(Keys(call)),
        _ => null,
    };

    private Answer Token(ApiCall call)
    {
        if (options.MetadataMode == MetadataMode.V1Only)
        {
            return Problem(404, "404 Not Found");
        }

        if (call.Method != "PUT")
        {
            return Problem(405, "405 Method Not Allowed");
        }

        bool valid = int.TryParse(
            call.Header("X-Metadata-Token-Ttl-Seconds"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds);
        if (!valid || seconds is < 1 or > LongestLife)
        {
            return Problem(400, "400 Bad Request");
        }

        string token = Secrets.Base64("MDSIM", 42);
        _tokens[token] = clock.Now.AddSeconds(seconds);
        return Answer.Raw(200, "text/plain", token);
    }

    private Answer Keys(ApiCall call)
    {
        if (call.Method != "GET")
        {
            return Problem(405, "405 Method Not Allowed");
        }

        if (options.MetadataMode == MetadataMode.NoAgency)
        {
            return Problem(404, "404 Not Found");
        }

        if (!Admits(call))
        {
            return Problem(401, "401 Unauthorized");
        }

        return keys.Issue() is SigningKey key ? IamWriter.Keys(200, key) : Problem(404, "404 Not Found");
    }

    // Version 1 knows no tokens; with both versions a token is optional, but a bad one is not the same as none.
    private bool Admits(ApiCall call)
    {
        const string Name = "X-Metadata-Token";
        if (options.MetadataMode == MetadataMode.V1Only || (options.MetadataMode == MetadataMode.Both && !call.HasHeader(Name)))
        {
            return true;
        }

        return _tokens.TryGetValue(call.Header(Name), out DateTimeOffset end) && clock.Now < end;
    }

    private static Answer Problem(int status, string text) => Answer.Raw(status, "text/html", $"<html><title>{text}</title></html>");
}
