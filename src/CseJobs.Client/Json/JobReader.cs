namespace CseJobs.Client.Json;

/// <summary>
/// Reads jobs and what they consist of (API objects <c>Job</c>, <c>TaskSteps</c>, <c>Task</c>, <c>TaskExecutorBrief</c>), from lists
/// and details alike. A new field is a property of the model and a line here. What is no such object ends in a <see cref="JsonException"/>.
/// </summary>
internal static class JobReader
{
    private static readonly ListReader<EngineJob> Jobs = new(Read, "jobs");

    /// <summary>Reads the answer of the list call.</summary>
    public static ListAnswer<EngineJob> ReadPage(ReadOnlySpan<byte> body, TextPool texts, AnswerLimit limit = default) =>
        JsonFieldReader.ReadAnswer(body, texts, Jobs.ReadPage, limit);

    /// <summary>Reads the answer of the detail call.</summary>
    public static EngineJob ReadAnswer(ReadOnlySpan<byte> body, TextPool texts, AnswerLimit limit = default) =>
        JsonFieldReader.ReadAnswer(body, texts, Read, limit);

    private static EngineJob Read(ref JsonFieldReader json)
    {
        json.Enter("A job");
        var job = new EngineJob();
        bool hasId = false;
        while (json.NextField())
        {
            switch (json.Name)
            {
                case "id": job.Id = json.Id(); hasId = true; break;
                case "engineid": job.EngineId = json.Text(); break;
                case "type": job.TypeText = json.Text(); break;
                case "description": job.Description = json.Text(); break;
                case "status": job.StatusText = json.Text(); break;
                case "scheduling": job.Scheduling = json.Flag(); break;
                case "createuser": job.CreateUser = json.Text(); break;
                case "starttime": job.StartTimeMs = json.Number(); break;
                case "endtime": job.EndTimeMs = json.Number(); break;
                case "context": job.Context = json.Text(); break;
                case "tasks": ReadSteps(ref json, job); break;
                default: json.Keep(job.UnknownFields ??= new FieldMap()); break;
            }
        }

        return hasId ? job : throw json.Error("A job's id was expected");
    }

    /// <summary>
    /// Reads a job's <c>tasks</c>. The documents show phases in details and flat sub-jobs in the list; what servers really send in
    /// the list is not known, so each element is judged by its own fields.
    /// </summary>
    private static void ReadSteps(ref JsonFieldReader json, EngineJob job)
    {
        List<JobPhase>? phases = null;
        var tasks = new List<JobTask>(1);
        while (json.NextItem())
        {
            if (IsPhase(json))
            {
                JobPhase phase = ReadPhase(ref json);
                phase.Job = job;
                (phases ??= []).Add(phase);
            }
            else
            {
                JobTask task = ReadTask(ref json);
                task.Job = job;
                tasks.Add(task);
            }
        }

        job.Phases = phases is null ? ItemList<JobPhase>.Empty : new ItemList<JobPhase>(phases);
        job.Tasks = phases is null ? InOrder(tasks) : Flat(job, phases, tasks);
    }

    /// <param name="json">A copy (the reader is a struct), so looking ahead moves nothing.</param>
    private static bool IsPhase(JsonFieldReader json)
    {
        while (json.NextField())
        {
            // Either sub-jobs have them or phases.
            switch (json.Name)
            {
                case "jobid" or "taskorder": return false;
                case "tasknames" or "tasks": return true;
                default: json.Skip(); break;
            }
        }

        return false;
    }

    private static JobPhase ReadPhase(ref JsonFieldReader json)
    {
        json.Enter("A phase");
        var phase = new JobPhase();
        while (json.NextField())
        {
            switch (json.Name)
            {
                case "taskname": phase.TaskName = json.Text(); break;
                case "tasknames": phase.TaskNames = json.Texts(); break;
                case "status": phase.StatusText = json.Text(); break;
                case "starttime": phase.StartTimeMs = json.Number(); break;
                case "endtime": phase.EndTimeMs = json.Number(); break;
                case "taskexecutorbrief": phase.TaskExecutorBrief = ReadBrief(ref json); break;
                case "tasks": phase.Tasks = InOrder(json.List(ReadTask)); break;
                default: json.Keep(phase.UnknownFields ??= new FieldMap()); break;
            }
        }

        return phase;
    }

    private static JobTask ReadTask(ref JsonFieldReader json)
    {
        json.Enter("A sub-job");
        var task = new JobTask();
        while (json.NextField())
        {
            switch (json.Name)
            {
                case "jobid": task.JobId = json.Number(); break;
                case "id": task.Id = json.Number(); break;
                case "type": task.TypeText = json.Text(); break;
                case "assigned": task.Assigned = json.Text(); break;
                case "taskname": task.TaskName = json.Text(); break;
                case "enginename": task.EngineName = json.Text(); break;
                case "taskorder": task.TaskOrder = json.Number(); break;
                case "status": task.StatusText = json.Text(); break;
                case "starttime": task.StartTimeMs = json.Number(); break;
                case "endtime": task.EndTimeMs = json.Number(); break;
                case "createtime": task.CreateTimeMs = json.Number(); break;
                case "updatetime": task.UpdateTimeMs = json.Number(); break;
                case "timeout": task.Timeout = json.Number(); break;
                case "log": task.Log = json.Text(); break;
                case "output": task.Output = json.Text(); break;
                case "taskexecutorbrief": task.TaskExecutorBrief = ReadBrief(ref json); break;
                default: json.Keep(task.UnknownFields ??= new FieldMap()); break;
            }
        }

        return task;
    }

    private static TaskBrief? ReadBrief(ref JsonFieldReader json)
    {
        if (json.Value() == JsonTokenType.Null)
            return null;

        json.Enter("An estimate");
        var brief = new TaskBrief();
        while (json.NextField())
        {
            switch (json.Name)
            {
                case "duration": brief.DurationMs = json.NumberOrNull(); break;
                case "description": brief.Description = json.Text(); break;
                default: json.Skip(); break;
            }
        }

        return brief;
    }

    private static ItemList<JobTask> InOrder(List<JobTask> tasks) =>
        tasks.Count == 0 ? ItemList<JobTask>.Empty : new ItemList<JobTask>(tasks.Count == 1 ? tasks : [.. tasks.OrderBy(task => task.TaskOrder)]);

    /// <summary>The sub-jobs of all phases in one list, then those that came outside of any.</summary>
    private static ItemList<JobTask> Flat(EngineJob job, List<JobPhase> phases, List<JobTask> loose)
    {
        List<JobTask> all = [.. phases.SelectMany(phase => phase.Tasks), .. loose];
        all.ForEach(task => task.Job = job);
        ItemList<JobTask> sorted = InOrder(all);

        // taskOrder counts through the whole job. Should a server start again at 0 in every phase, sorting by it would
        // interleave the phases: then their own order is the order of execution.
        return sorted.Zip(sorted.Skip(1)).All(pair => pair.First.TaskOrder < pair.Second.TaskOrder) ? sorted : new ItemList<JobTask>(all);
    }
}
