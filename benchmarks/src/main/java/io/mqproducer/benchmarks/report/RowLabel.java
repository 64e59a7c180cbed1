package io.mqproducer.benchmarks.report;

import io.mqproducer.benchmarks.plan.Body;
import io.mqproducer.benchmarks.plan.Load;
import io.mqproducer.benchmarks.plan.Row;
import java.util.Locale;

/** Rows by short names, for charts. */
final class RowLabel {

    private RowLabel() {}

    /** {@code async 1000, 1 KiB}: the row among others on the same server. */
    static String load(Row row) {
        return mode(row) + " " + row.load().inFlight() + ", " + body(row.load().body()) + rest(row);
    }

    /** {@code stub, async, 1 KiB}: the same for rows that differ in nothing but how many messages are in flight. */
    static String withoutInFlight(Row row) {
        return row.target().name().toLowerCase(Locale.ROOT) + ", " + mode(row) + ", "
                + body(row.load().body()) + rest(row);
    }

    private static String mode(Row row) {
        return row.load().mode().name().toLowerCase(Locale.ROOT);
    }

    private static String body(Body body) {
        String size = body.size() % 1024 == 0 ? body.size() / 1024 + " KiB" : body.size() + " B";
        return body.text() ? size + " text" : size;
    }

    /** What a row's name tells beyond server, mode, number in flight and body. */
    private static String rest(Row row) {
        Load load = row.load();
        String told =
                row.target().name() + "/" + load.shortName() + "/" + load.body().shortName();
        return row.name().substring(told.length()).replace("/", ", ");
    }
}
