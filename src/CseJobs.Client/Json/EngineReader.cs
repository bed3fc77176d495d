namespace CseJobs.Client.Json;

/// <summary>Reads engines, from lists and details alike, and the answer of the calls that act on one. A new field is a property of the model and a line here.</summary>
internal static class EngineReader
{
    private static readonly ListReader<Engine> Engines = new(Read, "engines");

    /// <summary>Reads the answer of the list call.</summary>
    public static ListAnswer<Engine> ReadPage(ReadOnlySpan<byte> body, TextPool texts, AnswerLimit limit = default) =>
        JsonFieldReader.ReadAnswer(body, texts, Engines.ReadPage, limit);

    /// <summary>Reads the answer of the detail call.</summary>
    public static Engine ReadAnswer(ReadOnlySpan<byte> body, TextPool texts, AnswerLimit limit = default) =>
        JsonFieldReader.ReadAnswer(body, texts, Read, limit);

    /// <summary>Reads the answer of calls that start a job, <c>{id,name,jobId}</c>: the engine's id and the job's, each null when the answer names none.</summary>
    public static (string? Engine, long? Job) ReadStartedJob(ReadOnlySpan<byte> body) => JsonFieldReader.ReadAnswer(body, new TextPool(), ReadStartedJob);

    private static (string? Engine, long? Job) ReadStartedJob(ref JsonFieldReader json)
    {
        json.Enter("An engine with its job");
        string? engine = null;
        long? job = null;
        bool recognised = false;
        while (json.NextField())
        {
            // Resize answers in snake case.
            bool namesJob = json.Name is "jobid" or "job_id";
            bool namesEngine = json.Name is "id";
            recognised |= namesJob || namesEngine;
            if (namesJob && json.Value() is JsonTokenType.Number or JsonTokenType.String)
                job = json.Id();
            else if (namesEngine)
                engine = json.Text();
            else
                json.Skip();
        }

        return recognised ? (engine, job) : throw new JsonException("The answer names neither an engine nor a job.");
    }

    private static Engine Read(ref JsonFieldReader json)
    {
        json.Enter("An engine");
        var engine = new Engine();
        while (json.NextField())
        {
            switch (json.Name)
            {
                case "id": engine.Id = json.Text() ?? string.Empty; break;
                case "name": engine.Name = json.Text(); break;
                case "description": engine.Description = json.Text(); break;
                case "status": engine.Status = json.Text(); break;
                case "type": engine.Type = json.Text(); break;
                case "spectype": engine.SpecType = json.Text(); break;
                case "flavor": engine.Flavor = json.Text(); break;
                case "version": engine.Version = json.Text(); break;
                case "latestversion": engine.LatestVersion = json.Text(); break;
                case "authtype": engine.AuthType = json.Text(); break;
                case "payment": engine.Payment = json.Text(); break;
                case "enterpriseprojectid": engine.EnterpriseProjectId = json.Text(); break;
                case "enterpriseprojectname": engine.EnterpriseProjectName = json.Text(); break;
                case "createtime" when json.TryTime(out long ms): engine.CreateTimeMs = ms; break;
                case "dueto" when json.TryTime(out long ms): engine.DueToMs = ms; break;
                // 0 is no job: an engine that has none may say so.
                case "latestjobid": engine.LatestJobId = json.NumberOrNull() is > 0 and var job ? job : null; break;
                case "engineadditionalactions": engine.EngineAdditionalActions = json.Texts(); break;
                case "totalinstance": engine.TotalInstance = json.NumberOrNull(); break;
                case "usedinstance": engine.UsedInstance = json.NumberOrNull(); break;
                case "availableinstance": engine.AvailableInstance = json.NumberOrNull(); break;
                case "reference" when json.TryFields(out FieldMap fields): engine.Reference = fields; break;
                case "ccespec" when json.TryFields(out FieldMap fields): engine.CceSpec = fields; break;
                case "tags" when json.TryFields(out FieldMap fields): engine.Tags = fields; break;
                case "vmids": engine.VmIds = json.Texts(); break;
                case "bedefault": engine.BeDefault = json.Value() == JsonTokenType.Null ? null : json.Flag(); break;
                case "projectid": engine.ProjectId = json.Text(); break;
                case "createuser": engine.CreateUser = json.Text(); break;
                case "externalentrypoint" when json.IsObjectOrNull(): ReadEntrypoint(ref json, engine); break;
                default: ReadAddress(ref json, engine, engine.UnknownFields ??= new FieldMap()); break;
            }
        }

        return engine.Id.Length > 0 ? engine : throw json.Error("An engine's id was expected");
    }

    /// <summary>
    /// Details have the addresses one level deeper than the list: the same fields, and so the same properties. Whatever else is
    /// in there belongs to the entrypoint, not to the engine, be it called <c>name</c> or <c>type</c>.
    /// </summary>
    private static void ReadEntrypoint(ref JsonFieldReader json, Engine engine)
    {
        var others = new FieldMap();
        bool isThere = json.Value() != JsonTokenType.Null;
        while (isThere && json.NextField())
            ReadAddress(ref json, engine, others);

        if (others.Count > 0)
            (engine.UnknownFields ??= new FieldMap()).Set("externalEntrypoint", others);
    }

    private static void ReadAddress(ref JsonFieldReader json, Engine engine, FieldMap others)
    {
        switch (json.Name)
        {
            case "externaladdress": engine.ExternalAddress = json.Text(); break;
            case "publicaddress": engine.PublicAddress = json.Text(); break;
            case "serviceendpoint" when json.TryFields(out FieldMap fields): engine.ServiceEndpoint = fields; break;
            case "publicserviceendpoint" when json.TryFields(out FieldMap fields): engine.PublicServiceEndpoint = fields; break;
            default: json.Keep(others); break;
        }
    }
}
