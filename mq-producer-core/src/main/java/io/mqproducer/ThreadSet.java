package io.mqproducer;

import io.mqproducer.internal.remoting.EventLoops;
import io.mqproducer.internal.remoting.HandshakeThreads;
import io.mqproducer.internal.remoting.HostResolver;
import java.time.Duration;

/**
 * The threads that a running producer has of its own or shares with others: for I/O, for what is to happen later, for
 * look-ups of host names and for TLS handshakes. None is started before it has something to do.
 *
 * @param housekeeping its tasks must be few and quick, and belong to nobody who may have ended
 */
record ThreadSet(EventLoops eventLoops, HostResolver resolver, HandshakeThreads handshakes, Housekeeping housekeeping) {

    static ThreadSet of(String name, int ioThreads, boolean nativeTransport, HostResolver.Lookup lookup) {
        return new ThreadSet(
                new EventLoops(name, ioThreads, nativeTransport),
                new HostResolver(name, lookup),
                new HandshakeThreads(name),
                Housekeeping.of(name));
    }

    /** Ends the I/O threads; then nothing comes in any more. */
    void endIo() {
        eventLoops.close();
        resolver.close();
        handshakes.close();
    }

    /** Ends the thread for what is later, and drops that. */
    void endHousekeeping(Duration limit) {
        try {
            housekeeping.end(limit);
        } catch (InterruptedException e) {
            housekeeping.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
