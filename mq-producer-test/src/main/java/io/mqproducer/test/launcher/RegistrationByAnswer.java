package io.mqproducer.test.launcher;

import java.util.List;

/**
 * For RocketMQ 4, whose brokers cannot look up routes, but return all name servers' answers to a registration.
 *
 * @param broker the broker
 */
record RegistrationByAnswer(Reflected broker) implements Registration {

    @Override
    public void register(List<String> nameServers) throws Exception {
        while (answers() < nameServers.size()) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Override
    public void announce(String topic) throws Exception {
        broker.call("registerBrokerAll", true, false, true);
    }

    /** Registers with all name servers, and returns how many of them have it. */
    private int answers() throws Exception {
        Reflected config = broker.get("getBrokerConfig");
        List<?> answers = (List<?>) broker.get("getBrokerOuterAPI")
                .call(
                        "registerBrokerAll",
                        config.text("getBrokerClusterName"),
                        broker.text("getBrokerAddr"),
                        config.text("getBrokerName"),
                        config.number("getBrokerId"),
                        broker.text("getHAServerAddr"),
                        broker.get("getTopicConfigManager")
                                .get("buildTopicConfigSerializeWrapper")
                                .target(),
                        List.of(),
                        false,
                        LOOK_UP_MILLIS,
                        false);
        return answers.size();
    }
}
