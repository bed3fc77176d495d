using System.Text;
using System.Text.Json;
using CseJobs.Client.Auth;
using Xunit;

namespace CseJobs.Client.Tests.Auth;

/// <summary>The published vectors of contract 3b, byte for byte, and what the vectors leave out.</summary>
public sealed class RequestSignerTests
{
    public static TheoryData<string> Vectors()
    {
        var names = new TheoryData<string>();
        foreach (JsonElement vector in ReadVectors())
        {
            names.Add(vector.GetProperty("name").GetString()!);
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_published_vector_gives_its_hash_and_signature(string name)
    {
        JsonElement vector = ReadVectors().Single(item => item.GetProperty("name").GetString() == name);
        string[] signed = vector.GetProperty("signedHeaders").GetString()!.Split(';');
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty header in vector.GetProperty("headers").EnumerateObject().Where(header => signed.Contains(header.Name)))
        {
            headers[header.Name] = header.Value.GetString()!;
        }

        string canonical = RequestSigner.CanonicalRequest(
            vector.GetProperty("method").GetString()!,
            vector.GetProperty("url").GetString()!,
            headers,
            Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!));

        Assert.Equal(vector.GetProperty("canonicalRequestSha256").GetString(), RequestSigner.Sha256(Encoding.UTF8.GetBytes(canonical)));
        Assert.Equal(
            vector.GetProperty("signature").GetString(),
            RequestSigner.Signature(vector.GetProperty("secretKey").GetString()!, headers["x-sdk-date"], canonical));
    }

    [Theory]
    [InlineData("https://h/a", "/a/", "")]
    [InlineData("https://h", "/", "")]
    [InlineData("https://h/a%20b/%E4%B8%AD", "/a%20b/%E4%B8%AD/", "")]
    [InlineData("https://h/a!b(c)", "/a%21b%28c%29/", "")]
    [InlineData("https://h/?b=2&a=1&a=0", "/", "a=0&a=1&b=2")]
    [InlineData("https://h/?from-time=1&from=2&limit=3", "/", "from=2&from-time=1&limit=3")]
    [InlineData("https://h/?empty=&none&x=a%20b", "/", "empty=&none=&x=a%20b")]
    [InlineData("https://h/?B=1&a=2", "/", "B=1&a=2")]
    public void Path_and_query_are_made_canonical(string url, string path, string query)
    {
        string[] lines = RequestSigner.CanonicalRequest("get", url, new SortedDictionary<string, string> { ["host"] = " h " }, []).Split('\n');

        Assert.Equal(new[] { "GET", path, query, "host:h", "", "host", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }, lines);
    }

    [Fact]
    public void Host_date_and_every_x_header_are_signed_and_no_token_is_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://cse.example.com:8443/v2/p");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("X-Enterprise-Project-ID", "7");

        RequestSigner.Sign(request, new AccessKey("AK", new Secret("SECRETKEY"), new Secret("STSTOKEN")), new DateTimeOffset(2026, 11, 20, 20, 0, 0, TimeSpan.FromHours(8)));

        string authorization = Assert.Single(request.Headers.GetValues("Authorization"));
        Assert.Matches("^SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-enterprise-project-id;x-sdk-date;x-security-token, Signature=[0-9a-f]{64}$", authorization);
        Assert.Equal("20261120T120000Z", Assert.Single(request.Headers.GetValues("X-Sdk-Date")));
        Assert.False(request.Headers.Contains("X-Auth-Token"));
    }

    [Theory]
    [InlineData("https://cse.example.com/", "cse.example.com")]
    [InlineData("https://cse.example.com:8443/", "cse.example.com:8443")]
    [InlineData("http://[::1]:8080/", "[::1]:8080")]
    [InlineData("http://[::1]/", "[::1]")]
    [InlineData("https://zürich.example.com/", "xn--zrich-kva.example.com")]
    public void The_host_is_signed_as_it_is_sent(string url, string host)
    {
        const string Date = "20261120T120000Z";
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        RequestSigner.Sign(request, new AccessKey("AK", new Secret("SECRETKEY"), null), new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = host, ["x-sdk-date"] = Date };
        string expected = RequestSigner.Signature("SECRETKEY", Date, RequestSigner.CanonicalRequest("GET", url, headers, []));
        Assert.EndsWith("Signature=" + expected, Assert.Single(request.Headers.GetValues("Authorization")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_id_is_shown_in_part_only() => Assert.Equal("QT…UC", new AccessKey("QTWAOYTTINDUT2QVKYUC", new Secret("x"), null).MaskedId);

    private static JsonElement[] ReadVectors()
    {
        using Stream stream = typeof(RequestSignerTests).Assembly.GetManifestResourceStream("signing.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateArray().Select(item => item.Clone()).ToArray();
    }
}
