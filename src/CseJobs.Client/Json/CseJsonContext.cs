using System.Text.Json.Serialization;

namespace CseJobs.Client.Json;

/// <summary>
/// Source-generated readers of the API's objects. Case-insensitive, because the vendor's own documents spell some fields in
/// two ways (<c>taskexEcutorBrief</c>).
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNameCaseInsensitive = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = new[] { typeof(TextConverter), typeof(NumberConverter), typeof(JobListPageConverter) })]
[JsonSerializable(typeof(JobListPage))]
[JsonSerializable(typeof(EngineJob))]
[JsonSerializable(typeof(JobPhase))]
[JsonSerializable(typeof(JobTask))]
internal sealed partial class CseJsonContext : JsonSerializerContext
{
}
