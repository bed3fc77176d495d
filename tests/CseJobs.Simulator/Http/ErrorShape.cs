namespace CseJobs.Simulator.Http;

/// <summary>How a service spells its error bodies.</summary>
internal enum ErrorShape
{
    /// <summary>error_msg, error_code, request_id: the API gateway.</summary>
    Gateway,

    /// <summary>error_code, error_msg, detail: the list call.</summary>
    List,

    /// <summary>errorCode, errorMessage, detail: the detail call.</summary>
    Detail,

    /// <summary>error_code, error_msg, detail: the calls about engines themselves.</summary>
    Engine,
}
