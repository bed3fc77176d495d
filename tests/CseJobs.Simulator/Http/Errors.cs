namespace CseJobs.Simulator.Http;

/// <summary>Every error answer, with the codes of the vendor's tables.</summary>
internal static class Errors
{
    public static Answer TokenRefused(ApiCall call) =>
        Gateway(call, 401, "APIGW.0301", "Incorrect IAM authentication information: decrypt token fail");

    public static Answer TokenOld(ApiCall call) => Gateway(call, 401, "APIGW.0307", "The token must be updated");

    public static Answer SignatureRefused(ApiCall call, string reason) =>
        Gateway(call, 401, "APIGW.0301", "Incorrect IAM authentication information: " + reason);

    public static Answer TwoSignIns(ApiCall call) =>
        Gateway(call, 400, "APIGW.0201", "Bad request: both X-Auth-Token and Authorization are given");

    public static Answer NotPermitted(ApiCall call) =>
        Gateway(call, 403, "APIGW.0302", "The IAM user is not authorized to access the API");

    public static Answer ProjectUnavailable(ApiCall call) => Gateway(call, 403, "APIGW.0310", "The project is unavailable");

    public static Answer Throttled(ApiCall call) => Gateway(
        call, 429, "APIGW.0308", "The throttling threshold has been reached: policy user over ratelimit,limit:10,time:1 minute");

    public static Answer NoSuchPath(ApiCall call) =>
        Gateway(call, 404, "APIGW.0101", "The API does not exist or has not been published in the environment");

    public static Answer MethodNotAllowed(ApiCall call, string allowed)
    {
        Answer answer = Gateway(call, 405, "APIGW.0101", $"The API does not support the method {call.Method}");
        answer.Headers["Allow"] = allowed;
        return answer;
    }

    public static Answer InvalidParameter(ApiCall call, string detail) =>
        Service(call, 400, "SVCSTG.00500400", "Invalid request parameter", detail);

    public static Answer NoSuchEngine(ApiCall call, string engineId) => Service(
        call, 400, "SVCSTG.00501116", "The engine instance does not exist", $"engine {engineId} is not found");

    /// <summary>The same as real servers have been seen to say it, whatever the call.</summary>
    public static Answer NoSuchEngine401() =>
        Answer.Raw(401, "application/json", """{"error_code":"SVCSTG.00401116","error_message":"engine does not exist"}""");

    public static Answer BadEngineType(ApiCall call, string detail) =>
        Service(call, 400, "SVCSTG.00501134", "The engine type is blank or invalid", detail);

    public static Answer BadJobId(ApiCall call, string jobId) =>
        Service(call, 400, "SVCSTG.00501152", "The format of the job ID is incorrect", $"job id {jobId}");

    public static Answer NoSuchJob(ApiCall call, long jobId) =>
        Service(call, 400, "SVCSTG.00501153", "The job does not exist", $"job {jobId} is not found");

    public static Answer Internal(ApiCall call) =>
        Service(call, 500, "SVCSTG.00500500", "Internal Server Error", "query engine jobs failed");

    /// <summary>A body of the API gateway.</summary>
    public static Answer Gateway(ApiCall call, int status, string code, string message) => Answer.Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("error_msg", message);
        json.WriteString("error_code", code);
        json.WriteString("request_id", call.RequestId);
        json.WriteEndObject();
    });

    /// <summary>A body of the service, in the spelling that belongs to the call.</summary>
    public static Answer Service(ApiCall call, int status, string code, string message, string detail)
    {
        if (call.ErrorShape == ErrorShape.Gateway)
        {
            return Gateway(call, status, code, message);
        }

        bool detailCall = call.ErrorShape == ErrorShape.Detail;
        return Answer.Json(status, json =>
        {
            json.WriteStartObject();
            json.WriteString(detailCall ? "errorCode" : "error_code", code);
            json.WriteString(detailCall ? "errorMessage" : "error_msg", message);
            json.WriteString("detail", detail);
            json.WriteEndObject();
        });
    }
}
