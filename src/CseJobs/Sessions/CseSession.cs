using System.Management.Automation.Runspaces;
using CseJobs.Client.Auth;
using CseJobs.Client.Diagnosis;

namespace CseJobs;

/// <summary>
/// A signed-in connection to the API of one project, as Connect-Cse makes it. Holds no secret in any member that can be
/// shown, serialised or copied. Thread-safe: one session serves any number of runspaces.
/// </summary>
public sealed class CseSession
{
    private static long _made;

    private readonly SignInResult _signIn;
    private readonly object _gate = new();
    private int _users;
    private bool _endsWithItsUsers;
    private int _closed;

    internal CseSession(string name, CseSessionScope scope, SignInResult signIn, string? engineId)
    {
        _signIn = signIn;
        Name = name;
        Scope = scope;
        EngineId = engineId;
        SessionStore.Know(this);
    }

    /// <summary>Name of the session, unique among the open ones of its scope.</summary>
    public string Name { get; }

    /// <summary>Which runspaces find the session without being passed it.</summary>
    public CseSessionScope Scope { get; }

    /// <summary>Base address of the API.</summary>
    public Uri Endpoint => Client.Options.Endpoint;

    /// <summary>Region; null when the session was made with an endpoint alone.</summary>
    public string? Region => _signIn.Region;

    /// <summary>Project id.</summary>
    public string ProjectId => Client.Options.ProjectId;

    /// <summary>Enterprise project id; null for the server's default, 0.</summary>
    public string? EnterpriseProjectId => Client.Options.EnterpriseProjectId;

    /// <summary>Engine that the cmdlets take when none is named; null when there is none.</summary>
    public string? EngineId { get; }

    /// <summary>How the session signs in: <c>Token</c>, <c>Password</c>, <c>AccessKey</c> or <c>EcsAgency</c>.</summary>
    public string Identity => _signIn.Credential.IdentityKind;

    /// <summary>Where the credentials came from, by name only: <c>Parameters</c>, a variable or a file.</summary>
    public string Source => _signIn.Source;

    /// <summary>Masked access key id; null when the session does not sign in with an access key.</summary>
    public string? KeyId => _signIn.Credential.MaskedKeyId;

    /// <summary>When the credentials expire, in local time; null when it is not known.</summary>
    public DateTime? ExpiresAt => _signIn.Credential.ExpiresAt?.LocalDateTime;

    /// <summary>When the session was made, in local time.</summary>
    public DateTime ConnectedAt { get; } = ModuleClock.Current.GetLocalNow().LocalDateTime;

    /// <summary>Whether cmdlets of this runspace use the session where none is named.</summary>
    public bool IsDefault => SessionStore.FindDefault(Runspace.DefaultRunspace) == this;

    /// <summary>True once Disconnect-Cse has ended the session, or a later one of its name has taken its place.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    internal CseClient Client => _signIn.Client;

    internal SessionDoctor Doctor => new(_signIn);

    /// <summary>Tells sessions in the order in which they were made: two may have the same <see cref="ConnectedAt"/>.</summary>
    internal long Number { get; } = Interlocked.Increment(ref _made);

    /// <summary>The name: in a CSV it stands for the session that a job was read with.</summary>
    /// <returns>For example <c>default</c>.</returns>
    public override string ToString() => Name;

    /// <summary>Keeps the session open for a cmdlet until that calls <see cref="Release"/>, should another take its name meanwhile.</summary>
    internal void Hold()
    {
        lock (_gate)
            _users++;
    }

    internal void Release()
    {
        lock (_gate)
        {
            if (--_users > 0 || !_endsWithItsUsers)
                return;
        }

        Close();
    }

    /// <summary>Closes the session as soon as no cmdlet uses it: now, or when the last of them has ended.</summary>
    internal void Retire()
    {
        lock (_gate)
        {
            _endsWithItsUsers = true;
            if (_users > 0)
                return;
        }

        Close();
    }

    internal void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
            Client.Dispose();
    }
}
