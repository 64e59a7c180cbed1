package io.mqproducer.benchmarks.report;

import java.time.Duration;
import java.time.LocalDate;

/**
 * Where a run's figures come from.
 *
 * @param rounds how many of each client and row
 * @param round the length of one
 * @param commit of this project, as Git names it
 */
public record RunInfo(LocalDate date, Machine machine, int rounds, Duration round, String commit) {

    /**
     * What the figures were measured on.
     *
     * @param memory in bytes
     * @param os name and version
     * @param jvm name and version
     */
    public record Machine(int processors, long memory, String os, String jvm) {}

    /** One line for the head of a report. */
    String line() {
        return date + ", commit " + commit + "; " + machine.processors + " processors, "
                + Digits.three(machine.memory / (1024.0 * 1024 * 1024)) + " GiB memory, " + machine.os + ", "
                + machine.jvm + "; medians of " + rounds + " rounds of " + Digits.three(round.toMillis() / 1e3)
                + " s";
    }
}
