package io.mqproducer.test.peer;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a peer answers to requests of one code. Called by one thread for each connection, so by several at once; an
 * exception is kept and thrown when the peer is closed.
 */
@FunctionalInterface
public interface Script {

    Reply reply(Request request);

    /** The k-th request gets the k-th answer, all further ones the last. A {@link Reply} is a script, too. */
    static Script sequence(Script... steps) {
        List<Script> scripts = List.of(steps);
        AtomicInteger calls = new AtomicInteger();
        return request -> {
            int call = calls.getAndUpdate(n -> Math.min(n + 1, scripts.size() - 1));
            return scripts.get(call).reply(request);
        };
    }
}
