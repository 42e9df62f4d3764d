//! Claims of a wanted size.

/// Claims of about `bytes` bytes, indented as a person would: instants as placeholders, text, numbers, groups, objects.
pub(crate) fn claims(bytes: usize) -> String {
    let mut text = String::from(
        "{\n  \"iss\": \"https://id.acme.dev\",\n  \"sub\": \"user-42\",\n  \"iat\": \"{{now}}\",\n  \
         \"exp\": \"{{now+30m}}\",\n  \"account\": 100002348117421473,\n  \"groups\": [",
    );
    let mut number = 0;
    while text.len() + 80 < bytes {
        let separator = if number == 0 { "" } else { "," };
        let group = match number % 3 {
            0 => format!("\"orders-{number}:read\""),
            1 => format!(
                "{{ \"id\": {number}, \"name\": \"Gruppe {number}\", \"weight\": {number}.50, \"owner\": true }}"
            ),
            _ => format!("\"https://acme.dev/groups/{number}?scope=read%20write\""),
        };
        text.push_str(separator);
        text.push_str("\n    ");
        text.push_str(&group);
        number += 1;
    }
    text.push_str("\n  ]\n}\n");
    text
}
