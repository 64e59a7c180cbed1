package io.mqproducer.test.launcher;

/**
 * Runs a name server. Argument: its configuration file. Question: {@code kv NAMESPACE KEY VALUE} puts an entry into its
 * key-value configuration.
 */
public final class NameServerMain {

    private static final String STARTUP = "org.apache.rocketmq.namesrv.NamesrvStartup";

    private NameServerMain() {}

    public static void main(String[] args) {
        ParentLink.run(() -> start(args[0]));
    }

    private static ParentLink.Answering start(String configFile) throws Exception {
        Reflected nameServer = create(new String[] {"-c", configFile});
        if (!(boolean) nameServer.call("initialize")) {
            throw new IllegalStateException("The name server did not initialize");
        }
        nameServer.call("start");
        return words -> answer(nameServer, words);
    }

    private static void answer(Reflected nameServer, String[] words) throws Exception {
        if (!words[0].equals("kv")) {
            throw new IllegalArgumentException(words[0]);
        }
        nameServer.get("getKvConfigManager").call("putKVConfig", words[1], words[2], words[3]);
    }

    private static Reflected create(String[] arguments) throws Exception {
        Reflected startup = Reflected.ofClass(STARTUP);
        if (!startup.has("parseCommandlineAndConfigFile")) { // before 5
            return startup.get("createNamesrvController", (Object) arguments);
        }
        startup.call("parseCommandlineAndConfigFile", (Object) arguments);
        return startup.get("createNamesrvController");
    }
}
