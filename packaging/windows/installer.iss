; Inno Setup script: installs dist\bulletin-desktop for one user, without an administrator.
; PREPARED, NOT YET RUN: see packaging/README.md.
;
;   iscc /DVersion=0.1.0 packaging\windows\installer.iss
;
; Taking the program off leaves %APPDATA%\bulletin-desktop with the user's libraries alone.

#ifndef Version
  #error Give the version: /DVersion=…
#endif

[Setup]
AppId={{6B1E9A5B-6B0B-4E0D-9B6F-2F4B1D5A7C31}
AppName={cm:ProgramName}
AppVersion={#Version}
AppPublisher=The Bulletin Desktop contributors
DefaultDirName={autopf}\Bulletin Desktop
DefaultGroupName={cm:ProgramName}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\bulletin-desktop.ico
UninstallDisplayIcon={app}\bulletin-desktop-window.exe
UninstallDisplayName={cm:ProgramName}
OutputDir=..\..\dist
OutputBaseFilename=bulletin-desktop-{#Version}-windows-x64
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "zh"; MessagesFile: "ChineseSimplified.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
zh.ProgramName=简报台
en.ProgramName=Bulletin Desktop
zh.LibraryType=简报台资料库
en.LibraryType=Bulletin Desktop library
zh.DesktopIcon=在桌面上放一个图标
en.DesktopIcon=Put an icon on the desktop

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; Files of an older version; libraries are never here, but those of a portable copy stay in {app}\portable.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\bulletin-desktop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "..\..\build\icons\application-x-bulletin-library.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{group}\{cm:ProgramName}"; Filename: "{app}\bulletin-desktop-window.exe"
Name: "{autodesktop}\{cm:ProgramName}"; Filename: "{app}\bulletin-desktop-window.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.bdlib"; ValueType: string; ValueData: "BulletinDesktop.Library"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\BulletinDesktop.Library"; ValueType: string; ValueData: "{cm:LibraryType}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\BulletinDesktop.Library\DefaultIcon"; ValueType: string; ValueData: "{app}\application-x-bulletin-library.ico"
Root: HKA; Subkey: "Software\Classes\BulletinDesktop.Library\shell\open\command"; ValueType: string; ValueData: """{app}\bulletin-desktop-window.exe"" ""%1"""
; "Open with" for text files: offered there, the default is left alone
Root: HKA; Subkey: "Software\Classes\Applications\bulletin-desktop-window.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{cm:ProgramName}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\bulletin-desktop-window.exe\SupportedTypes"; ValueType: string; ValueName: ".txt"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bulletin-desktop-window.exe\SupportedTypes"; ValueType: string; ValueName: ".bdlib"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bulletin-desktop-window.exe\shell\open\command"; ValueType: string; ValueData: """{app}\bulletin-desktop-window.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.txt\OpenWithList\bulletin-desktop-window.exe"; ValueType: none; Flags: uninsdeletekey

[Run]
Filename: "{app}\bulletin-desktop-window.exe"; Description: "{cm:LaunchProgram,{cm:ProgramName}}"; Flags: nowait postinstall skipifsilent
