@echo off
dotnet tool restore && dotnet tool run pwsh -- -NoLogo -NoProfile -File "%~dp0build.ps1" -Task %*
