package io.mqproducer.message;

import java.util.Set;

/**
 * The names of RocketMQ's own message properties. They are set by the typed methods of {@link Message.Builder} or by
 * producer, broker and consumer; a user property may not bear one of these names.
 */
public final class MessageProperties {

    public static final String KEYS = "KEYS";
    public static final String TAGS = "TAGS";
    public static final String WAIT = "WAIT";
    public static final String DELAY = "DELAY";
    public static final String UNIQ_KEY = "UNIQ_KEY";
    public static final String INSTANCE_ID = "INSTANCE_ID";
    public static final String TIMER_DELAY_MS = "TIMER_DELAY_MS";
    public static final String TIMER_DELIVER_MS = "TIMER_DELIVER_MS";
    public static final String SHARDING_KEY = "__SHARDINGKEY";
    public static final String PRIORITY = "_SYS_MSG_PRIORITY_";
    public static final String LITE_TOPIC = "__LITE_TOPIC";
    public static final String INNER_MULTI_DISPATCH = "INNER_MULTI_DISPATCH";

    /** Ends a property's name on the wire. */
    public static final char NAME_SEPARATOR = '\u0001';

    /** Ends a property's value on the wire. */
    public static final char PROPERTY_SEPARATOR = '\u0002';

    private static final Set<String> RESERVED = Set.of(
            // what RocketMQ 5.5.0 reserves
            "TRACE_ON",
            "MSG_REGION",
            KEYS,
            TAGS,
            WAIT,
            DELAY,
            "RETRY_TOPIC",
            "ORIGIN_GROUP",
            "REAL_TOPIC",
            "REAL_QID",
            "TRAN_MSG",
            "PGROUP",
            "MIN_OFFSET",
            "MAX_OFFSET",
            "BUYER_ID",
            "ORIGIN_MESSAGE_ID",
            "TRANSFER_FLAG",
            "CORRECTION_FLAG",
            "MQ2_FLAG",
            "RECONSUME_TIME",
            UNIQ_KEY,
            "MAX_RECONSUME_TIMES",
            "CONSUME_START_TIME",
            "POP_CK",
            "POP_CK_OFFSET",
            "1ST_POP_TIME",
            "TRAN_PREPARED_QUEUE_OFFSET",
            "DUP_INFO",
            "EXTEND_UNIQ_INFO",
            INSTANCE_ID,
            "CORRELATION_ID",
            "REPLY_TO_CLIENT",
            "TTL",
            "ARRIVE_TIME",
            "PUSH_REPLY_TIME",
            "CLUSTER",
            "MSG_TYPE",
            "INNER_MULTI_QUEUE_OFFSET",
            TIMER_DELAY_MS,
            "TIMER_DELAY_SEC",
            TIMER_DELIVER_MS,
            "TIMER_ENQUEUE_MS",
            "TIMER_DEQUEUE_MS",
            "TIMER_ROLL_TIMES",
            "TIMER_OUT_MS",
            "TIMER_DEL_UNIQKEY",
            "TIMER_DELAY_LEVEL",
            "__BORNHOST",
            "BORN_TIMESTAMP",
            "DLQ_ORIGIN_TOPIC",
            "DLQ_ORIGIN_MESSAGE_ID",
            "__CRC32#",
            PRIORITY,
            LITE_TOPIC,
            // what has a typed method here
            SHARDING_KEY,
            INNER_MULTI_DISPATCH);

    private MessageProperties() {}

    /** Whether a user property may not bear this name. Names are case-sensitive. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }
}
