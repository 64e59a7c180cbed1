package io.mqproducer.internal.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets one send per ordering key be unresolved at a time: a broker handles the sends of one connection in parallel, so
 * their order on the wire is not the order in which they are stored. Thread-safe.
 */
final class OrderedKeys {

    /** The key of a topic. */
    record Key(String topic, String orderingKey) {}

    /** The sends of a key: the first is under way, the others wait. */
    private static final class Line {

        private final Deque<AdmittedSend> waiting = new ArrayDeque<>();
        private @Nullable Starting starting;
    }

    /** A start that is going on, to see whether the send that is started ends before its start is over. */
    private static final class Starting {

        private final Thread thread = Thread.currentThread();
        private boolean ended;
    }

    private final Map<Key, Line> lines = new ConcurrentHashMap<>();
    private final WaitingRoom waitingRoom;

    OrderedKeys(WaitingRoom waitingRoom) {
        this.waitingRoom = waitingRoom;
    }

    /**
     * Puts a send at the end of its key's line.
     *
     * @return whether it is the only one, and may start; else it is in the waiting room until its turn comes
     */
    boolean enter(Key key, AdmittedSend send) {
        boolean[] first = {false};
        lines.compute(key, (same, line) -> {
            if (line == null) {
                first[0] = true;
                return new Line();
            }
            waitingRoom.enter(send); // before it can be found in the line
            line.waiting.add(send);
            return line;
        });
        return first[0];
    }

    /**
     * A send has ended. If it was the first of its line, the next one starts; one that ends while it is being started
     * comes here from within, and then the outer call goes on, so that a long line of failures does not become a deep
     * stack.
     */
    void leave(Key key, AdmittedSend send, boolean first) {
        if (first) {
            startNext(key);
        } else { // its time was over before its turn came
            lines.computeIfPresent(key, (same, line) -> {
                line.waiting.remove(send);
                return line;
            });
        }
    }

    private void startNext(Key key) {
        Line line = lines.get(key);
        if (line == null || endsWhileStarting(line)) {
            return;
        }
        boolean goOn = true;
        while (goOn) {
            Starting starting = new Starting();
            AdmittedSend next = nextOf(key, starting);
            if (next == null) {
                return;
            }
            boolean started = waitingRoom.claim(next);
            if (started) {
                next.firstInLine();
                next.resume();
            }
            synchronized (line) {
                goOn = !started || starting.ended;
                if (line.starting == starting) {
                    line.starting = null;
                }
            }
        }
    }

    private static boolean endsWhileStarting(Line line) {
        synchronized (line) {
            if (line.starting != null && line.starting.thread == Thread.currentThread()) {
                line.starting.ended = true;
                return true;
            }
            return false;
        }
    }

    private @Nullable AdmittedSend nextOf(Key key, Starting starting) {
        AdmittedSend[] next = new AdmittedSend[1];
        lines.computeIfPresent(key, (same, line) -> {
            next[0] = line.waiting.poll();
            synchronized (line) {
                line.starting = starting;
            }
            return next[0] == null ? null : line;
        });
        return next[0];
    }
}
