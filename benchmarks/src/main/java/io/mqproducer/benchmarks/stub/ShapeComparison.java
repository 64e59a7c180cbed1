package io.mqproducer.benchmarks.stub;

import io.mqproducer.benchmarks.client.RequestExtras;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one client sent against what another sent on the same load. A stub looks at some messages only, so two
 * clients need not be seen with the same bodies and topics; but each must be one of the load, and all else must be equal.
 */
public final class ShapeComparison {

    private final Set<String> topics;
    private final Set<String> bodies;
    private final Map<String, String> extras;

    /** Messages that go to any of these topics with any of these bodies, in requests that bear these extras. */
    public ShapeComparison(Collection<String> topics, byte[][] bodies, RequestExtras extras) {
        this.extras = ExtraFields.expected(extras);
        this.topics = Set.copyOf(topics);
        this.bodies = Arrays.stream(bodies)
                .map(body -> body(body.length, MessageShape.crc(body)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is wrong or differs, a line each; none if both sent the same. The shapes are lines of the stub. */
    public List<String> differences(String oneName, Set<String> one, String otherName, Set<String> other) {
        List<String> differences = new ArrayList<>();
        Set<Map<String, @Nullable Object>> ofOne = check(oneName, one, differences);
        Set<Map<String, @Nullable Object>> ofOther = check(otherName, other, differences);
        if (differences.isEmpty() && !ofOne.equals(ofOther)) {
            differences.add(oneName + " sent " + ofOne + ", but " + otherName + " sent " + ofOther);
        }
        return differences;
    }

    /** All but topics and bodies, which are looked at here. */
    private Set<Map<String, @Nullable Object>> check(String name, Set<String> shapes, List<String> differences) {
        Set<Map<String, @Nullable Object>> rest = new HashSet<>();
        if (shapes.isEmpty()) {
            differences.add(name + " was not seen to send anything");
        }
        for (String line : new TreeSet<>(shapes)) {
            if (line.startsWith(Shapes.BROKEN)) {
                differences.add(name + " sent what is no message: " + line);
                continue;
            }
            MessageShape shape = MessageShape.parse(line);
            if (!topics.contains(shape.topic())) {
                differences.add(name + " sent to the wrong topic: " + line);
            }
            if (!bodies.contains(body(shape.bodyLength(), shape.bodyCrc()))) {
                differences.add(name + " sent the wrong body: " + line);
            }
            if (!extras.equals(shape.rest().get(MessageShape.EXTRAS))) {
                differences.add(name + " sent other fields than " + extras + ": " + line);
            }
            rest.add(shape.rest());
        }
        return rest;
    }

    private static String body(int length, long crc) {
        return length + " bytes, CRC-32 " + crc;
    }
}
