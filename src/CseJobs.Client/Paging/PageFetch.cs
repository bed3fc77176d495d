using System;
using System.Threading;
using System.Threading.Tasks;
using CseJobs.Client.Json;

namespace CseJobs.Client.Paging;

/// <summary>Asks the server for a page.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="offset">The <c>offset</c> to ask for.</param>
/// <param name="limit">The <c>limit</c> to ask for.</param>
/// <param name="arrived">Called when the page has arrived, before it is read; again when it has to be asked for again.</param>
/// <param name="cancellationToken">Cancels the request.</param>
internal delegate Task<ListAnswer<T>> PageFetch<T>(long offset, int limit, Action arrived, CancellationToken cancellationToken);
