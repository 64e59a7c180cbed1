package io.mqproducer.test;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.Map;

/** RocketMQ's broker properties where a test wants other values than a data centre. */
final class BrokerDefaults {

    /** Small files, every optional facility on, no long waits. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            entry("defaultTopicQueueNums", "4"),
            entry("autoCreateSubscriptionGroup", "true"),
            entry("traceTopicEnable", "true"), // else traces are dropped silently
            entry("enablePropertyFilter", "true"),
            entry("transactionTimeOut", "1000"),
            entry("transactionCheckInterval", "1000"),
            entry("registerNameServerPeriod", "10000"), // the least that is allowed
            entry("registerBrokerTimeoutMills", "3000"),
            entry("connectTimeoutMillis", "500"), // also how often name servers are looked for
            entry("flushDiskType", "ASYNC_FLUSH"),
            entry("brokerRole", "ASYNC_MASTER"),
            entry("mappedFileSizeCommitLog", Integer.toString(64 * 1024 * 1024)), // more than the largest batch
            entry("mappedFileSizeConsumeQueue", Integer.toString(20 * 30_000)),
            entry("maxHashSlotNum", "10000"),
            entry("maxIndexNum", "40000"),
            // The most that is allowed: a disk that is fuller than this refuses writes or loses old messages.
            entry("diskMaxUsedSpaceRatio", "95"),
            // Reading everything back takes fewer round trips.
            entry("maxTransferCountOnMessageInMemory", "1024"),
            entry("maxTransferBytesOnMessageInMemory", Integer.toString(1024 * 1024)),
            entry("maxTransferCountOnMessageInDisk", "1024"),
            entry("maxTransferBytesOnMessageInDisk", Integer.toString(1024 * 1024)));

    /** What brokers before 5 do not know. */
    private static final Map<String, String> SINCE_5 = Map.of(
            "bindAddress",
            EmbeddedServer.HOST,
            "recallMessageEnable",
            "true",
            // With a check interval below this a checked message is checked again, and delivered twice.
            "transactionOpBatchInterval",
            "50",
            "transactionMetricFlushInterval", // keeps a core busy for that long after the start
            "300",
            "mappedFileSizeTimerLog",
            Integer.toString(4 * 1024 * 1024),
            "enableCompaction",
            "false");

    private static final String AUTHENTICATION = "org.apache.rocketmq.auth.authentication.provider.";
    private static final String AUTHORIZATION = "org.apache.rocketmq.auth.authorization.provider.";

    private BrokerDefaults() {}

    static Map<String, String> of(RocketMQVersion version) {
        Map<String, String> properties = new HashMap<>(PROPERTIES);
        if (version != RocketMQVersion.V4_9_7) {
            properties.putAll(SINCE_5);
        }
        return properties;
    }

    /** ACL with one super user: 2.0, or 1.0 whose users are in a file, see {@link LegacyFiles}. */
    static Map<String, String> acl(RocketMQVersion version, Credentials credentials) {
        return version == RocketMQVersion.V4_9_7 ? Map.of("aclEnable", "true") : acl(credentials);
    }

    private static Map<String, String> acl(Credentials credentials) {
        return Map.of(
                "authenticationEnabled",
                "true",
                "authorizationEnabled",
                "true",
                "authenticationProvider",
                AUTHENTICATION + "DefaultAuthenticationProvider",
                "authenticationMetadataProvider",
                AUTHENTICATION + "LocalAuthenticationMetadataProvider",
                "authorizationProvider",
                AUTHORIZATION + "DefaultAuthorizationProvider",
                "authorizationMetadataProvider",
                AUTHORIZATION + "LocalAuthorizationMetadataProvider",
                "initAuthenticationUser",
                json("username", credentials.user(), "password", credentials.password()),
                "innerClientAuthenticationCredentials",
                json("accessKey", "inner", "secretKey", "inner12345678"));
    }

    private static String json(String name1, String value1, String name2, String value2) {
        return "{\"%s\":\"%s\",\"%s\":\"%s\"}".formatted(name1, value1, name2, value2);
    }
}
