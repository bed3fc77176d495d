namespace CseJobs;

/// <summary>What jobs are grouped by. Times are those of the start, by the local clock.</summary>
public enum CseJobGrouping
{
    /// <summary>Hour of the start; one that the clock repeats counts once.</summary>
    Hour = 0,

    /// <summary>Day of the start.</summary>
    Day = 1,

    /// <summary>Week of the start, from Monday on (ISO 8601).</summary>
    Week = 2,

    /// <summary>Month of the start.</summary>
    Month = 3,

    /// <summary>Type.</summary>
    Type = 4,

    /// <summary>Status.</summary>
    Status = 5,

    /// <summary>Engine; those of one name are told apart by their ids.</summary>
    Engine = 6,

    /// <summary>Who created the job.</summary>
    User = 7,

    /// <summary>The session that has read the job.</summary>
    Session = 8,
}
