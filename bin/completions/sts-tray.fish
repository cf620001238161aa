# Completions of sts-tray for fish: sts-tray completion fish | source

function __sts_tray_profiles
    set -l config ~/.aws/config
    set -q AWS_CONFIG_FILE; and set config $AWS_CONFIG_FILE
    set -q STS_TRAY_AWS_CONFIG_FILE; and set config $STS_TRAY_AWS_CONFIG_FILE
    set -l credentials ~/.aws/credentials
    set -q AWS_SHARED_CREDENTIALS_FILE; and set credentials $AWS_SHARED_CREDENTIALS_FILE
    set -q STS_TRAY_AWS_SHARED_CREDENTIALS_FILE; and set credentials $STS_TRAY_AWS_SHARED_CREDENTIALS_FILE
    test -r $config; and string replace -rf '^\s*\[\s*(?:profile\s+"?(.*?)"?|(default))\s*\].*$' '$1$2' <$config
    test -r $credentials; and string replace -rf '^\s*\[\s*(.*?)\s*\].*$' '$1' <$credentials
end

# Whether so many words stand before the cursor, the first of them being this command.
function __sts_tray_words --argument-names count command
    set -l words
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case --
                return 1
            case --user-data-dir --code-from --duration --policy --shell --account --min-left --name --colour --dir --service --access-key-id --region --limit --program --since
                set skip 1
            case '-*'
            case '*'
                set -a words $word
        end
    end
    test (count $words) = $count; and test -z "$command" -o "$words[1]" = "$command"
end

function __sts_tray_command_follows
    contains -- -- (commandline -opc)
end

function __sts_tray_command
    set -l tokens (commandline -opc) (commandline -ct)
    set -l dashes (contains -i -- -- $tokens)
    complete -C (string join ' ' -- (string escape -- $tokens[(math $dashes + 1)..-2]) $tokens[-1])
end

