using System.Text.Json;
using CseJobs.Simulator.Access;
using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The bodies of IAM's answers.</summary>
internal static class IamWriter
{
    // A part of the real catalog: enough to make the body several times as large.
    private static readonly string[] Services =
        ["aom", "as", "cce", "ces", "compute", "cse", "css", "cts", "dcs", "dms", "dns", "ecs", "elb", "evs", "functiongraph",
         "iam", "image", "kms", "lts", "nat", "network", "obs", "rds", "servicestage", "smn", "swr", "vpc", "waf"];

    public static Answer Token(ApiCall call, IssuedToken token, string method, bool catalog)
    {
        Answer answer = Answer.Json(201, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("token");
            json.WriteStartArray("methods");
            json.WriteStringValue(method);
            json.WriteEndArray();
            json.WriteString("issued_at", SimulatorClock.Text(token.IssuedAt));
            json.WriteString("expires_at", SimulatorClock.Text(token.ExpiresAt));
            if (catalog)
            {
                WriteCatalog(json, call, token.Project);
            }

            json.WriteStartObject("project");
            json.WriteString("id", token.Project.Id);
            json.WriteString("name", token.Project.Name);
            WriteDomain(json, token.Account);
            json.WriteEndObject();
            json.WriteStartObject("user");
            json.WriteString("id", AccountDirectory.Id(token.Account.Identity));
            json.WriteString("name", token.Account.UserName);
            WriteDomain(json, token.Account);
            json.WriteString("password_expires_at", "");
            json.WriteEndObject();
            json.WriteStartArray("roles");
            json.WriteStartObject();
            json.WriteString("id", "0");
            json.WriteString("name", "te_admin");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
        answer.Headers["X-Subject-Token"] = token.Text;
        return answer;
    }

    public static Answer Projects(ApiCall call, SimulatedAccount account, IEnumerable<SimulatedProject> projects) => Answer.Json(200, json =>
    {
        json.WriteStartObject();
        WriteSelf(json, $"{Base(call)}/v3/projects");
        json.WriteStartArray("projects");
        foreach (SimulatedProject project in projects)
        {
            json.WriteStartObject();
            json.WriteString("id", project.Id);
            json.WriteString("name", project.Name);
            json.WriteString("domain_id", AccountDirectory.Id(account.DomainName));
            json.WriteString("parent_id", AccountDirectory.Id(account.DomainName));
            json.WriteString("description", "");
            json.WriteBoolean("is_domain", false);
            json.WriteBoolean("enabled", true);
            WriteSelf(json, $"{Base(call)}/v3/projects/{project.Id}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Temporary keys, as the metadata service gives them too.</summary>
    public static Answer Keys(int status, SigningKey key) => Answer.Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("credential");
        json.WriteString("access", key.AccessKey);
        json.WriteString("secret", key.SecretKey);
        json.WriteString("securitytoken", key.SecurityToken);
        json.WriteString("expires_at", SimulatorClock.Text(key.ExpiresAt));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteSelf(Utf8JsonWriter json, string address)
    {
        json.WriteStartObject("links");
        json.WriteString("self", address);
        json.WriteEndObject();
    }

    private static void WriteDomain(Utf8JsonWriter json, SimulatedAccount account)
    {
        json.WriteStartObject("domain");
        json.WriteString("id", AccountDirectory.Id(account.DomainName));
        json.WriteString("name", account.DomainName);
        json.WriteEndObject();
    }

    private static void WriteCatalog(Utf8JsonWriter json, ApiCall call, SimulatedProject project)
    {
        json.WriteStartArray("catalog");
        foreach (string service in Services)
        {
            json.WriteStartObject();
            json.WriteString("id", AccountDirectory.Id(service));
            json.WriteString("name", service);
            json.WriteString("type", service);
            json.WriteStartArray("endpoints");
            json.WriteStartObject();
            json.WriteString("id", AccountDirectory.Id(service + "/public"));
            json.WriteString("interface", "public");
            json.WriteString("region", project.Name);
            json.WriteString("region_id", project.Name);
            json.WriteString("url", $"{Base(call)}/v2/{project.Id}");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Base(ApiCall call) => $"{call.Context.Request.Scheme}://{call.Header("Host")}";
}
