using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CseJobs.Client;

namespace CseJobs.Desktop.Tests;

/// <summary>What a check says when something is not so.</summary>
internal static class Expect
{
    public static void True(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Not so: {what}");
        }
    }

    public static void Equal<T>(T expected, T actual, string what) =>
        True(EqualityComparer<T>.Default.Equals(expected, actual), $"{what} is '{expected}', but '{actual}'");

    public static void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what) =>
        Equal(string.Join(" ", expected), string.Join(" ", actual), what);

    public static T Throws<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T e)
        {
            return e;
        }

        throw new InvalidOperationException($"No {typeof(T).Name} was thrown.");
    }

    public static async Task<CseApiException> FailsAsync(CseErrorReason reason, Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (CseApiException e)
        {
            Equal(reason, e.Reason, $"the reason of '{e.Message}'");
            return e;
        }

        throw new InvalidOperationException($"The call did not fail, as {reason} or otherwise.");
    }

    public static async Task CancelledAsync(Task call)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new InvalidOperationException("The call was not cancelled.");
    }
}
