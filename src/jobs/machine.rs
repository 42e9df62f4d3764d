//! What figures were measured on.

use crate::measure::report::Machine;

/// This machine, as far as the system tells.
pub fn machine() -> Machine {
    Machine {
        os: std::env::consts::OS.to_owned(),
        architecture: std::env::consts::ARCH.to_owned(),
        processor: processor(),
        cores: super::throughput::cores(),
    }
}

/// The name of the processor, where the kernel has a text that says it.
fn processor() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let (_, name) =
        text.lines().filter_map(|line| line.split_once(':')).find(|(what, _)| what.trim() == "model name")?;
    Some(name.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_has_cores_and_a_name() {
        let machine = machine();
        assert!(machine.cores > 0 && !machine.os.is_empty() && !machine.architecture.is_empty(), "{machine:?}");
    }
}
