using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CseJobs.Simulator.Http;

/// <summary>Certificates that a client must refuse, made in memory.</summary>
internal static class TlsCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static X509Certificate2 Create(TlsMode mode)
    {
        string host = mode == TlsMode.WrongHost ? "other.example" : "localhost";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (mode != TlsMode.WrongHost)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));

        // By the machine's clock, since that is the client's.
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (DateTimeOffset from, DateTimeOffset to) = mode == TlsMode.Expired
            ? (now.AddYears(-2), now.AddYears(-1))
            : (now.AddDays(-1), now.AddYears(1));
        using X509Certificate2 certificate = request.CreateSelfSigned(from, to);

        // There and back: Windows does not serve with a key that was never stored.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
