package io.mqproducer.spring.boot.autoconfigure.properties;

/** Where futures, callbacks and hooks run. */
public class CallbackSettings {

    /** Number of threads that complete futures and callbacks as long as none blocks. Ignored with virtual threads. */
    private int threads = 2;

    /** Maximum number of these threads, which are added while callbacks block. Ignored with virtual threads. */
    private int maxThreads = 64;

    public int getThreads() {
        return threads;
    }

    public void setThreads(int threads) {
        this.threads = threads;
    }

    public int getMaxThreads() {
        return maxThreads;
    }

    public void setMaxThreads(int maxThreads) {
        this.maxThreads = maxThreads;
    }
}
