import { commandNames, commandSpec, globalOptions, optionSpec } from './commands.ts';
import { optionsOf, optionsWithValue, valueCompletion, wordCompletion, type Completion } from './completion-words.ts';
import type { Texts } from '../texts/texts.ts';

/** Works in Windows PowerShell 5.1 and in PowerShell 7. */
export function powershellCompletion(t: Texts['t']): string {
  const table = (entries: readonly string[]) => entries.map((entry) => `        ${entry}`).join('\n');
  const summaries = commandNames.map((name) => `'${name}' = ${quote(t(commandSpec(name).summary))}`);
  const options = commandNames.map((name) => `'${name}' = ${list(optionsOf(name).map((option) => `--${option}`))}`);
  const words = commandNames.map((name) => `'${name}' = ${candidates(wordCompletion(name))}`);
  const values = optionsWithValue.map((name) => `'--${name}' = ${candidates(valueCompletion(name) ?? { kind: 'none' })}`);
  const about = [...new Set([...globalOptions, ...commandNames.flatMap(optionsOf)])];
  return `# Completions of sts-tray for PowerShell: sts-tray completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName sts-tray, sts-tray.cmd -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    function profileNames {
        $config = @($Env:STS_TRAY_AWS_CONFIG_FILE, $Env:AWS_CONFIG_FILE, (Join-Path $HOME '.aws/config')) | Where-Object { $_ } | Select-Object -First 1
        $credentials = @($Env:STS_TRAY_AWS_SHARED_CREDENTIALS_FILE, $Env:AWS_SHARED_CREDENTIALS_FILE, (Join-Path $HOME '.aws/credentials')) | Where-Object { $_ } | Select-Object -First 1
        $names = @()
        foreach ($line in @(Get-Content -LiteralPath $config -ErrorAction SilentlyContinue)) {
            if ($line -cmatch '^\\s*\\[\\s*(?:profile\\s+"?(.*?)"?|(default))\\s*\\]') { $names += "$($Matches[1])$($Matches[2])" }
        }
        foreach ($line in @(Get-Content -LiteralPath $credentials -ErrorAction SilentlyContinue)) {
            if ($line -cmatch '^\\s*\\[\\s*(.*?)\\s*\\]') { $names += $Matches[1] }
        }
        $names | Sort-Object -Unique
    }

    $summaries = @{
${table(summaries)}
    }
    $about = @{
${table(about.map((name) => `'--${name}' = ${quote(t(optionSpec(name).summary))}`))}
    }
    $options = @{
${table(options)}
    }
    $words = @{
${table(words)}
    }
    $values = @{
${table(values)}
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
    elseif ($given.Count -eq 0 -and $wordToComplete.StartsWith('-')) { $found = ${list(globalOptions.map((name) => `--${name}`))} }
    elseif ($given.Count -eq 0) { $found = $summaries.Keys | Sort-Object }
    elseif (-not $options.ContainsKey($given[0])) { return }
    elseif ($wordToComplete.StartsWith('-')) { $found = $options[$given[0]] }
    elseif ($given.Count -eq 1) { $found = & $words[$given[0]] }
    elseif ($given.Count -eq 2 -and ${list(commandNames.filter((name) => commandSpec(name).directory))} -ccontains $given[0]) { $found = & ${candidates({ kind: 'directories' })} }

    $start = $wordToComplete.Trim("'", '"')
    foreach ($name in @($found | Where-Object { $_ -and $_.StartsWith($start) })) {
        $text = if ($name -match '^[\\w./:\\\\-]+$') { $name } else { "'" + $name.Replace("'", "''") + "'" }
        $tip = if ($summaries.ContainsKey($name)) { $summaries[$name] } elseif ($about.ContainsKey($name)) { $about[$name] } else { $name }
        [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $tip)
    }
}
`;
}

function candidates(completion: Completion): string {
  switch (completion.kind) {
    case 'words':
      return `{ ${list(completion.words)} }`;
    case 'profiles':
      return '{ profileNames }';
    case 'directories':
      return '{ Get-ChildItem -Directory -Name -ErrorAction SilentlyContinue }';
    case 'none':
      return '{ }';
  }
}

function list(words: readonly string[]): string {
  return `@(${words.map(quote).join(', ')})`;
}

/** PowerShell takes the typographic single quotes for plain ones. */
function quote(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`;
}
