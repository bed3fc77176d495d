using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using CseJobs.Platform;

namespace CseJobs.Desktop.Tests;

/// <summary>What Windows PowerShell does with a module's assemblies when it imports and removes the module.</summary>
internal sealed class ImportChecks(string bin)
{
    private readonly string _desktop = Path.Combine(bin, "desktop") + Path.DirectorySeparatorChar;

    public IEnumerable<Check> BeforeUse() => new[]
    {
        Check.Of("import: the engine can look through all types before the module's own code has run", () =>
        {
            Expect.True(Assembly.LoadFrom(Path.Combine(bin, "CseJobs.dll")).GetTypes().Length > 50, "there are types");
            Expect.Same(Enumerable.Empty<string>(), LoadedFromDesktop(), "what came from bin/desktop");
        }),
        Check.Of("import: a request is answered from then on, also for an older version, and no other request is", () =>
        {
            new ModulePlatform().OnImport();
            Expect.True(Asked("System.Text.Json, Version=8.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51"), "its version is answered");
            Expect.True(Asked("System.Runtime.CompilerServices.Unsafe, Version=4.0.4.1, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a"), "an older version is answered");
            Expect.True(!Asked("System.Text.Json, Version=9.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51"), "a newer version is not answered");
            Expect.True(!Asked("Newtonsoft.Json, Version=13.0.0.0, Culture=neutral, PublicKeyToken=30ad4fe6b2a6aeed"), "another name is not answered");
        }),
        Check.Of("import: other code that lacks such an assembly is not given ours", () =>
        {
            const string Request = "System.Text.Json, Version=8.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51";
            Expect.True(!Asked(Request, typeof(ImportChecks).Assembly), "this program's request is not answered");
            Expect.True(Asked(Request, typeof(JobStatus).Assembly), "the module's is");
        }),
    };

    public IEnumerable<Check> AfterUse() => new[]
    {
        Check.Of("use: what this .NET lacks came from bin/desktop, System.Text.Json for one", () =>
        {
            List<string> loaded = LoadedFromDesktop().ToList();
            Expect.True(loaded.Contains("System.Text.Json") && loaded.Contains("System.Memory"), $"they are among {string.Join(", ", loaded)}");
        }),
        Check.Of("views: there is no colour where there is no $PSStyle", () =>
        {
            MethodInfo paint = typeof(ModulePlatform).Assembly.GetType("CseJobs.Formatting.Palette", throwOnError: true)
                .GetMethod("Paint", BindingFlags.Public | BindingFlags.Static);
            Expect.Equal("Error", (string)paint.Invoke(null, new object[] { JobStatus.Error, "Error" }), "a status");
        }),
        Check.Of("removal: the second import is as good as the first, and after the last removal nothing is answered", () =>
        {
            const string Request = "System.Threading.Tasks.Extensions, Version=4.1.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51";
            var module = new ModulePlatform();
            module.OnImport();
            module.OnRemove(null!);
            Expect.True(Asked(Request), "it is answered while a runspace has the module");
            module.OnRemove(null!);
            Expect.True(!Asked(Request), "it is not answered when none has");
            module.OnImport();
            Expect.True(Asked(Request), "it is answered after another import");
        }),
    };

    /// <summary>Whether the module answers a request, from nowhere in particular unless it is said.</summary>
    private bool Asked(string request, Assembly? requester = null)
    {
        // The event as the runtime raises it: what it has bound once, or failed to, it does not ask for again.
        FieldInfo field = typeof(AppDomain).GetField("_AssemblyResolve", BindingFlags.NonPublic | BindingFlags.Instance)
            ?? typeof(AppDomain).GetField("AssemblyResolve", BindingFlags.NonPublic | BindingFlags.Instance)
            ?? throw new MissingFieldException("AppDomain", "AssemblyResolve");
        var handlers = (ResolveEventHandler)field.GetValue(AppDomain.CurrentDomain);
        Assembly? answer = handlers.GetInvocationList().Cast<ResolveEventHandler>()
            .Select(handler => handler(AppDomain.CurrentDomain, new ResolveEventArgs(request, requester)))
            .FirstOrDefault(assembly => assembly is not null);
        Expect.True(answer is null || answer.Location.StartsWith(_desktop, StringComparison.OrdinalIgnoreCase), $"{answer?.Location} is in bin/desktop");
        return answer is not null;
    }

    private IEnumerable<string> LoadedFromDesktop() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(_desktop, StringComparison.OrdinalIgnoreCase))
        .Select(assembly => assembly.GetName().Name)
        .OrderBy(name => name, StringComparer.Ordinal);
}
