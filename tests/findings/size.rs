//! Z01 to Z03.

use jwt_workbench::findings::Severity::{Error, Warning};

use crate::world::World;
use crate::{Case, fires, silent};

pub(crate) fn cases() -> Vec<Case> {
    let long = |len| World::good().len(len);
    vec![
        fires("Z01", Warning, long(4_051), "are 1 over 4096"),
        fires("Z01", Warning, long(5_000).received(), "browsers drop such a cookie"),
        fires(
            "Z01",
            Warning,
            long(9_000).with("groups", format!("\"{}\"", "g".repeat(500))),
            "claims: groups 511 bytes, iss 25 bytes",
        ),
        silent("Z01", long(4_050)),
        silent("Z01", long(0)),
        silent("Z01", long(300)),
        fires("Z02", Error, long(8_167), "header of 8191 bytes"),
        fires("Z02", Error, long(1_000_000), "nginx, Apache and Tomcat"),
        fires("Z02", Warning, long(8_166), "leaves little room"),
        fires("Z02", Warning, long(6_976), "header of 7000 bytes"),
        silent("Z02", long(6_975)),
        silent("Z02", long(4_096)),
        silent("Z02", long(0).received()),
        fires("Z03", Warning, long(2_001), "2001 bytes are too long for a URL"),
        fires("Z03", Warning, long(9_000).claims("[]"), "9000 bytes"),
        fires("Z03", Warning, long(3_000).received(), "2000 get through"),
        silent("Z03", long(2_000)),
        silent("Z03", long(1)),
        silent("Z03", World::good()),
    ]
}
