package io.mqproducer.test.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs a broker. Arguments: its configuration file, and the name servers it can expect to answer, joined with ';'.
 *
 * <p>Questions: {@code topic NAME QUEUES [ATTRIBUTE VALUE]} makes a topic, {@code register NAME_SERVERS} registers with
 * those; both are answered when the name servers know. {@code settle} is answered when all that is stored can be read. With
 * ACL, {@code user NAME PASSWORD ENABLED} makes or changes a user, and {@code grant NAME TOPIC} lets it publish to a topic.
 */
public final class BrokerMain {

    private static final int READ_AND_WRITE = 6;
    private static final long PAUSE_MILLIS = 10;

    private final Reflected broker;
    private final Registration registration;

    private BrokerMain(Reflected broker, Registration registration) {
        this.broker = broker;
        this.registration = registration;
    }

    public static void main(String[] args) {
        ParentLink.run(() -> start(args[0], args[1]));
    }

    private static ParentLink.Answering start(String configFile, String nameServers) throws Exception {
        BrokerProperties.check(Path.of(configFile));
        Reflected broker = Reflected.ofClass("org.apache.rocketmq.broker.BrokerStartup")
                .get("createBrokerController", (Object) new String[] {"-c", configFile});
        awaitListening(nameServers);
        broker.call("start");
        BrokerMain main = new BrokerMain(broker, Registration.of(broker));
        main.register(nameServers);
        return main::answer;
    }

    private void answer(String[] words) throws Exception {
        switch (words[0]) {
            case "topic" -> createTopic(words);
            case "register" -> register(words[1]);
            case "settle" -> settle();
            case "user" -> new BrokerUsers(broker).put(words[1], words[2], Boolean.parseBoolean(words[3]));
            case "grant" -> new BrokerUsers(broker).allowPublishing(words[1], words[2]);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private void createTopic(String[] words) throws Exception {
        int queues = Integer.parseInt(words[2]);
        Reflected config =
                Reflected.create("org.apache.rocketmq.common.TopicConfig", words[1], queues, queues, READ_AND_WRITE);
        if (words.length > 3) {
            config.call("setAttributes", Map.of("+" + words[3], words[4])); // the sign is for those that are new
        }
        broker.get("getTopicConfigManager").call("updateTopicConfig", config.target());
        registration.announce(words[1]);
    }

    private void register(String nameServers) throws Exception {
        List<String> expected = addresses(nameServers);
        if (!expected.isEmpty()) { // else the name server that is started next has its brokers register
            registration.register(expected);
        }
    }

    /** A message is acknowledged when it is in the commit log, and readable a moment later when it is in its queue. */
    private void settle() throws Exception {
        Reflected store = broker.get("getMessageStore");
        long stored = store.number("getMaxPhyOffset");
        while (store.number("getMaxPhyOffset") - store.number("dispatchBehindBytes") < stored) {
            Thread.sleep(1);
        }
    }

    private static void awaitListening(String nameServers) throws InterruptedException {
        for (String address : addresses(nameServers)) {
            while (!listens(Integer.parseInt(address.substring(address.indexOf(':') + 1)))) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static List<String> addresses(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(";", -1));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
