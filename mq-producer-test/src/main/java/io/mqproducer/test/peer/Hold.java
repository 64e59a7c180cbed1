package io.mqproducer.test.peer;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Requests of one code that a peer keeps waiting, to be answered later in any order. Each is answered as the script that
 * was in force before would have, or as a given one does. Thread-safe.
 */
public final class Hold {

    private final ScriptedPeer peer;
    private final int code;
    private final Script before;
    private final Changes changes = new Changes();
    private final List<Request> held = new ArrayList<>();
    private boolean ended;

    Hold(ScriptedPeer peer, int code, Script before) {
        this.peer = peer;
        this.code = code;
        this.before = before;
    }

    Reply keep(Request request) {
        boolean kept = changes.change(() -> !ended && held.add(request));
        return kept ? Reply.never() : before.reply(request);
    }

    /** Those that wait now, oldest first. */
    public List<Request> requests() {
        return changes.read(() -> List.copyOf(held));
    }

    public List<Request> await(int count, Duration timeout) {
        changes.await(
                () -> held.size() >= count,
                timeout,
                () -> count + " held requests " + code + " at " + peer.address() + "; there are " + held.size());
        return requests();
    }

    /** Answers all that wait, oldest first; further requests wait again. */
    public void release() {
        release(before);
    }

    public void release(Script script) {
        takeAll().forEach(request -> peer.answer(request, script));
    }

    /** Answers all that wait, newest first. */
    public void releaseReversed() {
        List<Request> requests = new ArrayList<>(takeAll());
        Collections.reverse(requests);
        requests.forEach(request -> peer.answer(request, before));
    }

    /** Answers the one at this place among those that wait. */
    public void release(int index) {
        release(index, before);
    }

    public void release(int index, Script script) {
        peer.answer(changes.read(() -> held.remove(index)), script);
    }

    /** Answers all that wait, oldest first, with one write to the connection of the first. */
    public void releaseInOneWrite() {
        List<Request> requests = takeAll();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        requests.forEach(request -> all.writeBytes(before.reply(request).bytes(request.frame())));
        if (!requests.isEmpty()) {
            peer.send(requests.get(0).connection(), all.toByteArray());
        }
    }

    /** Forgets those that wait: they are never answered. */
    public void drop() {
        takeAll();
    }

    /** Answers all that wait and holds no more. */
    public void end() {
        peer.on(code, before);
        changes.change(() -> ended = true);
        release();
    }

    private List<Request> takeAll() {
        return changes.change(() -> {
            List<Request> taken = List.copyOf(held);
            held.clear();
            return taken;
        });
    }
}
