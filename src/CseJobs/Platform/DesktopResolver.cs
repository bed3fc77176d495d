using System;
using System.IO;
using System.Reflection;

namespace CseJobs.Platform;

/// <summary>
/// Loads the assemblies of <c>bin/desktop</c> when .NET Framework does not find them, for as long as any runspace has the
/// module imported. Nothing here is used on PowerShell 7, which has its own.
/// </summary>
internal static class DesktopResolver
{
    private static readonly object Gate = new();
    private static DesktopClosure? _closure;
    private static int _imports;

    /// <summary>For one import more.</summary>
    public static void Attach()
    {
        lock (Gate)
        {
            if (_imports++ == 0)
            {
                _closure = DesktopClosure.Of(Path.GetDirectoryName(typeof(DesktopResolver).Assembly.Location)!);
                AppDomain.CurrentDomain.AssemblyResolve += Resolve;
            }
        }
    }

    /// <summary>For one import less.</summary>
    public static void Detach()
    {
        lock (Gate)
        {
            if (_imports > 0 && --_imports == 0)
            {
                AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
            }
        }
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        string? requester = request.RequestingAssembly is { IsDynamic: false } assembly ? assembly.Location : null;
        return _closure!.PathFor(request.Name, requester) is { } path ? Assembly.LoadFrom(path) : null;
    }
}
