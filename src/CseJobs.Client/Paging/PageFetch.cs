using CseJobs.Client.Json;

namespace CseJobs.Client.Paging;

/// <summary>Asks the server for a page.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="ask">What to ask for.</param>
/// <param name="cancellationToken">Cancels the request.</param>
internal delegate Task<ListAnswer<T>> PageFetch<T>(PageAsk ask, CancellationToken cancellationToken);
