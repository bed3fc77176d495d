using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CseJobs.Client;
using CseJobs.Client.Auth;

namespace CseJobs.Desktop.Tests;

/// <summary>Signatures, which the simulator verifies, passwords and tokens.</summary>
internal static class SignInChecks
{
    private const string AccessKey = "AKACCOUNTA0000000001";
    private const string SecretKey = "SKACCOUNTA00000000000000000000000000001A";

    public static IEnumerable<Check> All(Uri address)
    {
        var remote = new Remote(address);
        yield return Check.Of("signing: the published vectors, byte for byte", Vectors);
        yield return new Check("signing: an access key looks its project up and lists", async () =>
        {
            SignedIn session = await SignIn.WithAccessKeyAsync(remote.SignIn(), AccessKey, Remote.Secret(SecretKey)).ConfigureAwait(false);
            using CseClient client = session.Client;
            Expect.Equal(250, (await Remote.ListAsync(client, "sim-jobs250-idsigned").ConfigureAwait(false)).Count, "the number of jobs");
            Expect.Equal(12339, (await client.GetJobAsync(Remote.SeedEngine, 12339).ConfigureAwait(false)).Id, "the id");
        });
        yield return new Check("signing: a wrong secret key is refused, once", () => Expect.FailsAsync(CseErrorReason.AuthenticationFailed, async () =>
        {
            SignedIn session = await SignIn.WithAccessKeyAsync(remote.SignIn(Remote.Project), AccessKey, Remote.Secret("not-the-secret-key")).ConfigureAwait(false);
            using CseClient client = session.Client;
            await client.GetJobAsync(Remote.SeedEngine, 12339).ConfigureAwait(false);
        }));
        yield return new Check("password: a token of IAM, renewed when it expires half-way", async () =>
        {
            SignedIn session = await SignIn.WithPasswordAsync(remote.SignIn(), "user-a", Remote.Secret("password-a-1f9c"), "account-a").ConfigureAwait(false);
            using CseClient client = session.Client;
            Expect.Equal(60, (await Remote.ListAsync(client, "sim-jobs60-max20-pages0-expire2-iddesktop").ConfigureAwait(false)).Count, "the number of jobs");
        });
        yield return new Check("password: a wrong one is refused and not repeated", async () =>
        {
            CseApiException error = await Expect.FailsAsync(CseErrorReason.AuthenticationFailed, () =>
                SignIn.WithPasswordAsync(remote.SignIn(), "user-a", Remote.Secret("wrong-password-7"), "account-a")).ConfigureAwait(false);
            Expect.True(!error.ToString().Contains("wrong-password-7"), "the error does not hold it");
        });
        yield return new Check("agency: the metadata service of an ECS", async () =>
        {
            SignedIn session = await SignIn.WithEcsAgencyAsync(remote.SignIn(), remote.Address).ConfigureAwait(false);
            using CseClient client = session.Client;
            Expect.Equal(12339, (await client.GetJobAsync(Remote.SeedEngine, 12339).ConfigureAwait(false)).Id, "the id");
        });
        yield return new Check("token: a wrong one is refused", async () =>
        {
            using CseClient client = remote.Connect(token: "not-the-token");
            CseApiException error = await Expect.FailsAsync(
                CseErrorReason.AuthenticationFailed, () => client.GetJobAsync(Remote.SeedEngine, 12339)).ConfigureAwait(false);
            Expect.Equal(401, error.StatusCode, "the status");
        });
    }

    private static void Vectors()
    {
        using Stream file = typeof(SignInChecks).Assembly.GetManifestResourceStream("signing.json");
        using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(file, XmlDictionaryReaderQuotas.Max);
        var vectors = XElement.Load(reader).Elements().ToList();
        Expect.True(vectors.Count >= 3, "there are vectors");
        foreach (XElement vector in vectors)
        {
            string Text(string name) => vector.Element(name).Value;
            string[] signed = Text("signedHeaders").Split(';');
            var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (XElement header in vector.Element("headers").Elements().Where(header => signed.Contains(header.Name.LocalName)))
            {
                headers[header.Name.LocalName] = header.Value;
            }

            string canonical = RequestSigner.CanonicalRequest(Text("method"), Text("url"), headers, Encoding.UTF8.GetBytes(Text("body")));
            Expect.Equal(Text("signature"), RequestSigner.Signature(Text("secretKey"), headers["x-sdk-date"], canonical), $"the signature of {Text("name")}");
        }
    }
}
