package io.mqproducer.internal.encoding;

import io.mqproducer.internal.config.ProducerConfig;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sets this producer's topics and groups apart from others of the same names.
 *
 * @param v1 goes in front of every name, {@code ns%topic}; null for none
 * @param v2 goes into the header of every request, names stay as they are; null for none
 */
public record Namespace(@Nullable String v1, @Nullable String v2) {

    /** Names go out as they are. */
    public static final Namespace NONE = new Namespace(null, null);

    private static final char SEPARATOR = '%';
    private static final String RETRY = "%RETRY%";
    private static final String DEAD_LETTER = "%DLQ%";

    /** Shared by all namespaces, so they bear none; besides these, everything that starts like one of the broker's. */
    private static final Set<String> SYSTEM_TOPICS = Set.of(
            "TBW102",
            "SCHEDULE_TOPIC_XXXX",
            "BenchmarkTest",
            "RMQ_SYS_TRANS_HALF_TOPIC",
            "RMQ_SYS_ROCKSDB_TRANS_HALF_TOPIC",
            "RMQ_SYS_TRACE_TOPIC",
            "RMQ_SYS_TRANS_OP_HALF_TOPIC",
            "RMQ_SYS_ROCKSDB_TRANS_OP_HALF_TOPIC",
            "TRANS_CHECK_MAX_TIME_TOPIC",
            "SELF_TEST_TOPIC",
            "OFFSET_MOVED_EVENT");

    private static final String SYSTEM_TOPIC_PREFIX = "rmq_sys_";
    private static final String SYSTEM_GROUP_PREFIX = "CID_RMQ_SYS_";

    /** The namespace that a producer is configured for. */
    public static Namespace of(ProducerConfig.Identity identity) {
        return identity.namespace() == null && identity.namespaceV2() == null
                ? NONE
                : new Namespace(identity.namespace(), identity.namespaceV2());
    }

    /** The name of a topic or group as the servers know it. A name that is wrapped already stays as it is. */
    public String wrap(String name) {
        if (v1 == null || isWrapped(name) || isSystem(name)) {
            return name;
        }
        int start = startOfName(name);
        return name.substring(0, start) + v1 + SEPARATOR + name.substring(start);
    }

    /** How long the name of a topic or group is as the servers know it. */
    public int wrappedLength(String name) {
        return v1 == null || isWrapped(name) || isSystem(name) ? name.length() : v1.length() + 1 + name.length();
    }

    /** The name of a topic or group as the application knows it. A name of another namespace stays as it is. */
    public String unwrap(String name) {
        if (v1 == null || !isWrapped(name)) {
            return name;
        }
        int start = startOfName(name);
        return name.substring(0, start) + name.substring(start + v1.length() + 1);
    }

    /** What the header of every request must contain. */
    public Map<String, String> headerFields() {
        return v2 == null ? Map.of() : Map.of("nsd", "true", "ns", v2);
    }

    private boolean isWrapped(String name) {
        if (v1 == null) {
            return false;
        }
        int start = startOfName(name);
        int end = start + v1.length();
        return name.startsWith(v1, start) && end < name.length() && name.charAt(end) == SEPARATOR;
    }

    private static boolean isSystem(String name) {
        return SYSTEM_TOPICS.contains(name)
                || name.startsWith(SYSTEM_TOPIC_PREFIX)
                || name.startsWith(SYSTEM_GROUP_PREFIX);
    }

    /** The prefix of retry and dead letter topics stays in front. */
    private static int startOfName(String name) {
        return name.startsWith(RETRY) ? RETRY.length() : name.startsWith(DEAD_LETTER) ? DEAD_LETTER.length() : 0;
    }
}
