package io.mqproducer.spring.transaction.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqproducer.spring.transaction.jdbc.OrderProcess.Step;
import io.mqproducer.test.process.ChildCommand;
import io.mqproducer.test.process.ChildProcess;
import io.mqproducer.test.process.ProcessGuard;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** An {@link OrderProcess} in a JVM of its own, to be killed. */
final class OrderChild implements AutoCloseable {

    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private OrderChild(ChildProcess process) {
        this.process = process;
        Thread reader = new Thread(this::readAll, "order-child-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one; it is ready when {@code await("ready")} returns. */
    static OrderChild start(ProcessGuard guard, String name, String... arguments) {
        return new OrderChild(ChildProcess.start(
                new ChildCommand(name, OrderProcess.class, classPath(), JVM_OPTIONS, List.of(arguments)), guard));
    }

    /** Of the test, which may run in a class loader of a launcher. */
    private static List<Path> classPath() {
        if (OrderChild.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(OrderChild::path).toList();
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readAll() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.stdout(), UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("> ")) {
                    said.add(line.substring(2));
                }
            }
        } catch (IOException e) { // it has been killed
            said.add("killed");
        }
    }

    /** Waits until it has said a line that begins so, and returns that. */
    String await(String beginning) {
        Awaitility.await(beginning)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> count(beginning) > 0 || !process.isAlive());
        return said.stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> process.failure("has ended and not said " + beginning));
    }

    /** How many lines that begin so it has said. */
    long count(String beginning) {
        return said.stream().filter(line -> line.startsWith(beginning)).count();
    }

    /** Has it take an order, which it does while other commands are possible. */
    void order(String key, Step stopAt) {
        tell("order " + key + " " + stopAt);
    }

    /** What has stopped goes on. */
    void goOn() {
        tell("go");
    }

    private void tell(String line) {
        try {
            process.stdin().write((line + "\n").getBytes(UTF_8));
            process.stdin().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    @Override
    public void close() {
        process.kill();
    }
}
