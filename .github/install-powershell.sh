#!/usr/bin/env bash
# .github/install-powershell.sh VERSION: puts one release of PowerShell first on the PATH of the steps that follow.
set -euo pipefail
version=$1
folder="$RUNNER_TEMP/pwsh-$version"
case "$RUNNER_OS-$RUNNER_ARCH" in
    Windows-*) file="PowerShell-$version-win-x64.zip" ;;
    macOS-ARM64) file="powershell-$version-osx-arm64.tar.gz" ;;
    macOS-*) file="powershell-$version-osx-x64.tar.gz" ;;
    *) file="powershell-$version-linux-x64.tar.gz" ;;
esac

mkdir -p "$folder"
gh release download "v$version" --repo PowerShell/PowerShell --pattern "$file" --dir "$RUNNER_TEMP"
case $file in
    *.zip) unzip -q "$RUNNER_TEMP/$file" -d "$folder" ;;
    *) tar -xzf "$RUNNER_TEMP/$file" -C "$folder" && chmod +x "$folder/pwsh" ;;
esac
echo "$folder" >> "$GITHUB_PATH"
"$folder/pwsh" -NoLogo -NoProfile -Command '"PowerShell $($PSVersionTable.PSVersion)"'
