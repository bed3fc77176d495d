using System.Text.Json.Serialization;

namespace CseJobs.CSharpLoop;

/// <summary>The generated reader.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Page))]
internal sealed partial class PageContext : JsonSerializerContext
{
}
