namespace CseJobs.Simulator.Http;

/// <summary>A family of paths. A new one is a class like this and one line in <see cref="CseSimulator"/>.</summary>
internal interface IEndpointGroup
{
    /// <summary>
    /// Looks whether the call's path belongs here: gives what answers it, or null. Also sets what is known about the call
    /// by its path alone (engine, spelling of errors), since scenarios come before the answer.
    /// </summary>
    Func<ApiCall, ValueTask<Answer>>? Find(ApiCall call);
}
