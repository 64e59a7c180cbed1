package io.mqproducer.benchmarks.run;

import java.time.Duration;

/** Says on one line what is being done, how far it is, and how long it will take. */
final class Progress {

    private final int rows;

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on a redirected run shows the line too, which does no harm
    private final boolean terminal = System.console() != null;

    private final long begun = System.nanoTime();
    private int done;

    Progress(int rows) {
        this.rows = rows;
    }

    /** What is being done to the current row. */
    void step(String row, String what) {
        if (terminal) {
            System.out.printf("\r\u001b[K[%d/%d%s] %s: %s", done + 1, rows, left(), row, what);
            System.out.flush();
        }
    }

    /** The current row is finished. */
    void rowDone(String row, String figures) {
        done++;
        System.out.printf("%s[%d/%d%s] %s: %s%n", terminal ? "\r\u001b[K" : "", done, rows, left(), row, figures);
    }

    private String left() {
        if (done == 0) {
            return "";
        }
        Duration left = Duration.ofNanos((System.nanoTime() - begun) / done * (rows - done));
        return ", " + (left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s") + " left";
    }
}
