@echo off
rem Starts STS Tray, and is its command line: in a checkout and in a package.
setlocal
rem Terminals inside Electron programs set it, and Electron would start as plain Node.
set "ELECTRON_RUN_AS_NODE="

if exist "%~dp0..\app.asar" goto package
if not exist "%~dp0..\.runtime\electron-path.txt" goto unready
if not exist "%~dp0..\dist\main\main.cjs" goto unready
set /p STS_TRAY_EXECUTABLE=<"%~dp0..\.runtime\electron-path.txt"
if not exist "%STS_TRAY_EXECUTABLE%" goto unready
if "%~1"=="" goto checkoutapp
rem Chromium has nothing to say to the user of a command.
"%STS_TRAY_EXECUTABLE%" --log-level=3 "%~dp0.." %*
exit /b %ERRORLEVEL%

:checkoutapp
start "" "%STS_TRAY_EXECUTABLE%" "%~dp0.."
exit /b 0

:package
rem A package keeps this file in resources\bin.
if "%~1"=="" goto packageapp
"%~dp0..\..\STS Tray.exe" --log-level=3 %*
exit /b %ERRORLEVEL%

:packageapp
start "" "%~dp0..\..\STS Tray.exe"
exit /b 0

:unready
echo sts-tray: This checkout has not been set up. Run `node "%~dp0..\scripts\setup.mjs"` first. 1>&2
exit /b 1
