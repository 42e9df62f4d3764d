
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'jwt-workbench' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'jwt-workbench'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'jwt-workbench' {
            [CompletionResult]::new('--screenshot', '--screenshot', [CompletionResultType]::ParameterName, 'Open the window, draw it fully, write the picture to this file and exit; the pages compare and timing are measured first, with the files after the first one beside it')
            [CompletionResult]::new('--page', '--page', [CompletionResultType]::ParameterName, 'The page to show')
            [CompletionResult]::new('--tab', '--tab', [CompletionResultType]::ParameterName, 'The part of the Compare or Timing page to show')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'The colours to use')
            [CompletionResult]::new('--size', '--size', [CompletionResultType]::ParameterName, 'Width and height of the window, such as 1280x820')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('mint', 'mint', [CompletionResultType]::ParameterValue, 'Mint tokens and print them, one a line')
            [CompletionResult]::new('measure', 'measure', [CompletionResultType]::ParameterValue, 'Tell what tokens cost, in bytes and in time')
            [CompletionResult]::new('lab', 'lab', [CompletionResultType]::ParameterValue, 'Measure what logins do to the other users of a server, on a real one on this machine')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show what is in a token')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify a token: its signature and every claim that can be checked')
            [CompletionResult]::new('code', 'code', [CompletionResultType]::ParameterValue, 'Write a template as code that mints its tokens')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Tell what a key is, make one, or write one in another form')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'jwt-workbench;mint' {
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'The algorithm, written into the header: HS256, RS256 or PS256, the same with 384 or 512; ES256, ES384, ES512, EdDSA')
            [CompletionResult]::new('--claims', '--claims', [CompletionResultType]::ParameterName, 'The claims, instead of those of the template; @FILE reads a file, - standard input')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'The header, instead of that of the template; @FILE reads a file, - standard input')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Give a variable of the template a value; may be repeated')
            [CompletionResult]::new('--serialization', '--serialization', [CompletionResultType]::ParameterName, 'How the bytes to sign come from the texts')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key in a file: PEM, DER, JWK or JWK Set; - reads standard input')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'The secret in a file; one line end at the end of a text is left out')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'The secret in an environment variable')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The secret itself. Warning: other users of this machine can see it, and the shell keeps it in its history')
            [CompletionResult]::new('--secret-encoding', '--secret-encoding', [CompletionResultType]::ParameterName, 'What the text of the secret stands for')
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in a file; one line end at its end is left out')
            [CompletionResult]::new('--passphrase-env', '--passphrase-env', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in an environment variable')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'Let the token expire so long after minting, such as 30m, 1h30m, 7d; -5m has expired already')
            [CompletionResult]::new('--expires-at', '--expires-at', [CompletionResultType]::ParameterName, 'Let the token expire at an instant: RFC 3339, or seconds since 1970 UTC')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'How many tokens')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'One token for each row of a file: CSV with a line of names, or a JSON object a line; the columns are variables. - reads standard input')
            [CompletionResult]::new('--rows', '--rows', [CompletionResultType]::ParameterName, 'One token for each row of a file: CSV with a line of names, or a JSON object a line; the columns are variables. - reads standard input')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the tokens to a file only you can read, instead of to standard output; a folder for --form folder')
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'How the tokens are written: lines, csv, ndjson, k6, wrk, jmeter, vegeta or folder')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The address that wrk and vegeta send the tokens to')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Leave them out into this file, to be mended and minted later')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'The threads that sign; as many as there are cores')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Leave out so many tokens or rows at the start: goes on with a run that was ended')
            [CompletionResult]::new('--shard', '--shard', [CompletionResultType]::ParameterName, 'Mint one piece of the run: every N-th token or row, starting with number I, which is counted from 0. The pieces 0/N to N-1/N are the whole run, with the same counters')
            [CompletionResult]::new('--no-expiry', '--no-expiry', [CompletionResultType]::ParameterName, 'Leave exp out')
            [CompletionResult]::new('--append', '--append', [CompletionResultType]::ParameterName, 'Write behind the tokens that a run which was ended left in the file')
            [CompletionResult]::new('--skip-faulty', '--skip-faulty', [CompletionResultType]::ParameterName, 'Leave out rows that no token can be made from, instead of ending at the first one')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwt-workbench;measure' {
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'An algorithm to measure every template with; may be repeated; all stands for every one')
            [CompletionResult]::new('--claims', '--claims', [CompletionResultType]::ParameterName, 'The claims, instead of those of the template; @FILE reads a file, - standard input')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'The header, instead of that of the template; @FILE reads a file, - standard input')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Give a variable of the template a value; may be repeated')
            [CompletionResult]::new('--serialization', '--serialization', [CompletionResultType]::ParameterName, 'How the bytes to sign come from the texts')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key in a file: PEM, DER, JWK or JWK Set; - reads standard input')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'The secret in a file; one line end at the end of a text is left out')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'The secret in an environment variable')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The secret itself. Warning: other users of this machine can see it, and the shell keeps it in its history')
            [CompletionResult]::new('--secret-encoding', '--secret-encoding', [CompletionResultType]::ParameterName, 'What the text of the secret stands for')
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in a file; one line end at its end is left out')
            [CompletionResult]::new('--passphrase-env', '--passphrase-env', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in an environment variable')
            [CompletionResult]::new('--seconds', '--seconds', [CompletionResultType]::ParameterName, 'How long to take samples, all variants together')
            [CompletionResult]::new('--budget', '--budget', [CompletionResultType]::ParameterName, 'What sizes are held against: cookie, nginx, apache, tomcat, node, iis, kestrel, alb, cloudfront, cloudflare, or a number of bytes')
            [CompletionResult]::new('--costs', '--costs', [CompletionResultType]::ParameterName, 'Tell what each claim costs in bytes of the token')
            [CompletionResult]::new('--growth', '--growth', [CompletionResultType]::ParameterName, 'Measure time against payloads from 64 B to 1 MiB as well, so long for each algorithm')
            [CompletionResult]::new('--throughput', '--throughput', [CompletionResultType]::ParameterName, 'Measure tokens in a second as well, of one thread and of all cores')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print comma-separated values, one line for each variant; times are nanoseconds')
            [CompletionResult]::new('--markdown', '--markdown', [CompletionResultType]::ParameterName, 'Print tables of Markdown')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwt-workbench;lab' {
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'The algorithm, written into every header')
            [CompletionResult]::new('--claims', '--claims', [CompletionResultType]::ParameterName, 'The claims, instead of those of the template; @FILE reads a file, - standard input')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'The header, instead of that of the template; @FILE reads a file, - standard input')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Give a variable of the template a value; may be repeated')
            [CompletionResult]::new('--serialization', '--serialization', [CompletionResultType]::ParameterName, 'How the bytes to sign come from the texts')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key in a file: PEM, DER, JWK or JWK Set; - reads standard input')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'The secret in a file; one line end at the end of a text is left out')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'The secret in an environment variable')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The secret itself. Warning: other users of this machine can see it, and the shell keeps it in its history')
            [CompletionResult]::new('--secret-encoding', '--secret-encoding', [CompletionResultType]::ParameterName, 'What the text of the secret stands for')
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in a file; one line end at its end is left out')
            [CompletionResult]::new('--passphrase-env', '--passphrase-env', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in an environment variable')
            [CompletionResult]::new('--logins-per-second', '--logins-per-second', [CompletionResultType]::ParameterName, 'Logins that arrive in a second, answered or not')
            [CompletionResult]::new('--pings-per-second', '--pings-per-second', [CompletionResultType]::ParameterName, 'GET /ping requests that arrive in a second: they feel what blocks the loop')
            [CompletionResult]::new('--seconds', '--seconds', [CompletionResultType]::ParameterName, 'How long each pattern is measured')
            [CompletionResult]::new('--connections', '--connections', [CompletionResultType]::ParameterName, 'The most connections of either kind; a request that finds all in use waits')
            [CompletionResult]::new('--loop-threads', '--loop-threads', [CompletionResultType]::ParameterName, 'Threads of the event loop')
            [CompletionResult]::new('--workers', '--workers', [CompletionResultType]::ParameterName, 'Threads of the pool that mints off the loop')
            [CompletionResult]::new('--pattern', '--pattern', [CompletionResultType]::ParameterName, 'A way to mint; may be repeated; all four unless given')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port to listen at; 0 takes a free one')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'The claims of the minimal payload')
            [CompletionResult]::new('--beside', '--beside', [CompletionResultType]::ParameterName, 'Measure another server on this machine under the same load: it has POST /login and GET /ping; may be repeated')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Verify the hash of a password in every login')
            [CompletionResult]::new('--serve', '--serve', [CompletionResultType]::ParameterName, 'Serve, and measure nothing, until standard input ends or the command is interrupted')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Print comma-separated values, one line for each pattern; times are nanoseconds')
            [CompletionResult]::new('--markdown', '--markdown', [CompletionResultType]::ParameterName, 'Print tables of Markdown')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwt-workbench;inspect' {
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Tell times as seen from this instant: RFC 3339, or seconds since 1970 UTC')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'Read one token a line from standard input and print one JSON object a line')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwt-workbench;verify' {
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key in a file: PEM, DER, JWK or JWK Set; - reads standard input')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'The secret in a file; one line end at the end of a text is left out')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'The secret in an environment variable')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The secret itself. Warning: other users of this machine can see it, and the shell keeps it in its history')
            [CompletionResult]::new('--secret-encoding', '--secret-encoding', [CompletionResultType]::ParameterName, 'What the text of the secret stands for')
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in a file; one line end at its end is left out')
            [CompletionResult]::new('--passphrase-env', '--passphrase-env', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in an environment variable')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Accept this algorithm only; may be given more than once. Without it, any that the key is for')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'By how many seconds the clocks of issuer and receiver may differ')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Verify as of this instant: RFC 3339, or seconds since 1970 UTC')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, 'The issuer that must be named')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, 'The audience that must be among those named')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, 'The subject that must be named')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The type that the header must name, such as at+jwt')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'Read one question a line from standard input and print one JSON object a line')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwt-workbench;code' {
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'The algorithm, written into the header: HS256, RS256 or PS256, the same with 384 or 512; ES256, ES384, ES512, EdDSA')
            [CompletionResult]::new('--claims', '--claims', [CompletionResultType]::ParameterName, 'The claims, instead of those of the template; @FILE reads a file, - standard input')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'The header, instead of that of the template; @FILE reads a file, - standard input')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Give a variable of the template a value; may be repeated')
            [CompletionResult]::new('--serialization', '--serialization', [CompletionResultType]::ParameterName, 'How the bytes to sign come from the texts')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'jwt-workbench;key' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Tell what a key is, what it fits and what is wrong with it')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a new key for an algorithm')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Write a key in another form')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'jwt-workbench;key;inspect' {
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in a file; one line end at its end is left out')
            [CompletionResult]::new('--passphrase-env', '--passphrase-env', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in an environment variable')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'Read one key a line from standard input, as a JSON string, and print one JSON object a line')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwt-workbench;key;generate' {
            [CompletionResult]::new('--bits', '--bits', [CompletionResultType]::ParameterName, 'Its size: 256, 384 or 512 for a secret, 2048 to 4096 for RSA; the curve decides for the others')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write it [default: pem, and jwk for a secret]')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The key ID of a JWK [default: the one it has, or the RFC 7638 thumbprint of its public part]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write it to a new file only you can read, instead of to standard output')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the file if there is one')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwt-workbench;key;convert' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The form to write; pem and jwk keep the private part if there is one, without a passphrase')
            [CompletionResult]::new('--passphrase-file', '--passphrase-file', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in a file; one line end at its end is left out')
            [CompletionResult]::new('--passphrase-env', '--passphrase-env', [CompletionResultType]::ParameterName, 'The passphrase of an encrypted key, in an environment variable')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The key ID of a JWK [default: the one it has, or the RFC 7638 thumbprint of its public part]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write it to a new file only you can read, instead of to standard output')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the file if there is one')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'jwt-workbench;key;help' {
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Tell what a key is, what it fits and what is wrong with it')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a new key for an algorithm')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Write a key in another form')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'jwt-workbench;key;help;inspect' {
            break
        }
        'jwt-workbench;key;help;generate' {
            break
        }
        'jwt-workbench;key;help;convert' {
            break
        }
        'jwt-workbench;key;help;help' {
            break
        }
        'jwt-workbench;help' {
            [CompletionResult]::new('mint', 'mint', [CompletionResultType]::ParameterValue, 'Mint tokens and print them, one a line')
            [CompletionResult]::new('measure', 'measure', [CompletionResultType]::ParameterValue, 'Tell what tokens cost, in bytes and in time')
            [CompletionResult]::new('lab', 'lab', [CompletionResultType]::ParameterValue, 'Measure what logins do to the other users of a server, on a real one on this machine')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Show what is in a token')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify a token: its signature and every claim that can be checked')
            [CompletionResult]::new('code', 'code', [CompletionResultType]::ParameterValue, 'Write a template as code that mints its tokens')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Tell what a key is, make one, or write one in another form')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'jwt-workbench;help;mint' {
            break
        }
        'jwt-workbench;help;measure' {
            break
        }
        'jwt-workbench;help;lab' {
            break
        }
        'jwt-workbench;help;inspect' {
            break
        }
        'jwt-workbench;help;verify' {
            break
        }
        'jwt-workbench;help;code' {
            break
        }
        'jwt-workbench;help;key' {
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Tell what a key is, what it fits and what is wrong with it')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a new key for an algorithm')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Write a key in another form')
            break
        }
        'jwt-workbench;help;key;inspect' {
            break
        }
        'jwt-workbench;help;key;generate' {
            break
        }
        'jwt-workbench;help;key;convert' {
            break
        }
        'jwt-workbench;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
