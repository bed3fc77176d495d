#!/usr/bin/env bash
# ./build.sh [build|help|test|bench [--quick]|demo|package|clean]: runs build.ps1 with the PowerShell on PATH, else with the .NET tool of
# .config/dotnet-tools.json. Where neither is to be had it runs the part that needs no engine and says what it left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

task=$(printf '%s' "${1:-build}" | tr '[:upper:]' '[:lower:]')
[ $# -eq 0 ] || shift
for option in "$@"; do
    shift
    [ "$option" = --quick ] && option=-Quick
    set -- "$@" "$option"
done

if command -v pwsh >/dev/null 2>&1; then
    exec pwsh -NoLogo -NoProfile -NonInteractive -File build.ps1 -Task "$task" "$@"
elif dotnet tool restore >/dev/null 2>&1; then
    exec dotnet tool run pwsh -- -NoLogo -NoProfile -NonInteractive -File build.ps1 -Task "$task" "$@"
fi

echo "There is no pwsh on PATH, and the .NET tool 'powershell' cannot be had from the package registry."
case $task in
    build | demo | test) dotnet build CseJobs.sln -c Release -v q ;;
esac
case $task in
    build)
        echo "Skipped: staging out/CseJobs, which PowerShell does. The assemblies are built."
        ;;
    demo)
        echo "Skipped: the cmdlets. The same with the client library from C# (samples/QuickStart):"
        dotnet run --project samples/QuickStart -c Release --no-build
        ;;
    test)
        log=$(mktemp)
        trap 'rm -f "$log"' EXIT
        status=0
        dotnet test CseJobs.sln -c Release --no-build 2>&1 | tee "$log" || status=$?
        count() { sed -nE "s/.*$1: +([0-9]+).*/\1/p" "$log" | awk '{ n += $1 } END { print n + 0 }'; }
        failed=$(count Failed)
        [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
        echo "Skipped: all Pester tests (cmdlets, views, pipeline), for want of a PowerShell. Only xunit ran."
        echo "$(count Passed) passed, $failed failed, $(count Skipped) skipped"
        [ "$failed" -eq 0 ]
        ;;
    clean)
        rm -rf bin out
        dotnet clean CseJobs.sln -v q
        ;;
    *)
        echo "The task '$task' needs PowerShell 7.4 or later." >&2
        exit 3
        ;;
esac
