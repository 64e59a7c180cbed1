package io.mqproducer.test;

import io.mqproducer.test.process.ChildCommand;
import io.mqproducer.test.process.LineServer;
import io.mqproducer.test.process.ProcessGuard;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A name server or broker in a process of its own, and what can be done to it. It keeps its port and its files over any
 * number of restarts.
 *
 * <p>Safe for use by several threads.
 */
public abstract sealed class EmbeddedServer permits EmbeddedNameServer, EmbeddedBroker {

    static final String HOST = "127.0.0.1";
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String name;
    private final int port;
    private final ProcessGuard guard;
    private volatile @Nullable LineServer server;
    private volatile boolean frozen;

    EmbeddedServer(String name, int port, ProcessGuard guard) {
        this.name = name;
        this.port = port;
        this.guard = guard;
    }

    public final String name() {
        return name;
    }

    public final int port() {
        return port;
    }

    /** As in routes: {@code 127.0.0.1:port}. */
    public final String address() {
        return HOST + ":" + port;
    }

    /** The process id of the present or last process. */
    public final long pid() {
        return server().process().pid();
    }

    /** True while its process is there, frozen or not. */
    public final boolean isAlive() {
        return server().process().isAlive();
    }

    /** True while its process runs and can answer. */
    public final boolean isServing() {
        return isAlive() && !frozen;
    }

    /** Ends the process with SIGKILL, and returns when it is gone. */
    public final synchronized void kill() {
        server().process().kill();
        frozen = false;
    }

    /** Stops the process with SIGSTOP: its connections stay open, nothing answers. Not on Windows. */
    public final synchronized void freeze() {
        server().process().signal("STOP");
        frozen = true;
    }

    /** Lets a frozen process go on. */
    public final synchronized void unfreeze() {
        server().process().signal("CONT");
        frozen = false;
    }

    /** Starts it again on the same port with the same files, after a kill if it is alive; returns when it serves. */
    public final synchronized void restart() {
        kill();
        launch();
        awaitLaunched();
        afterRestart();
    }

    /** What is to be done before a restarted server is of use. */
    void afterRestart() {}

    /** Starts the process and does not wait for it. */
    final synchronized void launch() {
        server = LineServer.start(command(), guard);
    }

    /** Waits until the process says that it is ready. */
    final void awaitLaunched() {
        try {
            server().awaitReady(TIMEOUT);
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
    }

    abstract ChildCommand command();

    /** Has the process do something. */
    final void ask(String line) {
        if (!isServing()) {
            throw new IllegalStateException(this + " is dead or frozen");
        }
        server().ask(line, TIMEOUT);
    }

    private LineServer server() {
        LineServer launched = server;
        if (launched == null) {
            throw new IllegalStateException(name + " has not been launched");
        }
        return launched;
    }

    @Override
    public final String toString() {
        return name + "@" + address();
    }
}
