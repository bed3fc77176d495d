using System.Globalization;
using System.Text.Json;
using CseJobs.Simulator.Data;

namespace CseJobs.Simulator.Endpoints;

/// <summary>Writes engines field for field, as the vendor's tables and examples have them.</summary>
internal static class EngineWriter
{
    /// <summary>The engine as an item of the list: with instance counters, and its addresses directly in it.</summary>
    public static void ListItem(Utf8JsonWriter json, EngineProfile engine)
    {
        json.WriteStartObject();
        WriteCommon(json, engine);
        json.WriteNumber("totalInstance"u8, engine.InstanceLimit);
        json.WriteNumber("usedInstance"u8, engine.UsedInstances);
        json.WriteNumber("availableInstance"u8, engine.InstanceLimit - engine.UsedInstances);
        WriteAddresses(json, engine);
        WriteReference(json, engine);
        json.WriteEndObject();
    }

    /// <summary>The engine as its own call shows it.</summary>
    public static void Detail(Utf8JsonWriter json, EngineProfile engine, string projectId)
    {
        json.WriteStartObject();
        WriteCommon(json, engine);
        json.WriteBoolean("beDefault"u8, engine.Engine.Id == CseSimulator.DefaultEngineId);
        json.WriteString("createUser"u8, engine.CreateUser);
        json.WriteString("projectId"u8, projectId);
        json.WriteStartArray("vmIds"u8);
        json.WriteEndArray();
        json.WriteStartObject("tags"u8);
        json.WriteEndObject();
        WriteSpec(json, engine);
        json.WriteStartObject("externalEntrypoint"u8);
        WriteAddresses(json, engine);
        json.WriteEndObject();
        WriteReference(json, engine);
        json.WriteEndObject();
    }

    /// <summary>The answer to a call that starts a job.</summary>
    public static void Started(Utf8JsonWriter json, SimulatedEngine engine, SimulatedJob job)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, engine.Id);
        json.WriteString("name"u8, engine.Name);
        json.WriteNumber("jobId"u8, job.Id);
        json.WriteEndObject();
    }

    private static void WriteCommon(Utf8JsonWriter json, EngineProfile engine)
    {
        string enterpriseProject = engine.Engine.EnterpriseProjectId;
        json.WriteString("id"u8, engine.Engine.Id);
        json.WriteString("name"u8, engine.Engine.Name);
        json.WriteString("description"u8, engine.Engine.Definition.Description);
        json.WriteString("status"u8, engine.Status);
        json.WriteString("type"u8, engine.Type);
        json.WriteString("specType"u8, engine.SpecType);
        json.WriteString("flavor"u8, engine.Flavor);
        json.WriteString("version"u8, engine.Version);
        json.WriteString("latestVersion"u8, engine.LatestVersion);
        json.WriteString("authType"u8, engine.AuthType);
        json.WriteString("payment"u8, engine.Payment);
        json.WriteString("enterpriseProjectId"u8, enterpriseProject);
        json.WriteString("enterpriseProjectName"u8, enterpriseProject == "0" ? "default" : enterpriseProject);
        json.WriteNumber("createTime"u8, engine.CreateTime);
        if (engine.DueTo is long due)
        {
            json.WriteNumber("dueTo"u8, due);
        }

        if (engine.Latest is { } latest)
        {
            json.WriteNumber("latestJobId"u8, latest.Id);
        }

        json.WriteStartArray("engineAdditionalActions"u8);
        foreach (string action in engine.Actions)
        {
            json.WriteStringValue(action);
        }

        json.WriteEndArray();
    }

    private static void WriteAddresses(Utf8JsonWriter json, EngineProfile engine)
    {
        json.WriteString("externalAddress"u8, engine.Address);
        json.WriteString("publicAddress"u8, engine.PublicAddress);
        json.WriteStartObject("serviceEndpoint"u8);
        WriteEntrypoint(json, engine, engine.Address);
        json.WriteEndObject();
        json.WriteStartObject("publicServiceEndpoint"u8);
        WriteEntrypoint(json, engine, engine.PublicAddress);
        json.WriteEndObject();
    }

    private static void WriteEntrypoint(Utf8JsonWriter json, EngineProfile engine, string address)
    {
        (string name, string type, int port) = engine.Engine.Kind switch
        {
            EngineKind.Nacos => ("nacos", "REGISTRY", 8848),
            EngineKind.MicroGateway => ("gateway", "SERVICE", 443),
            _ => ("serviceCenter", "REGISTRY", 30100),
        };
        json.WriteStartObject(name);
        json.WriteString("masterEntrypoint"u8, address.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"https://{address}:{port}"));
        json.WriteString("masterEntrypointIpv6"u8, "");
        json.WriteString("slaveEntrypoint"u8, "");
        json.WriteString("slaveEntrypointIpv6"u8, "");
        json.WriteString("type"u8, type);
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, EngineProfile engine)
    {
        string limit = engine.InstanceLimit.ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject("reference"u8);
        json.WriteString("vpc"u8, "vpc-default");
        json.WriteStartArray("azList"u8);
        json.WriteStringValue("cn-north-4a"u8);
        json.WriteStringValue("cn-north-4b"u8);
        json.WriteEndArray();
        json.WriteString("networkId"u8, engine.NetworkId);
        json.WriteString("subnetCidr"u8, string.Create(CultureInfo.InvariantCulture, $"192.168.{engine.Subnet}.0/24"));
        json.WriteString("subnetCidrV6"u8, "");
        json.WriteString("subnetGateway"u8, string.Create(CultureInfo.InvariantCulture, $"192.168.{engine.Subnet}.1"));
        json.WriteString("publicIpId"u8, engine.PublicIpId);

        // Texts, unlike every other number of this API.
        json.WriteString("serviceLimit"u8, limit);
        json.WriteString("instanceLimit"u8, limit);
        json.WriteStartObject("inputs"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSpec(Utf8JsonWriter json, EngineProfile engine)
    {
        json.WriteStartObject("cceSpec"u8);
        json.WriteNumber("id"u8, 7000 + engine.Subnet);
        json.WriteString("engineId"u8, engine.Engine.Id);
        json.WriteString("specType"u8, engine.SpecType);
        json.WriteString("cluster"u8, "");
        json.WriteString("clusterId"u8, engine.ClusterId);
        json.WriteStartObject("clusterNodes"u8);
        json.WriteStartArray("clusterNodes"u8);
        if (engine.Address.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, engine.NodeId);
            json.WriteString("az"u8, "cn-north-4a");
            json.WriteString("ip"u8, string.Create(CultureInfo.InvariantCulture, $"172.31.{engine.Subnet}.17"));
            json.WriteString("label"u8, "cse-node-1");
            json.WriteString("status"u8, "Active");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("flavor"u8, engine.Flavor);
        json.WriteString("region"u8, "cn-north-4");
        json.WriteString("version"u8, "");
        json.WriteString("extendParam"u8, "");
        json.WriteEndObject();
    }
}
