using System.Globalization;
using CseJobs.Client.Http;

namespace CseJobs.Client.Auth;

/// <summary>What to check when a signature was refused. Never to be retried: a few failures lock the key for minutes.</summary>
internal static class SignatureAdvice
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(1);

    public static string For(HttpAnswer answer, DateTimeOffset now)
    {
        const string Check = "Check the access key, its secret and this machine's clock.";
        if (answer.Date is not { } server || (now - server).Duration() <= Noticeable)
        {
            return Check;
        }

        string direction = now > server ? "ahead of" : "behind";
        string skew = (now - server).Duration().TotalMinutes.ToString("N0", CultureInfo.InvariantCulture);
        return $"{Check} The clock is {skew} minutes {direction} the server's; more than 15 minutes are refused.";
    }
}
