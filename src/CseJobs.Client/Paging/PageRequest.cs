using System.Threading.Tasks;
using CseJobs.Client.Json;

namespace CseJobs.Client.Paging;

/// <summary>A page that was asked for.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class PageRequest<T>(long offset, int number)
{
    /// <summary>The <c>offset</c> that was asked for.</summary>
    public long Offset { get; } = offset;

    /// <summary>Number of the request, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>The answer.</summary>
    public Task<ListAnswer<T>> Page { get; set; } = null!;
}
