using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CseJobs.CSharpLoop;

// CseJobs.CSharpLoop parse|fetch ADDRESS PROJECT ENGINE
// parse: reads every job with its sub-jobs and counts the failed ones. fetch: only takes the bytes, to see what the server
// and the network need. Prints "jobs;seconds;peak MB".
if (args is not [("parse" or "fetch") and var mode, var address, var project, var engine])
{
    await Console.Error.WriteLineAsync("usage: CseJobs.CSharpLoop parse|fetch ADDRESS PROJECT ENGINE").ConfigureAwait(false);
    return 2;
}

var clock = Stopwatch.StartNew();
long count = 0;
using var http = new HttpClient();
http.DefaultRequestHeaders.Add("X-Auth-Token", "sim-token");
http.DefaultRequestHeaders.Add("Accept", "application/json");
bool more = true;
for (int number = 1; more; number++)
{
    var uri = new Uri($"{address}v2/{project}/enginemgr/engines/{engine}/jobs?offset={number}&limit=1000");
    using var request = new HttpRequestMessage(HttpMethod.Get, uri) { Content = new ByteArrayContent([]) };
    request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json;charset=UTF-8");
    using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
    response.EnsureSuccessStatusCode();
    Stream body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
    await using (body.ConfigureAwait(false))
    {
        more = mode == "parse" ? await ParseAsync(body).ConfigureAwait(false) : await FetchAsync(body).ConfigureAwait(false);
    }
}

using var self = Process.GetCurrentProcess();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count};{clock.Elapsed.TotalSeconds};{self.PeakWorkingSet64 / 1048576.0}"));
return 0;

async Task<bool> ParseAsync(Stream body)
{
    Page? page = await JsonSerializer.DeserializeAsync(body, PageContext.Default.Page).ConfigureAwait(false);
    foreach (Job job in page!.Data)
    {
        if (job.Status == "Error")
        {
            count++;
        }
    }

    return page.Data.Count > 0;
}

async Task<bool> FetchAsync(Stream body)
{
    byte[] buffer = new byte[128 * 1024];
    long length = 0;
    for (int read; (read = await body.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
    {
        length += read;
    }

    count += length;
    return length > 200;
}
