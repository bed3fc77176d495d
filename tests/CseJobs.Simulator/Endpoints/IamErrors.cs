using CseJobs.Simulator.Http;

namespace CseJobs.Simulator.Endpoints;

/// <summary>The errors of IAM itself, spelt as Keystone does: the code is the status, as a number.</summary>
internal static class IamErrors
{
    public static Answer BadBody() => Error(400, "The request body is invalid", "Bad Request");

    public static Answer WrongPassword() => Error(401, "The username or password is wrong.", "Unauthorized");

    public static Answer Echo(ApiCall call) => Error(401, "The username or password is wrong: " + call.Body, "Unauthorized");

    public static Answer NoSuchProject(string project) => Error(404, $"Could not find project: {project}.", "Not Found");

    /// <summary>Names are unique in Keystone; ours need not be, and picking one would hide that a client did not ask which.</summary>
    public static Answer AmbiguousProject(string name) => Error(400, $"More than one project has the name {name}.", "Bad Request");

    public static Answer NoSuchAgency(string agency) => Error(404, $"Could not find agency: {agency}.", "Not Found");

    public static Answer NotTrusted() => Error(403, "You are not authorized to perform the requested action.", "Forbidden");

    public static Answer TokenNeeded() => Error(401, "The request you have made requires authentication.", "Unauthorized");

    public static Answer MethodNotAllowed(string allowed)
    {
        Answer answer = Error(405, "The method is not allowed for the requested URL.", "Method Not Allowed");
        answer.Headers["Allow"] = allowed;
        return answer;
    }

    private static Answer Error(int status, string message, string title) => Answer.Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteNumber("code", status);
        json.WriteString("message", message);
        json.WriteString("title", title);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
