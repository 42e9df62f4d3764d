; The installer for Windows, by Inno Setup 6: iscc /DVersion=0.1.0 dist\windows\jwt-workbench.iss
; pack.ps1 calls it after the release build. Not tried: no Windows was at hand.

#ifndef Version
  #error Say which version: /DVersion=0.1.0
#endif

[Setup]
AppId={{0C6C2F0B-52C5-4B0E-9E2C-7F0E6C1D9A3B}
AppName=JWT Workbench
AppVersion={#Version}
AppPublisher=The JWT Workbench developers
DefaultDirName={autopf}\JWT Workbench
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE-MIT
; For the one who runs it; for everybody when it is asked to, with an administrator's rights.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
ChangesEnvironment=yes
SetupIconFile=..\icons\jwt-workbench.ico
UninstallDisplayIcon={app}\jwt-workbench.exe
OutputDir=..\..\target\dist
OutputBaseFilename=jwt-workbench-{#Version}-windows-x86_64-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Tasks]
Name: path; Description: "Let terminals find jwt-workbench"

[Files]
Source: "..\..\target\release\jwt-workbench.exe"; DestDir: "{app}"; Flags: ignoreversion
Source: "..\completions\jwt-workbench.ps1"; DestDir: "{app}"; Flags: ignoreversion
Source: "..\..\README.md"; DestDir: "{app}"; Flags: ignoreversion
Source: "..\..\LICENSE-MIT"; DestDir: "{app}"; Flags: ignoreversion
Source: "..\..\LICENSE-APACHE"; DestDir: "{app}"; Flags: ignoreversion
Source: "..\..\assets\licences.txt"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\JWT Workbench"; Filename: "{app}\jwt-workbench.exe"

[Registry]
; Windows knows a type of file by what follows the last dot alone, so templates are offered under "Open with" of JSON files.
Root: HKA; Subkey: "Software\Classes\JWTWorkbench.Template"; ValueType: string; ValueData: "JWT Workbench template"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\JWTWorkbench.Template\DefaultIcon"; ValueType: string; ValueData: "{app}\jwt-workbench.exe,0"
Root: HKA; Subkey: "Software\Classes\JWTWorkbench.Template\shell\open\command"; ValueType: string; ValueData: """{app}\jwt-workbench.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.json\OpenWithProgids"; ValueType: string; ValueName: "JWTWorkbench.Template"; ValueData: ""; Flags: uninsdeletevalue

[Code]
const
  EnvironmentKey = 'Environment';
  MachineEnvironmentKey = 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment';

function PathRoot: Integer;
begin
  if IsAdminInstallMode then Result := HKEY_LOCAL_MACHINE else Result := HKEY_CURRENT_USER;
end;

function PathKey: String;
begin
  if IsAdminInstallMode then Result := MachineEnvironmentKey else Result := EnvironmentKey;
end;

procedure CurStepChanged(Step: TSetupStep);
var
  Path: String;
begin
  if (Step <> ssPostInstall) or not WizardIsTaskSelected('path') then Exit;
  if not RegQueryStringValue(PathRoot, PathKey, 'Path', Path) then Path := '';
  if Pos(';' + ExpandConstant('{app}') + ';', ';' + Path + ';') > 0 then Exit;
  if Path <> '' then Path := Path + ';';
  RegWriteExpandStringValue(PathRoot, PathKey, 'Path', Path + ExpandConstant('{app}'));
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Path: String;
begin
  if (Step <> usPostUninstall) or not RegQueryStringValue(PathRoot, PathKey, 'Path', Path) then Exit;
  Path := ';' + Path + ';';
  if StringChangeEx(Path, ';' + ExpandConstant('{app}') + ';', ';', True) = 0 then Exit;
  RegWriteExpandStringValue(PathRoot, PathKey, 'Path', Copy(Path, 2, Length(Path) - 2));
end;
