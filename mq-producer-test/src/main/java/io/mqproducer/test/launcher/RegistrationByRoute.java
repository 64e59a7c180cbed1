package io.mqproducer.test.launcher;

import java.util.ArrayList;
import java.util.List;

/**
 * For RocketMQ 5, whose brokers can look up routes.
 *
 * @param broker the broker
 */
record RegistrationByRoute(Reflected broker) implements Registration {

    /**
     * Registers as soon as the broker's client has found the name servers. The broker's own first registration comes
     * before that and is lost, its next one ten seconds later.
     */
    @Override
    public void register(List<String> nameServers) throws Exception {
        Reflected client = broker.get("getBrokerOuterAPI").get("getRemotingClient");
        while (!((List<?>) client.call("getAvailableNameSrvList")).containsAll(nameServers)) {
            Thread.sleep(PAUSE_MILLIS);
        }
        announce(brokerName()); // a topic every broker makes for itself
    }

    @Override
    public void announce(String topic) throws Exception {
        broker.call("registerBrokerAll", true, false, true);
        while (!brokersOf(topic).contains(brokerName())) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private String brokerName() throws Exception {
        return broker.get("getBrokerConfig").text("getBrokerName");
    }

    private List<String> brokersOf(String topic) throws Exception {
        Reflected route;
        try {
            route = broker.get("getBrokerOuterAPI")
                    .get("getTopicRouteInfoFromNameServer", topic, (long) LOOK_UP_MILLIS);
        } catch (Exception e) {
            return List.of(); // not known yet
        }
        List<String> names = new ArrayList<>();
        for (Object each : (List<?>) route.call("getBrokerDatas")) {
            names.add(new Reflected(each).text("getBrokerName"));
        }
        return names;
    }
}
