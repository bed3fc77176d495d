using System.Text;
using CseJobs.Client.Http;
using Xunit;

namespace CseJobs.Client.Tests.Http;

/// <summary>Error bodies in all shapes of contract 4.1, and what the codes of 4.2 and 4.3 mean.</summary>
public sealed class ErrorReadingTests
{
    [Theory]
    [InlineData("""{"errorCode":"C","errorMessage":"M","detail":"D"}""", "C", "M", "D", null)]
    [InlineData("""{"error_code":"C","error_msg":"M","detail":"D"}""", "C", "M", "D", null)]
    [InlineData("""{"error_code":"SVCSTG.00401116","error_message":"engine does not exist"}""", "SVCSTG.00401116", "engine does not exist", null, null)]
    [InlineData("""{"error_code":"C","error_msg":"M","request_id":"R"}""", "C", "M", null, "R")]
    [InlineData("""{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}""", "401", "The username or password is wrong.", null, null)]
    [InlineData("""{"code":"C","message":"M"}""", "C", "M", null, null)]
    [InlineData("""{"errorCode":"C","errorMsg":"M"}""", "C", "M", null, null)]
    [InlineData("""{"error":"text"}""", null, "text", null, null)]
    [InlineData("""{"error_code":null,"error_msg":""}""", null, null, null, null)]
    [InlineData("""{}""", null, null, null, null)]
    [InlineData("", null, null, null, null)]
    [InlineData("   ", null, null, null, null)]
    [InlineData("<html><head><title>502 Bad Gateway</title></head>\r\n<body><h1>Bad&nbsp;Gateway</h1></body></html>", null, "502 Bad Gateway Bad&nbsp;Gateway", null, null)]
    [InlineData("upstream connect\u001b[2J error\u0000", null, "upstream connect [2J error", null, null)]
    [InlineData("[1,2]", null, "[1,2]", null, null)]
    public void A_body_is_read_in_every_known_shape(string body, string? code, string? message, string? detail, string? requestId)
    {
        ErrorBody error = Read(body);

        Assert.Equal((code, message, detail, requestId), (error.Code, error.Message, error.Detail, error.RequestId));
    }

    [Fact]
    public void A_long_message_is_cut_and_control_characters_are_made_visible()
    {
        string message = Read("{\"message\":\"\\u001b[31m" + new string('x', 5000) + "\"}").Message!;

        Assert.StartsWith("␛[31mxxx", message, StringComparison.Ordinal);
        Assert.True(message.Length < 400);
    }

    [Theory]
    [InlineData(400, "SVCSTG.00501116", CseErrorReason.EngineNotFound)]
    [InlineData(401, "SVCSTG.00501116", CseErrorReason.EngineNotFound)]
    [InlineData(400, "SVCSTG.00501125", CseErrorReason.EngineNotFound)]
    [InlineData(401, "svcstg.00401116", CseErrorReason.EngineNotFound)]
    [InlineData(400, "SVCSTG.00501152", CseErrorReason.InvalidArgument)]
    [InlineData(400, "SVCSTG.00501153", CseErrorReason.JobNotFound)]
    [InlineData(401, "SVCSTG.00300401", CseErrorReason.AuthenticationFailed)]
    [InlineData(400, "SVCSTG.00100401", CseErrorReason.AuthenticationFailed)]
    [InlineData(404, "APIG.0101", CseErrorReason.ApiNotFound)]
    [InlineData(401, "APIGW.0301", CseErrorReason.AuthenticationFailed)]
    [InlineData(401, "APIG.0307", CseErrorReason.AuthenticationFailed)]
    [InlineData(403, "APIGW.0302", CseErrorReason.PermissionDenied)]
    [InlineData(403, "APIG.0405", CseErrorReason.PermissionDenied)]
    [InlineData(403, "APIG.0802", CseErrorReason.PermissionDenied)]
    [InlineData(403, "APIGW.0308", CseErrorReason.Throttled)]
    [InlineData(400, "SVCSTG.99999999", CseErrorReason.RequestRejected)]
    [InlineData(400, null, CseErrorReason.RequestRejected)]
    [InlineData(401, null, CseErrorReason.AuthenticationFailed)]
    [InlineData(403, null, CseErrorReason.PermissionDenied)]
    [InlineData(404, null, CseErrorReason.ApiNotFound)]
    [InlineData(408, null, CseErrorReason.TimeoutReached)]
    [InlineData(429, null, CseErrorReason.Throttled)]
    [InlineData(503, "APIG.0613", CseErrorReason.ServerError)]
    [InlineData(307, null, CseErrorReason.RedirectRefused)]
    [InlineData(204, null, CseErrorReason.MalformedResponse)]
    public void The_code_goes_before_the_status(int status, string? code, CseErrorReason expected) =>
        Assert.Equal(expected, ErrorClassifier.Classify(status, code));

    private static ErrorBody Read(string body) => ErrorBody.Read(new ArraySegment<byte>(Encoding.UTF8.GetBytes(body)), text => text);
}
