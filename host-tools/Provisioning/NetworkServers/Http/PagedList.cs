// Reads a list page by page while others change it. A device that is deleted moves all behind it forward, and the one at the border of two pages would be missed: so
// the list is read again until a whole reading saw one and the same total and just as many different items.
namespace Provisioning.NetworkServers.Http;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, long Total);

/// <summary>Reads lists.</summary>
internal static class PagedList
{
    // A list that still changes then is given as the union of what was seen: who acts on it looks at each device again before.
    private const int MostReadings = 4;

    /// <summary>Reads a list.</summary>
    /// <param name="page">Reads the page that begins at an offset.</param>
    /// <param name="key">What tells items apart.</param>
    public static async Task<ServerAnswer<IReadOnlyList<T>>> ReadAsync<T>(Func<int, Task<ServerAnswer<ListPage<T>>>> page, Func<T, string> key)
    {
        SortedDictionary<string, T> seen = new(StringComparer.Ordinal);
        for (int reading = 0; reading < MostReadings; reading++)
        {
            HashSet<string> now = new(StringComparer.Ordinal);
            long? total = null;
            bool isSteady = true;
            int offset = 0;
            while (true)
            {
                ServerAnswer<ListPage<T>> answer = await page(offset).ConfigureAwait(false);
                if (!answer.IsOk)
                {
                    return answer.Failure;
                }

                foreach (T item in answer.Value.Items)
                {
                    now.Add(key(item));
                    seen[key(item)] = item;
                }

                isSteady &= total is null || total == answer.Value.Total;
                total = answer.Value.Total;
                offset += answer.Value.Items.Count;
                if (answer.Value.Items.Count == 0 || offset >= total)
                {
                    break;
                }
            }

            if (isSteady && now.Count == total)
            {
                return Only(seen, now);
            }
        }

        return new List<T>(seen.Values);
    }

    private static List<T> Only<T>(SortedDictionary<string, T> seen, HashSet<string> keys) => [.. seen.Where(pair => keys.Contains(pair.Key)).Select(pair => pair.Value)];
}
