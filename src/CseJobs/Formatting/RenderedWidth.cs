using System.Collections;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace CseJobs.Formatting;

/// <summary>
/// The width that a view is rendered for. A view's texts are made before they are laid out, and PowerShell does not tell them for what:
/// <c>Out-String -Width 120</c> is found among the commands of the pipelines that run. That is not public; where a later PowerShell has it
/// no more, the console's width is taken as before.
/// </summary>
internal static class RenderedWidth
{
    // As narrow as a timeline can be drawn.
    private const int Min = 40;

    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>What -Width of the command that renders was given; null when none has it.</summary>
    public static int? Find()
    {
        object? running = Runspace.DefaultRunspace is { } runspace ? Call(runspace, "GetCurrentlyRunningPipeline") : null;

        // The innermost pipeline first.
        PSCmdlet? renderer = Items(Get(Get(running, "Stopper"), "_stack")).SelectMany(pipeline => Items(Get(pipeline, "Commands")))
            .Select(command => Get(command, "Command")).OfType<PSCmdlet>().FirstOrDefault(cmdlet => cmdlet.GetType().Name is "OutStringCommand" or "OutFileCommand");
        return renderer?.MyInvocation.BoundParameters.TryGetValue("Width", out object? width) == true && width is int cells ? Math.Max(cells, Min) : null;
    }

    private static object? Call(object owner, string method) => Find(owner, type => type.GetMethod(method, Instance, Type.EmptyTypes))?.Invoke(owner, null);

    private static object? Get(object? owner, string member) =>
        owner is null ? null
        : Find(owner, type => type.GetProperty(member, Instance)) is { } property ? property.GetValue(owner)
        : Find(owner, type => type.GetField(member, Instance))?.GetValue(owner);

    // Private members are found on the type that declares them only.
    private static T? Find<T>(object owner, Func<Type, T?> find) where T : class
    {
        for (Type? type = owner.GetType(); type is not null; type = type.BaseType)
        {
            if (find(type) is { } member)
                return member;
        }

        return null;
    }

    private static IEnumerable<object> Items(object? list) => list is IEnumerable items ? items.Cast<object>() : [];
}
