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
        'sign-ins' = 'Lists where you sign in with the browser, and who is signed in.'
        'roles' = 'Lists the accounts and roles of an access portal.'
        'sign-out' = 'Signs out of an access portal or an AWS sign-in, and ends its sessions.'
        'export' = 'Prints what a shell has to run to use the session.'
        'credential-process' = 'Prints the JSON that credential_process requires; waits up to 55 s for an MFA code.'
        'exec' = 'Runs a command with credentials. Its exit status is the command’’s own.'
        'check' = 'Shows which accounts a Terraform project deploys to, and whether they are the expected ones.'
        'account' = 'Lists the accounts that STS Tray knows, or names and marks one of them.'
        'terminal' = 'Opens a terminal that has the credentials.'
        'console' = 'Opens the AWS console as a role session.'
        'revoke' = 'Denies every session that a user or role has been issued so far.'
        'activity' = 'Lists what a session did, according to CloudTrail.'
        'keys' = 'Lists the access keys of a profile’’s user: age, last use, status.'
        'rotate' = 'Gives a profile’’s user a new access key, and deactivates the old one.'
        'history' = 'Lists what was issued, to whom it was handed, and how it ended.'
        'install' = 'Adds a credential_process profile to the AWS config file, for AWS_PROFILE and Terraform.'
        'uninstall' = 'Takes back what install did in the AWS files.'
        'report' = 'Prints what helps to find a fault, to read and to pass on.'
        'completion' = 'Prints the completions for a shell.'
        'help' = 'Shows what a command does.'
    }
    $about = @{
        '--user-data-dir' = 'the folder of the app’’s own files, which distinguishes several apps'
        '--help' = 'prints this help'
        '--version' = 'prints the version'
        '--json' = 'prints JSON'
        '--code-stdin' = 'reads the six digits of the MFA code from standard input'
        '--code-from' = 'takes the MFA code from NAME, the program that gives the codes of the device'
        '--device' = 'signs in on another device, or in another browser: prints the address, and the code to compare'
        '--duration' = 'how long the session is to last, such as 8h or 1h30m'
        '--policy' = 'a session of the role that may do no more than this: read-only, a file, an ARN'
        '--all' = 'all that there are'
        '--shell' = 'for which shell, or as what'
        '--account' = 'this account alone: nothing runs, and nothing is listed, for another one'
        '--min-left' = 'renews a session that has less time left'
        '--only' = 'programs find this profile alone, and no other one by its name'
        '--static' = 'gives the credentials themselves, for programs that cannot ask for new ones'
        '--no-guard' = 'skips the account check and the relay'
        '--name' = 'what the account is called'
        '--colour' = 'the account’’s colour'
        '--production' = 'marks it as a production account'
        '--no-production' = 'takes that mark back'
        '--dir' = 'the folder to open the terminal in; the current one otherwise'
        '--service' = 'the service to land on'
        '--url' = 'prints the address and opens no browser'
        '--dry-run' = 'prints the policy and writes nothing'
        '--remove' = 'removes the policy'
        '--access-key-id' = 'of which session'
        '--region' = 'where to ask, several with commas between'
        '--limit' = 'how many of the latest to show'
        '--delete-old' = 'deletes the old key of a rotation'
        '--program' = 'only sessions that a program of this name got'
        '--since' = 'only what happened since: 8h, 7d or a day such as 2026-11-23'
        '--in-place' = 'under the profile’’s own name, in place of what it says about credentials'
        '--show-accounts' = 'shows account IDs and the names of profiles'
    }
    $options = @{
        'status' = @('--json', '--user-data-dir', '--help')
        'login' = @('--code-stdin', '--code-from', '--device', '--duration', '--policy', '--user-data-dir', '--help')
        'logout' = @('--all', '--user-data-dir', '--help')
        'sign-ins' = @('--json', '--user-data-dir', '--help')
        'roles' = @('--json', '--user-data-dir', '--help')
        'sign-out' = @('--user-data-dir', '--help')
        'export' = @('--shell', '--policy', '--user-data-dir', '--help')
        'credential-process' = @('--user-data-dir', '--help')
        'exec' = @('--account', '--policy', '--min-left', '--only', '--static', '--no-guard', '--user-data-dir', '--help')
        'check' = @('--account', '--only', '--json', '--user-data-dir', '--help')
        'account' = @('--name', '--colour', '--production', '--no-production', '--json', '--user-data-dir', '--help')
        'terminal' = @('--dir', '--policy', '--only', '--user-data-dir', '--help')
        'console' = @('--service', '--url', '--user-data-dir', '--help')
        'revoke' = @('--dry-run', '--remove', '--user-data-dir', '--help')
        'activity' = @('--access-key-id', '--region', '--limit', '--json', '--user-data-dir', '--help')
        'keys' = @('--json', '--user-data-dir', '--help')
        'rotate' = @('--delete-old', '--user-data-dir', '--help')
        'history' = @('--account', '--program', '--since', '--limit', '--json', '--user-data-dir', '--help')
        'install' = @('--in-place', '--user-data-dir', '--help')
        'uninstall' = @('--all', '--user-data-dir', '--help')
        'report' = @('--show-accounts', '--user-data-dir', '--help')
        'completion' = @('--user-data-dir', '--help')
        'help' = @('--user-data-dir', '--help')
    }
    $words = @{
        'status' = { }
        'login' = { profileNames }
        'logout' = { profileNames }
        'sign-ins' = { }
        'roles' = { }
        'sign-out' = { }
        'export' = { profileNames }
        'credential-process' = { profileNames }
        'exec' = { profileNames }
        'check' = { profileNames }
        'account' = { }
        'terminal' = { profileNames }
        'console' = { profileNames }
        'revoke' = { profileNames }
        'activity' = { profileNames }
        'keys' = { profileNames }
        'rotate' = { profileNames }
        'history' = { profileNames }
        'install' = { profileNames }
        'uninstall' = { profileNames }
        'report' = { }
        'completion' = { @('bash', 'zsh', 'fish', 'powershell') }
        'help' = { @('status', 'login', 'logout', 'sign-ins', 'roles', 'sign-out', 'export', 'credential-process', 'exec', 'check', 'account', 'terminal', 'console', 'revoke', 'activity', 'keys', 'rotate', 'history', 'install', 'uninstall', 'report', 'completion', 'help') }
    }
    $values = @{
        '--user-data-dir' = { Get-ChildItem -Directory -Name -ErrorAction SilentlyContinue }
        '--code-from' = { }
        '--duration' = { }
        '--policy' = { @('read-only') }
        '--shell' = { @('bash', 'zsh', 'fish', 'powershell', 'cmd', 'dotenv', 'json') }
        '--account' = { }
        '--min-left' = { }
        '--name' = { }
        '--colour' = { @('blue', 'orange', 'purple', 'green', 'teal', 'brown', 'olive', 'gray', 'red', 'pink', 'automatic') }
        '--dir' = { Get-ChildItem -Directory -Name -ErrorAction SilentlyContinue }
        '--service' = { }
        '--access-key-id' = { }
        '--region' = { }
        '--limit' = { }
        '--program' = { }
        '--since' = { }
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
