using CseJobs.Client.Json;

namespace CseJobs.Client.Paging;

/// <summary>Sends one request of a list call: a page, and what else its query says (each parameter with a leading <c>&amp;</c>).</summary>
internal delegate Task<ListAnswer<T>> SendPage<T>(PageRequest page, string filter, CancellationToken cancellationToken);

/// <summary>
/// A list whose <c>total</c> can be relied on: it counts the list, or is not there. A server whose total counts the page would end a
/// listing at its first page, without a word. A page that may be full and is said to be all is therefore looked into once: asked
/// for fewer items, a server that counts the list still tells the same.
/// </summary>
internal sealed class CountedList<T>(ListReading reading, SendPage<T> send)
{
    /// <summary>Sends a request; the answer's total is null where it counts the page.</summary>
    public async Task<ListAnswer<T>> SendAsync(PageRequest page, string filter, CancellationToken cancellationToken)
    {
        ListAnswer<T> answer = await send(page, filter, cancellationToken).ConfigureAwait(false);
        if (answer.Total > answer.Data.Count)
            reading.Total = TotalUse.List;
        else if (reading.Total == TotalUse.Unknown && answer.Total == answer.Data.Count && MayBeFull(answer.Data.Count, page.Limit))
            await reading.FindOutAsync(() => LookAsync(page, answer.Data.Count, cancellationToken), cancellationToken).ConfigureAwait(false);

        if (reading.Total == TotalUse.Page)
            answer.Total = null;

        return answer;
    }

    /// <summary>Servers cut a limit to a round number: a page of such a size may be one of many.</summary>
    private static bool MayBeFull(int count, int limit) => count > 0 && (count >= limit || count % 10 == 0 || (count >= 16 && int.IsPow2(count)));

    private async Task LookAsync(PageRequest page, int count, CancellationToken cancellationToken)
    {
        if (reading.Total != TotalUse.Unknown)
            return;

        ListAnswer<T> other = await send(page with { Limit = count == 1 ? 2 : 1 }, string.Empty, cancellationToken).ConfigureAwait(false);
        reading.Total = other.Total > other.Data.Count ? TotalUse.List : other.Data.Count != count ? TotalUse.Page : TotalUse.Unknown;
    }
}
