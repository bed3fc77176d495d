using BenchmarkDotNet.Attributes;
using CseJobs.Client.Auth;

namespace CseJobs.Benchmarks;

/// <summary>The signature of one request.</summary>
[MemoryDiagnoser]
public class SignerBenchmarks
{
    private static readonly Uri Target = new("https://cse.cn-north-4.myhuaweicloud.com/v2/0123456789abcdef0123456789abcdef/enginemgr/engines/3f2b8c1e-6d47-4a59-9c0e-5b7a1d2e8f60/jobs?offset=12&limit=1000");

    private readonly AccessKey _key = new("BENCHMARKACCESSKEY01", new Secret("not-a-real-secret-key-0123456789abcdef"), null);

    [Benchmark(Description = "sign a list request")]
    public bool Sign()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Target);
        RequestSigner.Sign(request, _key, DateTimeOffset.UnixEpoch);
        return request.Headers.Contains("Authorization");
    }
}
