# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_jwt_workbench_global_optspecs
    string join \n screenshot= page= tab= theme= size= h/help V/version
end

function __fish_jwt_workbench_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_jwt_workbench_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_jwt_workbench_using_subcommand
    set -l cmd (__fish_jwt_workbench_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -l screenshot -d 'Open the window, draw it fully, write the picture to this file and exit; the pages compare and timing are measured first, with the files after the first one beside it' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -l page -d 'The page to show' -r -f -a "craft\t''
inspect\t''
compare\t''
timing\t''
bulk\t''
keys\t''
settings\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -l tab -d 'The part of the Compare or Timing page to show' -r -f -a "library\t''
minted\t''
costs\t''
claims\t''
text\t''
times\t''
distribution\t''
growth\t''
algorithms\t''
throughput\t''
login\t''
runs\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -l theme -d 'The colours to use' -r -f -a "light\t''
dark\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -l size -d 'Width and height of the window, such as 1280x820' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -s V -l version -d 'Print version'
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -a "mint" -d 'Mint tokens and print them, one a line'
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -a "measure" -d 'Tell what tokens cost, in bytes and in time'
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -a "lab" -d 'Measure what logins do to the other users of a server, on a real one on this machine'
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -a "inspect" -d 'Show what is in a token'
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -a "verify" -d 'Verify a token: its signature and every claim that can be checked'
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -a "code" -d 'Write a template as code that mints its tokens'
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -a "key" -d 'Tell what a key is, make one, or write one in another form'
complete -c jwt-workbench -n "__fish_jwt_workbench_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l alg -d 'The algorithm, written into the header: HS256, RS256 or PS256, the same with 384 or 512; ES256, ES384, ES512, EdDSA' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l claims -d 'The claims, instead of those of the template; @FILE reads a file, - standard input' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l header -d 'The header, instead of that of the template; @FILE reads a file, - standard input' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l now -d 'Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l set -d 'Give a variable of the template a value; may be repeated' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l serialization -d 'How the bytes to sign come from the texts' -r -f -a "compact\t''
as-typed\t''
sorted\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l key -d 'A key in a file: PEM, DER, JWK or JWK Set; - reads standard input' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l secret-file -d 'The secret in a file; one line end at the end of a text is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l secret-env -d 'The secret in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l secret -d 'The secret itself. Warning: other users of this machine can see it, and the shell keeps it in its history' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l secret-encoding -d 'What the text of the secret stands for' -r -f -a "utf8\t''
base64\t''
base64url\t''
hex\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l passphrase-file -d 'The passphrase of an encrypted key, in a file; one line end at its end is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l passphrase-env -d 'The passphrase of an encrypted key, in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l expires-in -d 'Let the token expire so long after minting, such as 30m, 1h30m, 7d; -5m has expired already' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l expires-at -d 'Let the token expire at an instant: RFC 3339, or seconds since 1970 UTC' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l count -d 'How many tokens' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l csv -l rows -d 'One token for each row of a file: CSV with a line of names, or a JSON object a line; the columns are variables. - reads standard input' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l output -d 'Write the tokens to a file only you can read, instead of to standard output; a folder for --form folder' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l form -d 'How the tokens are written: lines, csv, ndjson, k6, wrk, jmeter, vegeta or folder' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l url -d 'The address that wrk and vegeta send the tokens to' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l rejects -d 'Leave them out into this file, to be mended and minted later' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l threads -d 'The threads that sign; as many as there are cores' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l from -d 'Leave out so many tokens or rows at the start: goes on with a run that was ended' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l shard -d 'Mint one piece of the run: every N-th token or row, starting with number I, which is counted from 0. The pieces 0/N to N-1/N are the whole run, with the same counters' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l no-expiry -d 'Leave exp out'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l append -d 'Write behind the tokens that a run which was ended left in the file'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -l skip-faulty -d 'Leave out rows that no token can be made from, instead of ending at the first one'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand mint" -s h -l help -d 'Print help'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l alg -d 'An algorithm to measure every template with; may be repeated; all stands for every one' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l claims -d 'The claims, instead of those of the template; @FILE reads a file, - standard input' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l header -d 'The header, instead of that of the template; @FILE reads a file, - standard input' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l now -d 'Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l set -d 'Give a variable of the template a value; may be repeated' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l serialization -d 'How the bytes to sign come from the texts' -r -f -a "compact\t''
as-typed\t''
sorted\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l key -d 'A key in a file: PEM, DER, JWK or JWK Set; - reads standard input' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l secret-file -d 'The secret in a file; one line end at the end of a text is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l secret-env -d 'The secret in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l secret -d 'The secret itself. Warning: other users of this machine can see it, and the shell keeps it in its history' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l secret-encoding -d 'What the text of the secret stands for' -r -f -a "utf8\t''
base64\t''
base64url\t''
hex\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l passphrase-file -d 'The passphrase of an encrypted key, in a file; one line end at its end is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l passphrase-env -d 'The passphrase of an encrypted key, in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l seconds -d 'How long to take samples, all variants together' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l budget -d 'What sizes are held against: cookie, nginx, apache, tomcat, node, iis, kestrel, alb, cloudfront, cloudflare, or a number of bytes' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l costs -d 'Tell what each claim costs in bytes of the token'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l growth -d 'Measure time against payloads from 64 B to 1 MiB as well, so long for each algorithm'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l throughput -d 'Measure tokens in a second as well, of one thread and of all cores'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l json -d 'Print one JSON object'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l csv -d 'Print comma-separated values, one line for each variant; times are nanoseconds'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -l markdown -d 'Print tables of Markdown'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand measure" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l alg -d 'The algorithm, written into every header' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l claims -d 'The claims, instead of those of the template; @FILE reads a file, - standard input' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l header -d 'The header, instead of that of the template; @FILE reads a file, - standard input' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l now -d 'Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l set -d 'Give a variable of the template a value; may be repeated' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l serialization -d 'How the bytes to sign come from the texts' -r -f -a "compact\t''
as-typed\t''
sorted\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l key -d 'A key in a file: PEM, DER, JWK or JWK Set; - reads standard input' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l secret-file -d 'The secret in a file; one line end at the end of a text is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l secret-env -d 'The secret in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l secret -d 'The secret itself. Warning: other users of this machine can see it, and the shell keeps it in its history' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l secret-encoding -d 'What the text of the secret stands for' -r -f -a "utf8\t''
base64\t''
base64url\t''
hex\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l passphrase-file -d 'The passphrase of an encrypted key, in a file; one line end at its end is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l passphrase-env -d 'The passphrase of an encrypted key, in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l logins-per-second -d 'Logins that arrive in a second, answered or not' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l pings-per-second -d 'GET /ping requests that arrive in a second: they feel what blocks the loop' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l seconds -d 'How long each pattern is measured' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l connections -d 'The most connections of either kind; a request that finds all in use waits' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l loop-threads -d 'Threads of the event loop' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l workers -d 'Threads of the pool that mints off the loop' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l pattern -d 'A way to mint; may be repeated; all four unless given' -r -f -a "full-on-loop\t''
minimal-on-loop\t''
full-off-loop\t''
minimal-off-loop\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l port -d 'The port to listen at; 0 takes a free one' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l keep -d 'The claims of the minimal payload' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l beside -d 'Measure another server on this machine under the same load: it has POST /login and GET /ping; may be repeated' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l password -d 'Verify the hash of a password in every login'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l serve -d 'Serve, and measure nothing, until standard input ends or the command is interrupted'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l json -d 'Print one JSON object'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l csv -d 'Print comma-separated values, one line for each pattern; times are nanoseconds'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -l markdown -d 'Print tables of Markdown'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand lab" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand inspect" -l now -d 'Tell times as seen from this instant: RFC 3339, or seconds since 1970 UTC' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand inspect" -l lines -d 'Read one token a line from standard input and print one JSON object a line'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand inspect" -l json -d 'Print one JSON object'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand inspect" -s h -l help -d 'Print help'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l key -d 'A key in a file: PEM, DER, JWK or JWK Set; - reads standard input' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l secret-file -d 'The secret in a file; one line end at the end of a text is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l secret-env -d 'The secret in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l secret -d 'The secret itself. Warning: other users of this machine can see it, and the shell keeps it in its history' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l secret-encoding -d 'What the text of the secret stands for' -r -f -a "utf8\t''
base64\t''
base64url\t''
hex\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l passphrase-file -d 'The passphrase of an encrypted key, in a file; one line end at its end is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l passphrase-env -d 'The passphrase of an encrypted key, in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l alg -d 'Accept this algorithm only; may be given more than once. Without it, any that the key is for' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l leeway -d 'By how many seconds the clocks of issuer and receiver may differ' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l now -d 'Verify as of this instant: RFC 3339, or seconds since 1970 UTC' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l iss -d 'The issuer that must be named' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l aud -d 'The audience that must be among those named' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l sub -d 'The subject that must be named' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l typ -d 'The type that the header must name, such as at+jwt' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l lines -d 'Read one question a line from standard input and print one JSON object a line'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -l json -d 'Print one JSON object'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand verify" -s h -l help -d 'Print help'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand code" -l alg -d 'The algorithm, written into the header: HS256, RS256 or PS256, the same with 384 or 512; ES256, ES384, ES512, EdDSA' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand code" -l claims -d 'The claims, instead of those of the template; @FILE reads a file, - standard input' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand code" -l header -d 'The header, instead of that of the template; @FILE reads a file, - standard input' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand code" -l set -d 'Give a variable of the template a value; may be repeated' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand code" -l serialization -d 'How the bytes to sign come from the texts' -r -f -a "compact\t''
as-typed\t''
sorted\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand code" -l now -d 'Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand code" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and not __fish_seen_subcommand_from inspect generate convert help" -s h -l help -d 'Print help'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and not __fish_seen_subcommand_from inspect generate convert help" -f -a "inspect" -d 'Tell what a key is, what it fits and what is wrong with it'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and not __fish_seen_subcommand_from inspect generate convert help" -f -a "generate" -d 'Make a new key for an algorithm'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and not __fish_seen_subcommand_from inspect generate convert help" -f -a "convert" -d 'Write a key in another form'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and not __fish_seen_subcommand_from inspect generate convert help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from inspect" -l passphrase-file -d 'The passphrase of an encrypted key, in a file; one line end at its end is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from inspect" -l passphrase-env -d 'The passphrase of an encrypted key, in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from inspect" -l lines -d 'Read one key a line from standard input, as a JSON string, and print one JSON object a line'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from inspect" -l json -d 'Print one JSON object'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from generate" -l bits -d 'Its size: 256, 384 or 512 for a secret, 2048 to 4096 for RSA; the curve decides for the others' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from generate" -l format -d 'How to write it [default: pem, and jwk for a secret]' -r -f -a "pem\t''
jwk\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from generate" -l kid -d 'The key ID of a JWK [default: the one it has, or the RFC 7638 thumbprint of its public part]' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from generate" -l output -d 'Write it to a new file only you can read, instead of to standard output' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from generate" -l force -d 'Replace the file if there is one'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from convert" -l to -d 'The form to write; pem and jwk keep the private part if there is one, without a passphrase' -r -f -a "pem\t''
jwk\t''
public-pem\t''
public-jwk\t''"
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from convert" -l passphrase-file -d 'The passphrase of an encrypted key, in a file; one line end at its end is left out' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from convert" -l passphrase-env -d 'The passphrase of an encrypted key, in an environment variable' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from convert" -l kid -d 'The key ID of a JWK [default: the one it has, or the RFC 7638 thumbprint of its public part]' -r
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from convert" -l output -d 'Write it to a new file only you can read, instead of to standard output' -r -F
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from convert" -l force -d 'Replace the file if there is one'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from convert" -s h -l help -d 'Print help'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "inspect" -d 'Tell what a key is, what it fits and what is wrong with it'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "generate" -d 'Make a new key for an algorithm'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "convert" -d 'Write a key in another form'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and not __fish_seen_subcommand_from mint measure lab inspect verify code key help" -f -a "mint" -d 'Mint tokens and print them, one a line'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and not __fish_seen_subcommand_from mint measure lab inspect verify code key help" -f -a "measure" -d 'Tell what tokens cost, in bytes and in time'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and not __fish_seen_subcommand_from mint measure lab inspect verify code key help" -f -a "lab" -d 'Measure what logins do to the other users of a server, on a real one on this machine'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and not __fish_seen_subcommand_from mint measure lab inspect verify code key help" -f -a "inspect" -d 'Show what is in a token'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and not __fish_seen_subcommand_from mint measure lab inspect verify code key help" -f -a "verify" -d 'Verify a token: its signature and every claim that can be checked'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and not __fish_seen_subcommand_from mint measure lab inspect verify code key help" -f -a "code" -d 'Write a template as code that mints its tokens'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and not __fish_seen_subcommand_from mint measure lab inspect verify code key help" -f -a "key" -d 'Tell what a key is, make one, or write one in another form'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and not __fish_seen_subcommand_from mint measure lab inspect verify code key help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "inspect" -d 'Tell what a key is, what it fits and what is wrong with it'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "generate" -d 'Make a new key for an algorithm'
complete -c jwt-workbench -n "__fish_jwt_workbench_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "convert" -d 'Write a key in another form'
