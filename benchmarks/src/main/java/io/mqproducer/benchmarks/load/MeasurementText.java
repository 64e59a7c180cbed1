package io.mqproducer.benchmarks.load;

import io.mqproducer.benchmarks.plan.Measurement;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A {@link Measurement} as one line. */
public final class MeasurementText {

    private MeasurementText() {}

    static String of(Measurement m) {
        return LongStream.of(
                        m.messages(),
                        m.failed(),
                        m.elapsed(),
                        m.p50(),
                        m.p99(),
                        m.p999(),
                        m.cpu(),
                        m.allocated(),
                        m.threads(),
                        m.rss(),
                        m.writes(),
                        m.written())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    public static Measurement parse(String text) {
        long[] n = Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Measurement(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], (int) n[8], n[9], n[10], n[11]);
    }
}
