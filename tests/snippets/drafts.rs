//! What is written as code: every example, and drafts that are hard to write.

use jwt_workbench::jose::json::Json;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::gallery::EXAMPLES;
use jwt_workbench::template::variables::Variables;

/// A template with its name in messages.
pub(crate) struct Sample {
    pub(crate) name: String,
    pub(crate) template: TemplateFile,
}

const NASTY: [(&str, &str, &str); 9] = [
    (
        "unicode",
        r#"{"alg":"HS256","typ":"JWT"}"#,
        r#"{"größe \"1\" 'x' `y`":"é\n\t\\ $100 ${now} {x} €  \u202e\u0007 \ud83d\ude00","値":"x#{a} %s \\u0041","\u0000":""}"#,
    ),
    (
        "nested",
        r#"{"alg":"HS256"}"#,
        r#"{"a":[[],[[{}]],{"b":[null,true,false,{"c":[1,"x",["y"]]}]}],"e":{},"n":null,"sub":"s"}"#,
    ),
    (
        "long array",
        r#"{"alg":"HS256"}"#,
        r#"{"a":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","cccccccccccccccccccc",1]}"#,
    ),
    (
        "numbers",
        r#"{"alg":"HS256"}"#,
        r#"{"i":9007199254740991,"m":-42,"d":1.50,"e":1e5,"f":0.1,"g":-0.25E-3,"z":0,"nz":-0,"exp":4102446600.482913}"#,
    ),
    (
        "large numbers",
        r#"{"alg":"HS256"}"#,
        r#"{"big":18446744073709551616,"odd":[9007199254740993],"d":0.1234567890123456789,"l":-9223372036854775808}"#,
    ),
    (
        "inside",
        r#"{"alg":"HS256","typ":"at+jwt","kid":"{{tenant}}-1"}"#,
        r#"{"t":"at {{now-90s}}{{{{now}} }}","n":"{{counter}}","c":"u{{counter:0}}-{{tenant}}","q":"{{quota}}","qq":"{{quota}}/x","r":"{{roles}}","w":"{{who}}","{{tenant}}":1,"x-{{quota}}":2,"auth_time":"{{now-2m}}","exp":"{{now+1h30m}}"}"#,
    ),
    (
        "duplicates",
        r#"{"alg":"HS256","kid":"a","kid":"b"}"#,
        r#"{"n":1,"n":2,"o":{"x":1,"x":[2]},"exp":"{{now+30m}}","exp":"{{now+1h}}"}"#,
    ),
    (
        "times",
        r#"{"alg":"HS256","typ":"JWT"}"#,
        r#"{"iat":"{{now}}","nbf":"{{now-1d}}","exp":"{{now+2w}}","x":["{{now+45s}}",{"exp":"{{now+1h}}"}]}"#,
    ),
    (
        "header",
        r#"{"alg":"HS256","typ":"secevent+jwt","cty":"JWT","x5t#S256":"abc","n":[1,{"a":null}],"kid":"ké\"y"}"#,
        r#"{"iss":"me","aud":["a","b"]}"#,
    ),
];

const VARIABLES: &str = r#"{"tenant":"a\"c'm`e${x}","quota":600,"roles":["a",{"b":1.5}],"unused":1}"#;

/// All of them.
pub(crate) fn samples() -> Vec<Sample> {
    let examples = EXAMPLES
        .iter()
        .map(|example| Sample { name: example.file_name.to_owned(), template: example.template().unwrap() });
    let nasty = NASTY.iter().map(|(name, header, claims)| {
        let mut template = TemplateFile::new(format!("{name} \"1\" \\u000a '"), *header, *claims);
        template.variables = Variables::from_json(Json::parse(VARIABLES).unwrap().root());
        Sample { name: (*name).to_owned(), template }
    });
    examples.chain(nasty).collect()
}
