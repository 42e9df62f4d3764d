//! The columns of the table of patterns: their titles, widths, and which of them there is room for.

use eframe::egui::Rangef;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Pattern,
    Minting,
    Body,
    Wire,
    Processing,
    Cpu,
    Password,
    Stall,
    StallP99,
    LoginP50,
    LoginP95,
    LoginP99,
    Ping,
    Rate,
    Errors,
    Verdict,
    Quoted,
}

impl Column {
    /// All of them, from left to right.
    pub(super) const ALL: [Self; 17] = [
        Self::Pattern,
        Self::Minting,
        Self::Body,
        Self::Wire,
        Self::Processing,
        Self::Cpu,
        Self::Password,
        Self::Stall,
        Self::StallP99,
        Self::LoginP50,
        Self::LoginP95,
        Self::LoginP99,
        Self::Ping,
        Self::Rate,
        Self::Errors,
        Self::Verdict,
        Self::Quoted,
    ];

    /// All of them, the most important first: where there is little room, the last ones are left out.
    const BY_WORTH: [Self; 17] = [
        Self::Pattern,
        Self::Verdict,
        Self::Ping,
        Self::Stall,
        Self::Processing,
        Self::LoginP99,
        Self::Body,
        Self::Password,
        Self::Quoted,
        Self::Minting,
        Self::Wire,
        Self::Cpu,
        Self::Errors,
        Self::Rate,
        Self::StallP99,
        Self::LoginP50,
        Self::LoginP95,
    ];

    /// The title.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Pattern => "Pattern",
            Self::Minting => "Minting",
            Self::Body => "Body",
            Self::Wire => "On the wire",
            Self::Processing => "Processing p50",
            Self::Cpu => "CPU p50",
            Self::Password => "Password p50",
            Self::Stall => "Longest stall",
            Self::StallP99 => "Stall p99",
            Self::LoginP50 => "Login p50",
            Self::LoginP95 => "Login p95",
            Self::LoginP99 => "Login p99",
            Self::Ping => "/ping p99",
            Self::Rate => "Requests/s",
            Self::Errors => "Errors",
            Self::Verdict => "Verdict",
            Self::Quoted => "Quoted",
        }
    }

    /// What the figures mean.
    pub(super) const fn tip(self) -> &'static str {
        match self {
            Self::Pattern => "Where the token is minted, and what it carries",
            Self::Minting => {
                "On the event loop, where nothing else is served meanwhile, or in a pool of worker threads"
            }
            Self::Body => "Bytes of the body of a login's answer",
            Self::Wire => "Bytes of the whole answer as they came over the socket: status line, header fields and body",
            Self::Processing => "Minting: filling in, signing, encoding; half of the logins took no longer",
            Self::Cpu => "Processor time of the minting; half of the logins took no more",
            Self::Password => "Verifying the hash of the password; half of the logins took no longer",
            Self::Stall => {
                "The longest time for which the event loop stood still, measured by a heartbeat every millisecond"
            }
            Self::StallP99 => "99 of 100 heartbeats came no later than this",
            Self::LoginP50 => "Response time of POST /login; half of the logins took no longer",
            Self::LoginP95 => "Response time of POST /login; 95 of 100 took no longer",
            Self::LoginP99 => "Response time of POST /login; 99 of 100 took no longer",
            Self::Ping => "Response time of GET /ping meanwhile: what others suffer; 99 of 100 took no longer",
            Self::Rate => "Requests of any kind that were answered in a second",
            Self::Errors => "Requests of any kind that failed or got another status than 200",
            Self::Verdict => "What the logins do to the other users of the server; the rule stands below the table",
            Self::Quoted => "What lessons quote for this pattern; not measured here",
        }
    }

    /// Whether what is in it stands at the right, as numbers do.
    pub(super) const fn is_number(self) -> bool {
        !matches!(self, Self::Pattern | Self::Minting | Self::Verdict | Self::Quoted)
    }

    /// The width that it needs, in points.
    const fn width(self) -> f32 {
        match self {
            Self::Pattern => 194.0,
            Self::Minting => 94.0,
            Self::Body => 74.0,
            Self::Wire => 92.0,
            Self::Processing | Self::Password => 112.0,
            Self::Cpu => 82.0,
            Self::Stall => 102.0,
            Self::StallP99 | Self::LoginP50 | Self::LoginP95 | Self::LoginP99 | Self::Ping => 88.0,
            Self::Rate => 92.0,
            Self::Errors => 66.0,
            Self::Verdict => 116.0,
            Self::Quoted => 154.0,
        }
    }
}

/// The columns on show and where each stands within the table, in points: as many as there is `room` for, or `all`, which
/// may reach further.
pub(super) fn places(room: f32, all: bool, has: impl Fn(Column) -> bool) -> Vec<(Column, Rangef)> {
    let mut taken = 0.0;
    let mut shown: Vec<Column> = Vec::new();
    for column in Column::BY_WORTH.into_iter().filter(|column| has(*column)) {
        if !all && taken + column.width() > room && column != Column::Pattern {
            break;
        }
        taken += column.width();
        shown.push(column);
    }
    let spare = (room - taken).max(0.0) / shown.len().max(1) as f32;
    let mut left = 0.0;
    let place = |column: Column| {
        let range = Rangef::new(left, left + column.width() + spare);
        left = range.max;
        (column, range)
    };
    Column::ALL.into_iter().filter(|column| shown.contains(column)).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(room: f32, all: bool) -> Vec<Column> {
        places(room, all, |column| column != Column::Password).into_iter().map(|(column, _)| column).collect()
    }

    #[test]
    fn with_little_room_the_least_important_columns_go() {
        let wide = shown(1_190.0, false);
        for column in [Column::Minting, Column::Body, Column::Wire, Column::Quoted, Column::Ping, Column::Verdict] {
            assert!(wide.contains(&column), "{column:?} in {wide:?}");
        }
        let narrow = shown(812.0, false);
        assert!(narrow.contains(&Column::Ping) && narrow.contains(&Column::Stall), "{narrow:?}");
        assert!(!narrow.contains(&Column::Rate), "{narrow:?}");
        assert_eq!(shown(812.0, true).len(), Column::ALL.len() - 1, "all but what was not measured");
        assert_eq!(shown(10.0, false), [Column::Pattern], "the name always stays");
    }

    #[test]
    fn the_columns_fill_the_table() {
        let places = places(1_190.0, false, |_| true);
        assert!((places.last().map_or(0.0, |(_, range)| range.max) - 1_190.0).abs() < 0.01);
        assert!(places.windows(2).all(|pair| pair[0].1.max == pair[1].1.min));
    }
}
