package io.mqproducer.internal.transaction;

/** Counts the transactions that a stop waits for. Thread-safe. */
final class RunningTransactions {

    private int running;

    synchronized void begin() {
        running++;
    }

    synchronized void end() {
        running--;
        notifyAll();
    }

    synchronized int count() {
        return running;
    }

    /**
     * Waits until there are none, through interrupts too.
     *
     * @param deadline how long, by {@link System#nanoTime}
     * @return whether that came to be
     */
    synchronized boolean awaitNone(long deadline) {
        boolean interrupted = false;
        try {
            while (running > 0) {
                long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                try {
                    wait(millis);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
