namespace CseJobs;

/// <summary>What a check of a session came to.</summary>
public enum CheckResult
{
    /// <summary>It is as it should be.</summary>
    Ok = 0,
    /// <summary>It is a matter that the documents leave open; how it is here was found out.</summary>
    Found,
    /// <summary>It works, but a person should look at it.</summary>
    Warn,
    /// <summary>It does not work.</summary>
    Fail,
    /// <summary>It was not looked at: what it depends on failed, or there is too little to tell by.</summary>
    NotTried,
}
