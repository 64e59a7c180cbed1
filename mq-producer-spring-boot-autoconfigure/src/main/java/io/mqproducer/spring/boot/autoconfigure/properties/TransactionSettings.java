package io.mqproducer.spring.boot.autoconfigure.properties;

/** How brokers that ask about transactions are answered. */
public class TransactionSettings {

    /** Number of threads that ask transaction checkers what brokers want to know. */
    private int checkThreads = 1;

    /** Maximum number of brokers' questions that wait for these threads. Further ones are dropped, and asked again. */
    private int checkQueueCapacity = 2000;

    public int getCheckThreads() {
        return checkThreads;
    }

    public void setCheckThreads(int checkThreads) {
        this.checkThreads = checkThreads;
    }

    public int getCheckQueueCapacity() {
        return checkQueueCapacity;
    }

    public void setCheckQueueCapacity(int checkQueueCapacity) {
        this.checkQueueCapacity = checkQueueCapacity;
    }
}
