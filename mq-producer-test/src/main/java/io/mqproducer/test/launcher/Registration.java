package io.mqproducer.test.launcher;

import java.util.List;

/** How a broker of one RocketMQ tells its name servers of itself and its topics, and finds out that they know. */
interface Registration {

    /** How long a broker waits for a name server's answer. */
    int LOOK_UP_MILLIS = 3_000;

    /** Between two looks; the parent has the deadline. */
    long PAUSE_MILLIS = 10;

    static Registration of(Reflected broker) throws Exception {
        boolean asksForRoutes = broker.get("getBrokerOuterAPI").has("getTopicRouteInfoFromNameServer"); // since 5
        return asksForRoutes ? new RegistrationByRoute(broker) : new RegistrationByAnswer(broker);
    }

    /** Returns when these name servers know the broker. */
    void register(List<String> nameServers) throws Exception;

    /** Returns when the name servers know the topic that has just been made. */
    void announce(String topic) throws Exception;
}
