using System.Globalization;
using System.Text.Json;

namespace CseJobs.Client.Json;

/// <summary>Reads engines, from lists and details alike. They are few: nothing here is made for speed.</summary>
internal static class EngineReader
{
    private static readonly FieldNames Names = FieldNames.Of<Field>();

    private enum Field
    {
        Id,
        Name,
        Description,
        Status,
        Type,
        SpecType,
        Flavor,
        Version,
        LatestVersion,
        AuthType,
        Payment,
        EnterpriseProjectId,
        EnterpriseProjectName,
        CreateTime,
        DueTo,
        LatestJobId,
        EngineAdditionalActions,
        TotalInstance,
        UsedInstance,
        AvailableInstance,
        ExternalAddress,
        PublicAddress,
        ServiceEndpoint,
        PublicServiceEndpoint,
        Reference,
        BeDefault,
        CreateUser,
        ProjectId,
        VmIds,
        Tags,
        CceSpec,
        ExternalEntrypoint,
    }

    /// <summary>Reads the answer of the detail call.</summary>
    /// <exception cref="JsonException">It is no engine.</exception>
    public static Engine ReadAnswer(ReadOnlySpan<byte> body, TextPool texts)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        Engine engine = Read(ref reader, texts);
        reader.Read();
        return engine;
    }

    /// <param name="reader">Stands at the value; afterwards at its end.</param>
    /// <param name="texts">Texts read before.</param>
    public static Engine Read(ref Utf8JsonReader reader, TextPool texts)
    {
        var engine = new Engine();
        ReadInto(engine, ref reader, texts);
        return engine.Id.Length > 0 ? engine : throw new JsonException($"An engine without an id (before byte {reader.TokenStartIndex}).");
    }

    private static void ReadInto(Engine engine, ref Utf8JsonReader reader, TextPool texts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw JsonError.At(ref reader, "An engine was expected");
        }

        int field = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = Names.Find(ref reader, field + 1);
            Utf8JsonReader atName = reader;
            reader.Read();
            if (field == FieldNames.Unknown || !ReadField(engine, (Field)field, ref reader, texts))
            {
                engine.ExtensionData = UnknownFields.Add(engine.ExtensionData, ref atName);
                reader = atName;
            }
        }
    }

    /// <returns>False when the value has a form that the property cannot hold; the reader has not moved then.</returns>
    private static bool ReadField(Engine engine, Field field, ref Utf8JsonReader reader, TextPool texts)
    {
        switch (field)
        {
            case Field.CreateTime:
            case Field.DueTo:
                return ReadTime(engine, field, ref reader);
            case Field.LatestJobId:
            case Field.TotalInstance:
            case Field.UsedInstance:
            case Field.AvailableInstance:
                SetNumber(engine, field, reader.TokenType == JsonTokenType.Null ? null : JsonNumber.Read(ref reader));
                return true;
            case Field.BeDefault:
                engine.BeDefault = reader.TokenType == JsonTokenType.Null ? null : JsonNumber.ReadFlag(ref reader);
                return true;
            case Field.EngineAdditionalActions:
                engine.EngineAdditionalActions = TextList.Read(ref reader, texts);
                return true;
            case Field.VmIds:
                engine.VmIds = TextList.Read(ref reader, texts);
                return true;
            case Field.ServiceEndpoint:
            case Field.PublicServiceEndpoint:
            case Field.Reference:
            case Field.CceSpec:
            case Field.Tags:
                return ReadObject(engine, field, ref reader);
            case Field.ExternalEntrypoint:
                return ReadEntrypoint(engine, ref reader, texts);
            default:
                SetText(engine, field, texts.Read(ref reader));
                return true;
        }
    }

    // Details have the addresses one level deeper than the list: the same fields, and so the same properties.
    private static bool ReadEntrypoint(Engine engine, ref Utf8JsonReader reader, TextPool texts)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadInto(engine, ref reader, texts);
            return true;
        }

        return reader.TokenType == JsonTokenType.Null;
    }

    private static bool ReadObject(Engine engine, Field field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
        {
            return false;
        }

        JsonElement value = JsonElement.ParseValue(ref reader);
        switch (field)
        {
            case Field.ServiceEndpoint: engine.ServiceEndpointJson = value; break;
            case Field.PublicServiceEndpoint: engine.PublicServiceEndpointJson = value; break;
            case Field.Reference: engine.ReferenceJson = value; break;
            case Field.CceSpec: engine.CceSpecJson = value; break;
            case Field.Tags: engine.TagsJson = value; break;
        }

        return true;
    }

    // dueTo is "time" in the documents and nothing more: milliseconds as elsewhere, or a date.
    private static bool ReadTime(Engine engine, Field field, ref Utf8JsonReader reader)
    {
        long ms;
        if (reader.TokenType == JsonTokenType.String && JsonText.ReadString(ref reader).Trim() is { Length: > 0 } text
            && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            {
                return false;
            }

            ms = time.ToUnixTimeMilliseconds();
        }
        else
        {
            ms = JsonNumber.Read(ref reader);
        }

        if (field == Field.DueTo)
        {
            engine.DueToMs = ms;
        }
        else
        {
            engine.CreateTimeMs = ms;
        }

        return true;
    }

    private static void SetNumber(Engine engine, Field field, long? number)
    {
        switch (field)
        {
            // 0 is no job: an engine that has none may say so.
            case Field.LatestJobId: engine.LatestJobId = number > 0 ? number : null; break;
            case Field.TotalInstance: engine.TotalInstance = number; break;
            case Field.UsedInstance: engine.UsedInstance = number; break;
            case Field.AvailableInstance: engine.AvailableInstance = number; break;
        }
    }

    private static void SetText(Engine engine, Field field, string? text)
    {
        switch (field)
        {
            case Field.Id: engine.Id = text ?? string.Empty; break;
            case Field.Name: engine.Name = text; break;
            case Field.Description: engine.Description = text; break;
            case Field.Status: engine.Status = text; break;
            case Field.Type: engine.Type = text; break;
            case Field.SpecType: engine.SpecType = text; break;
            case Field.Flavor: engine.Flavor = text; break;
            case Field.Version: engine.Version = text; break;
            case Field.LatestVersion: engine.LatestVersion = text; break;
            case Field.AuthType: engine.AuthType = text; break;
            case Field.Payment: engine.Payment = text; break;
            case Field.EnterpriseProjectId: engine.EnterpriseProjectId = text; break;
            case Field.EnterpriseProjectName: engine.EnterpriseProjectName = text; break;
            case Field.ExternalAddress: engine.ExternalAddress = text; break;
            case Field.PublicAddress: engine.PublicAddress = text; break;
            case Field.CreateUser: engine.CreateUser = text; break;
            case Field.ProjectId: engine.ProjectId = text; break;
        }
    }
}
