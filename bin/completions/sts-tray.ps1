# Completions of sts-tray for PowerShell: sts-tray completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName sts-tray, sts-tray.cmd -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    function profileNames {
        $config = @($Env:STS_TRAY_AWS_CONFIG_FILE, $Env:AWS_CONFIG_FILE, (Join-Path $HOME '.aws/config')) | Where-Object { $_ } | Select-Object -First 1
        $credentials = @($Env:STS_TRAY_AWS_SHARED_CREDENTIALS_FILE, $Env:AWS_SHARED_CREDENTIALS_FILE, (Join-Path $HOME '.aws/credentials')) | Where-Object { $_ } | Select-Object -First 1
        $names = @()
        foreach ($line in @(Get-Content -LiteralPath $config -ErrorAction SilentlyContinue)) {
            if ($line -cmatch '^\s*\[\s*(?:profile\s+"?(.*?)"?|(default))\s*\]') { $names += "$($Matches[1])$($Matches[2])" }
        }
        foreach ($line in @(Get-Content -LiteralPath $credentials -ErrorAction SilentlyContinue)) {
            if ($line -cmatch '^\s*\[\s*(.*?)\s*\]') { $names += $Matches[1] }
        }
        $names | Sort-Object -Unique
    }

    $summaries = @{
        'status' = 'Lists every session: profile, account, role or user, and the time left.'
        'login' = 'Starts or renews a session. Without --code-stdin the MFA prompt opens.'
        'logout' = 'Forgets the session of a profile, or every session.'
        'export' = 'Prints what a shell has to run to use the session.'
        'credential-process' = 'Prints the JSON that credential_process wants; waits up to 55 s for an MFA code.'
        'exec' = 'Runs a command with credentials. Its exit status is the command’’s own.'
        'check' = 'Tells into which accounts a Terraform project would deploy, and whether they are the ones it means.'
        'terminal' = 'Opens a terminal that has the credentials.'
        'install' = 'Adds a credential_process profile to the AWS config file, for AWS_PROFILE and Terraform.'
        'uninstall' = 'Removes that profile from the AWS config file.'
        'completion' = 'Prints the completions for a shell.'
        'help' = 'Tells what a command does.'
    }
    $about = @{
        '--user-data-dir' = 'the folder of the app’’s own files, which tells several apps apart'
        '--help' = 'prints this help'
        '--version' = 'prints the version'
        '--json' = 'prints JSON'
        '--code-stdin' = 'reads the six digits of the MFA code from standard input'
        '--duration' = 'how long the session is to last, such as 8h or 1h30m'
        '--all' = 'every session'
        '--shell' = 'for which shell, or as what'
        '--account' = 'runs nothing unless the credentials, or every provider of Terraform, reach this account'
        '--min-left' = 'renews a session that has less time left'
        '--static' = 'gives the credentials themselves, for programs that cannot ask for new ones'
        '--no-guard' = 'runs Terraform without a look at its accounts'
        '--dir' = 'the folder to open the terminal in; the current one otherwise'
    }
    $options = @{
        'status' = @('--json', '--user-data-dir', '--help')
        'login' = @('--code-stdin', '--duration', '--user-data-dir', '--help')
        'logout' = @('--all', '--user-data-dir', '--help')
        'export' = @('--shell', '--user-data-dir', '--help')
        'credential-process' = @('--user-data-dir', '--help')
        'exec' = @('--account', '--min-left', '--static', '--no-guard', '--user-data-dir', '--help')
        'check' = @('--account', '--json', '--user-data-dir', '--help')
        'terminal' = @('--dir', '--user-data-dir', '--help')
        'install' = @('--user-data-dir', '--help')
        'uninstall' = @('--user-data-dir', '--help')
        'completion' = @('--user-data-dir', '--help')
        'help' = @('--user-data-dir', '--help')
    }
    $words = @{
        'status' = { }
        'login' = { profileNames }
        'logout' = { profileNames }
        'export' = { profileNames }
        'credential-process' = { profileNames }
        'exec' = { profileNames }
        'check' = { profileNames }
        'terminal' = { profileNames }
        'install' = { profileNames }
        'uninstall' = { profileNames }
        'completion' = { @('bash', 'zsh', 'fish', 'powershell') }
        'help' = { @('status', 'login', 'logout', 'export', 'credential-process', 'exec', 'check', 'terminal', 'install', 'uninstall', 'completion', 'help') }
    }
    $values = @{
        '--user-data-dir' = { Get-ChildItem -Directory -Name -ErrorAction SilentlyContinue }
        '--duration' = { }
        '--shell' = { @('bash', 'zsh', 'fish', 'powershell', 'cmd', 'dotenv', 'json') }
        '--account' = { }
        '--min-left' = { }
        '--dir' = { Get-ChildItem -Directory -Name -ErrorAction SilentlyContinue }
    }

    $before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" })
    if ($before -ccontains '--') { return }
    $given = @()
    $option = $null
    foreach ($word in $before) {
        if ($option) { $option = $null }
        elseif ($values.ContainsKey($word)) { $option = $word }
        elseif (-not $word.StartsWith('-')) { $given += $word }
    }

    $found = @()
    if ($option) { $found = & $values[$option] }
    elseif ($given.Count -eq 0 -and $wordToComplete.StartsWith('-')) { $found = @('--user-data-dir', '--help', '--version') }
    elseif ($given.Count -eq 0) { $found = $summaries.Keys | Sort-Object }
    elseif (-not $options.ContainsKey($given[0])) { return }
    elseif ($wordToComplete.StartsWith('-')) { $found = $options[$given[0]] }
    elseif ($given.Count -eq 1) { $found = & $words[$given[0]] }
    elseif ($given.Count -eq 2 -and @('check') -ccontains $given[0]) { $found = & { Get-ChildItem -Directory -Name -ErrorAction SilentlyContinue } }

    $start = $wordToComplete.Trim("'", '"')
    foreach ($name in @($found | Where-Object { $_ -and $_.StartsWith($start) })) {
        $text = if ($name -match '^[\w./:\\-]+$') { $name } else { "'" + $name.Replace("'", "''") + "'" }
        $tip = if ($summaries.ContainsKey($name)) { $summaries[$name] } elseif ($about.ContainsKey($name)) { $about[$name] } else { $name }
        [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $tip)
    }
}
