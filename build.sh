#!/usr/bin/env bash
# ./build.sh [build|help|test|bench|demo|play|package|clean] [options]: runs build.ps1 with a pwsh of 7.4 or later on PATH, else with the
# .NET tool of .config/dotnet-tools.json, which the package registry serves.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
# The tool's pwsh looks for the runtime here, not on PATH: an SDK in a user's folder is found nowhere else.
export DOTNET_ROOT="${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}"

pwsh=(pwsh)
if ! pwsh -NoProfile -Command 'exit [int]($PSVersionTable.PSVersion -lt [version]"7.4")' >/dev/null 2>&1; then
    dotnet tool restore
    pwsh=(dotnet tool run pwsh --)
fi
exec "${pwsh[@]}" -NoLogo -NoProfile -File build.ps1 -Task "${1:-build}" "${@:2}"
