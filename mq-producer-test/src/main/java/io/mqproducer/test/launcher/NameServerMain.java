package io.mqproducer.test.launcher;

/** Runs a name server. Argument: its configuration file. */
public final class NameServerMain {

    private static final String STARTUP = "org.apache.rocketmq.namesrv.NamesrvStartup";

    private NameServerMain() {}

    public static void main(String[] args) {
        ParentLink.run(() -> start(args[0]));
    }

    private static ParentLink.Answering start(String configFile) throws Exception {
        Reflected.ofClass(STARTUP).call("parseCommandlineAndConfigFile", (Object) new String[] {"-c", configFile});
        Reflected nameServer = Reflected.ofClass(STARTUP).get("createNamesrvController");
        if (!(boolean) nameServer.call("initialize")) {
            throw new IllegalStateException("The name server did not initialize");
        }
        nameServer.call("start");
        return words -> {
            throw new IllegalArgumentException(words[0]);
        };
    }
}
