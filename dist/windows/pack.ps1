# Packs the release build for Windows into target\dist: a zip, and the installer where Inno Setup 6 is there.
# Not tried: no Windows was at hand.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')
$version = (Select-String -Path Cargo.toml -Pattern '^version = "(.*)"$' | Select-Object -First 1).Matches.Groups[1].Value
$name = "jwt-workbench-$version-windows-x86_64"
$folder = "target\dist\$name"

Remove-Item -Recurse -Force $folder -ErrorAction SilentlyContinue
New-Item -ItemType Directory -Force $folder | Out-Null
Copy-Item target\release\jwt-workbench.exe, dist\completions\jwt-workbench.ps1, README.md, CHANGELOG.md, LICENSE-MIT, LICENSE-APACHE, assets\licences.txt $folder
Compress-Archive -Force -Path $folder -DestinationPath "target\dist\$name.zip"

$iscc = Get-Command iscc -ErrorAction SilentlyContinue
if ($iscc) {
    & $iscc "/DVersion=$version" dist\windows\jwt-workbench.iss
    if ($LASTEXITCODE -ne 0) { throw 'The installer was not made: see the lines above.' }
} else {
    Write-Output 'iscc, the compiler of Inno Setup, was not found: there is no installer, only the zip.'
}
