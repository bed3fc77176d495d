using System.Net.Sockets;
using System.Runtime.InteropServices;
using CseJobs.Simulator;

CommandLine line;
try
{
    line = CommandLine.Parse(args);
}
catch (FormatException problem)
{
    await Console.Error.WriteLineAsync($"{problem.Message} (see --help)").ConfigureAwait(false);
    return 2;
}

if (line.Help)
{
    await Console.Out.WriteAsync(Usage.Text()).ConfigureAwait(false);
    return 0;
}

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.TrySetResult();
}

// A Ctrl+C reaches all processes of a console. Where another one holds this one's standard input, it is meant for that one.
bool isHeld = !line.IgnoreStdin && Console.IsInputRedirected;
void Interrupt(PosixSignalContext signal)
{
    if (isHeld)
    {
        signal.Cancel = true;
    }
    else
    {
        Stop(signal);
    }
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

IAsyncDisposable listening;
Uri address;
try
{
    if (line.ListenOnly is StalledListenerMode mode)
    {
        var listener = StalledListener.Start(mode, line.Options.Port);
        (listening, address) = (listener, listener.BaseAddress);
    }
    else
    {
        CseSimulator simulator = await CseSimulator.StartAsync(line.Options).ConfigureAwait(false);
        (listening, address) = (simulator, simulator.BaseAddress);
    }
}
catch (Exception problem) when (problem is IOException or SocketException)
{
    await Console.Error.WriteLineAsync($"cannot listen: {problem.Message}").ConfigureAwait(false);
    return 1;
}

await using (listening.ConfigureAwait(false))
{
    await Console.Out.WriteLineAsync(address.AbsoluteUri).ConfigureAwait(false);
    await Console.Out.FlushAsync().ConfigureAwait(false);
    if (!line.IgnoreStdin)
    {
        // Off this thread: a read from a console or pipe blocks.
        _ = Task.Run(() =>
        {
            DrainStandardInput();
            stop.TrySetResult();
        });
    }

    await stop.Task.ConfigureAwait(false);
}

return 0;

// Ends when the parent closes its side or dies, or when there is no standard input at all.
static void DrainStandardInput()
{
    try
    {
        using Stream input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (input.Read(buffer) > 0)
        {
        }
    }
    catch (IOException)
    {
    }
}
