#!/usr/bin/env bash
# .github/install-powershell.sh VERSION: puts one release of PowerShell for Linux first on the PATH of the steps that follow.
set -euo pipefail
version=$1
file="powershell-$version-linux-x64.tar.gz"
folder="$RUNNER_TEMP/pwsh-$version"

mkdir -p "$folder"
gh release download "v$version" --repo PowerShell/PowerShell --pattern "$file" --dir "$RUNNER_TEMP"
tar -xzf "$RUNNER_TEMP/$file" -C "$folder"
chmod +x "$folder/pwsh"
echo "$folder" >> "$GITHUB_PATH"
"$folder/pwsh" -NoLogo -NoProfile -Command '"PowerShell $($PSVersionTable.PSVersion)"'