complete -c sts-tray -f
complete -c sts-tray -n __sts_tray_command_follows -a "(__sts_tray_command)"
complete -c sts-tray -n "not __sts_tray_command_follows" -l user-data-dir -d 'the folder of the app’s own files, which distinguishes several apps' -xa "(__fish_complete_directories)"
complete -c sts-tray -n "not __sts_tray_command_follows" -s h -l help -d 'prints this help'
complete -c sts-tray -n "__sts_tray_words 0" -l version -d 'prints the version'
complete -c sts-tray -n "__sts_tray_words 0" -a status -d 'Lists every session: profile, account, role or user, and the time left.'
complete -c sts-tray -n "__sts_tray_words 1 status; or __sts_tray_words 2 status" -l json -d 'prints JSON'
complete -c sts-tray -n "__sts_tray_words 0" -a login -d 'Starts or renews a session. Without --code-stdin the MFA prompt opens.'
complete -c sts-tray -n "__sts_tray_words 1 login" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 login; or __sts_tray_words 2 login" -l code-stdin -d 'reads the six digits of the MFA code from standard input'
complete -c sts-tray -n "__sts_tray_words 1 login; or __sts_tray_words 2 login" -l code-from -d 'takes the MFA code from NAME, the program that gives the codes of the device' -x
complete -c sts-tray -n "__sts_tray_words 1 login; or __sts_tray_words 2 login" -l device -d 'signs in on another device, or in another browser: prints the address, and the code to compare'
complete -c sts-tray -n "__sts_tray_words 1 login; or __sts_tray_words 2 login" -l duration -d 'how long the session is to last, such as 8h or 1h30m' -x
complete -c sts-tray -n "__sts_tray_words 1 login; or __sts_tray_words 2 login" -l policy -d 'a session of the role that may do no more than this: read-only, a file, an ARN' -xa "read-only"
complete -c sts-tray -n "__sts_tray_words 0" -a logout -d 'Forgets the session of a profile, or every session.'
complete -c sts-tray -n "__sts_tray_words 1 logout" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 logout; or __sts_tray_words 2 logout" -l all -d 'all that there are'
complete -c sts-tray -n "__sts_tray_words 0" -a sign-ins -d 'Lists where you sign in with the browser, and who is signed in.'
complete -c sts-tray -n "__sts_tray_words 1 sign-ins; or __sts_tray_words 2 sign-ins" -l json -d 'prints JSON'
complete -c sts-tray -n "__sts_tray_words 0" -a roles -d 'Lists the accounts and roles of an access portal.'
complete -c sts-tray -n "__sts_tray_words 1 roles; or __sts_tray_words 2 roles" -l json -d 'prints JSON'
complete -c sts-tray -n "__sts_tray_words 0" -a sign-out -d 'Signs out of an access portal or an AWS sign-in, and ends its sessions.'
complete -c sts-tray -n "__sts_tray_words 0" -a export -d 'Prints what a shell has to run to use the session.'
complete -c sts-tray -n "__sts_tray_words 1 export" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 export; or __sts_tray_words 2 export" -l shell -d 'for which shell, or as what' -xa "bash zsh fish powershell cmd dotenv json"
complete -c sts-tray -n "__sts_tray_words 1 export; or __sts_tray_words 2 export" -l policy -d 'a session of the role that may do no more than this: read-only, a file, an ARN' -xa "read-only"
complete -c sts-tray -n "__sts_tray_words 0" -a credential-process -d 'Prints the JSON that credential_process requires; waits up to 55 s for an MFA code.'
complete -c sts-tray -n "__sts_tray_words 1 credential-process" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 0" -a exec -d 'Runs a command with credentials. Its exit status is the command’s own.'
complete -c sts-tray -n "__sts_tray_words 1 exec" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 exec; or __sts_tray_words 2 exec" -l account -d 'this account alone: nothing runs, and nothing is listed, for another one' -x
complete -c sts-tray -n "__sts_tray_words 1 exec; or __sts_tray_words 2 exec" -l policy -d 'a session of the role that may do no more than this: read-only, a file, an ARN' -xa "read-only"
complete -c sts-tray -n "__sts_tray_words 1 exec; or __sts_tray_words 2 exec" -l min-left -d 'renews a session that has less time left' -x
complete -c sts-tray -n "__sts_tray_words 1 exec; or __sts_tray_words 2 exec" -l only -d 'programs find this profile alone, and no other one by its name'
complete -c sts-tray -n "__sts_tray_words 1 exec; or __sts_tray_words 2 exec" -l static -d 'gives the credentials themselves, for programs that cannot ask for new ones'
complete -c sts-tray -n "__sts_tray_words 1 exec; or __sts_tray_words 2 exec" -l no-guard -d 'skips the account check and the relay'
complete -c sts-tray -n "__sts_tray_words 0" -a check -d 'Shows which accounts a Terraform project deploys to, and whether they are the expected ones.'
complete -c sts-tray -n "__sts_tray_words 1 check" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 2 check" -xa "(__fish_complete_directories)"
complete -c sts-tray -n "__sts_tray_words 1 check; or __sts_tray_words 2 check" -l account -d 'this account alone: nothing runs, and nothing is listed, for another one' -x
complete -c sts-tray -n "__sts_tray_words 1 check; or __sts_tray_words 2 check" -l only -d 'programs find this profile alone, and no other one by its name'
complete -c sts-tray -n "__sts_tray_words 1 check; or __sts_tray_words 2 check" -l json -d 'prints JSON'
complete -c sts-tray -n "__sts_tray_words 0" -a account -d 'Lists the accounts that STS Tray knows, or names and marks one of them.'
complete -c sts-tray -n "__sts_tray_words 1 account; or __sts_tray_words 2 account" -l name -d 'what the account is called' -x
complete -c sts-tray -n "__sts_tray_words 1 account; or __sts_tray_words 2 account" -l colour -d 'the account’s colour' -xa "blue orange purple green teal brown olive gray red pink automatic"
complete -c sts-tray -n "__sts_tray_words 1 account; or __sts_tray_words 2 account" -l production -d 'marks it as a production account'
complete -c sts-tray -n "__sts_tray_words 1 account; or __sts_tray_words 2 account" -l no-production -d 'takes that mark back'
complete -c sts-tray -n "__sts_tray_words 1 account; or __sts_tray_words 2 account" -l json -d 'prints JSON'
complete -c sts-tray -n "__sts_tray_words 0" -a terminal -d 'Opens a terminal that has the credentials.'
complete -c sts-tray -n "__sts_tray_words 1 terminal" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 terminal; or __sts_tray_words 2 terminal" -l dir -d 'the folder to open the terminal in; the current one otherwise' -xa "(__fish_complete_directories)"
complete -c sts-tray -n "__sts_tray_words 1 terminal; or __sts_tray_words 2 terminal" -l policy -d 'a session of the role that may do no more than this: read-only, a file, an ARN' -xa "read-only"
complete -c sts-tray -n "__sts_tray_words 1 terminal; or __sts_tray_words 2 terminal" -l only -d 'programs find this profile alone, and no other one by its name'
complete -c sts-tray -n "__sts_tray_words 0" -a console -d 'Opens the AWS console as a role session.'
complete -c sts-tray -n "__sts_tray_words 1 console" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 console; or __sts_tray_words 2 console" -l service -d 'the service to land on' -x
complete -c sts-tray -n "__sts_tray_words 1 console; or __sts_tray_words 2 console" -l url -d 'prints the address and opens no browser'
complete -c sts-tray -n "__sts_tray_words 0" -a revoke -d 'Denies every session that a user or role has been issued so far.'
complete -c sts-tray -n "__sts_tray_words 1 revoke" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 revoke; or __sts_tray_words 2 revoke" -l dry-run -d 'prints the policy and writes nothing'
complete -c sts-tray -n "__sts_tray_words 1 revoke; or __sts_tray_words 2 revoke" -l remove -d 'removes the policy'
complete -c sts-tray -n "__sts_tray_words 0" -a activity -d 'Lists what a session did, according to CloudTrail.'
complete -c sts-tray -n "__sts_tray_words 1 activity" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 activity; or __sts_tray_words 2 activity" -l access-key-id -d 'of which session' -x
complete -c sts-tray -n "__sts_tray_words 1 activity; or __sts_tray_words 2 activity" -l region -d 'where to ask, several with commas between' -x
complete -c sts-tray -n "__sts_tray_words 1 activity; or __sts_tray_words 2 activity" -l limit -d 'how many of the latest to show' -x
complete -c sts-tray -n "__sts_tray_words 1 activity; or __sts_tray_words 2 activity" -l json -d 'prints JSON'
complete -c sts-tray -n "__sts_tray_words 0" -a keys -d 'Lists the access keys of a profile’s user: age, last use, status.'
complete -c sts-tray -n "__sts_tray_words 1 keys" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 keys; or __sts_tray_words 2 keys" -l json -d 'prints JSON'
complete -c sts-tray -n "__sts_tray_words 0" -a rotate -d 'Gives a profile’s user a new access key, and deactivates the old one.'
complete -c sts-tray -n "__sts_tray_words 1 rotate" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 rotate; or __sts_tray_words 2 rotate" -l delete-old -d 'deletes the old key of a rotation'
complete -c sts-tray -n "__sts_tray_words 0" -a history -d 'Lists what was issued, to whom it was handed, and how it ended.'
complete -c sts-tray -n "__sts_tray_words 1 history" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 history; or __sts_tray_words 2 history" -l account -d 'this account alone: nothing runs, and nothing is listed, for another one' -x
complete -c sts-tray -n "__sts_tray_words 1 history; or __sts_tray_words 2 history" -l program -d 'only sessions that a program of this name got' -x
complete -c sts-tray -n "__sts_tray_words 1 history; or __sts_tray_words 2 history" -l since -d 'only what happened since: 8h, 7d or a day such as 2026-11-23' -x
complete -c sts-tray -n "__sts_tray_words 1 history; or __sts_tray_words 2 history" -l limit -d 'how many of the latest to show' -x
complete -c sts-tray -n "__sts_tray_words 1 history; or __sts_tray_words 2 history" -l json -d 'prints JSON'
complete -c sts-tray -n "__sts_tray_words 0" -a install -d 'Adds a credential_process profile to the AWS config file, for AWS_PROFILE and Terraform.'
complete -c sts-tray -n "__sts_tray_words 1 install" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 install; or __sts_tray_words 2 install" -l in-place -d 'under the profile’s own name, in place of what it says about credentials'
complete -c sts-tray -n "__sts_tray_words 0" -a uninstall -d 'Takes back what install did in the AWS files.'
complete -c sts-tray -n "__sts_tray_words 1 uninstall" -xa "(__sts_tray_profiles)"
complete -c sts-tray -n "__sts_tray_words 1 uninstall; or __sts_tray_words 2 uninstall" -l all -d 'all that there are'
complete -c sts-tray -n "__sts_tray_words 0" -a report -d 'Prints what helps to find a fault, to read and to pass on.'
complete -c sts-tray -n "__sts_tray_words 1 report; or __sts_tray_words 2 report" -l show-accounts -d 'shows account IDs and the names of profiles'
complete -c sts-tray -n "__sts_tray_words 0" -a completion -d 'Prints the completions for a shell.'
complete -c sts-tray -n "__sts_tray_words 1 completion" -xa "bash zsh fish powershell"
complete -c sts-tray -n "__sts_tray_words 0" -a help -d 'Shows what a command does.'
complete -c sts-tray -n "__sts_tray_words 1 help" -xa "status login logout sign-ins roles sign-out export credential-process exec check account terminal console revoke activity keys rotate history install uninstall report completion help"
