using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace CseJobs.Platform;

/// <summary>
/// The assemblies that the module brings for Windows PowerShell, and which requests they answer. Their references ask for
/// versions that differ from those shipped; an application has binding redirects for that, a module has this.
/// </summary>
internal sealed class DesktopClosure
{
    private readonly string _module;
    private readonly Dictionary<string, Shipped> _shipped;

    /// <param name="module">The folder of the module's own assemblies.</param>
    /// <param name="shipped">The paths of the assemblies that it brings.</param>
    public DesktopClosure(string module, IEnumerable<string> shipped)
    {
        _module = module.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        _shipped = shipped.ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, path => new Shipped(path), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What lies in the folder <c>desktop</c> beside the module's assemblies.</summary>
    /// <param name="module">The folder of the module's own assemblies.</param>
    public static DesktopClosure Of(string module) => new(module, Directory.GetFiles(Path.Combine(module, "desktop"), "*.dll"));

    /// <param name="requested">Full name of the assembly that the runtime did not find.</param>
    /// <param name="requester">Path of the assembly that needs it; null when the runtime does not know.</param>
    /// <returns>The path of the assembly to load; null when the request is not for this module to answer.</returns>
    public string? PathFor(string requested, string? requester)
    {
        var name = new AssemblyName(requested);
        return IsOwn(requester) && name.Name is not null && _shipped.TryGetValue(name.Name, out Shipped? candidate) && candidate.Answers(name)
            ? candidate.Path
            : null;
    }

    // Other modules bring their own copies, and their own resolvers that must not be forestalled.
    private bool IsOwn(string? requester) => requester is null || requester.StartsWith(_module, StringComparison.OrdinalIgnoreCase);

    private sealed class Shipped(string path)
    {
        private readonly Lazy<AssemblyName> _identity = new(() => AssemblyName.GetAssemblyName(path));

        public string Path { get; } = path;

        // Not the SequenceEqual of spans, which the compiler would choose: it lies in one of the assemblies that are to be found.
        public bool Answers(AssemblyName request) =>
            (request.Version is null || request.Version <= _identity.Value.Version)
            && (request.GetPublicKeyToken() is not { } token || Enumerable.SequenceEqual(token, _identity.Value.GetPublicKeyToken()!));
    }
}
