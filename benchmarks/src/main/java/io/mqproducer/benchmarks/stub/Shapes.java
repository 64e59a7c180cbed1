package io.mqproducer.benchmarks.stub;

import io.mqproducer.test.peer.codec.Frame;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What messages looked like that were looked at, per producer group. Belongs to the event loop. */
final class Shapes {

    /** What lines start with that tell of something that is no message. */
    static final String BROKEN = "BROKEN ";

    private static final String NOBODY = "";

    private final Map<String, Set<String>> lines = new HashMap<>();

    /** Never throws: what is no message is noted as such. */
    void add(byte[] bytes) {
        String group = NOBODY;
        Set<String> added = new TreeSet<>();
        try {
            Frame frame = Frame.decode(bytes);
            group = MessageShape.group(frame);
            MessageShape.of(frame).forEach(shape -> added.add(shape.line()));
        } catch (RuntimeException e) {
            added.add(BROKEN + e);
        }
        lines.computeIfAbsent(group, name -> new TreeSet<>()).addAll(added);
    }

    /** Something that could not even be cut into frames. */
    void addBroken(Throwable cause) {
        lines.computeIfAbsent(NOBODY, name -> new TreeSet<>()).add(BROKEN + cause);
    }

    /** The lines of a group, and those of which nobody knows whose they are; they are forgotten. */
    Set<String> take(String group) {
        Set<String> taken = new TreeSet<>();
        taken.addAll(orNone(lines.remove(group)));
        taken.addAll(orNone(lines.remove(NOBODY)));
        return taken;
    }

    private static Set<String> orNone(@Nullable Set<String> lines) {
        return lines == null ? Set.of() : lines;
    }
}
