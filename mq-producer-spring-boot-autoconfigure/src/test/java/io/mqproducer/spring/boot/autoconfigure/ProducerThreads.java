package io.mqproducer.spring.boot.autoconfigure;

import java.util.Set;
import java.util.stream.Collectors;

/** The threads of all producers of this JVM. */
public final class ProducerThreads {

    private ProducerThreads() {}

    public static Set<Thread> running() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mq-producer-"))
                .collect(Collectors.toSet());
    }
}
