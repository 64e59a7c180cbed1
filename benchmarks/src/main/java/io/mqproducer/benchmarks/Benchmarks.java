package io.mqproducer.benchmarks;

/** Runs the comparison. */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) {}
}
