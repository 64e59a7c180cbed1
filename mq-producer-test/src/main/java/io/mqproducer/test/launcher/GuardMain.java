package io.mqproducer.test.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Outlives the parent by a moment: kills its children, frozen ones too, and deletes their folder.
 *
 * <p>Argument: the folder. Each line of stdin is the id of a process to watch over; the end of stdin says that the
 * parent has closed the cluster, or is gone. A handle is taken at once, so that an id used again is never killed.
 */
public final class GuardMain {

    private static final int ATTEMPTS = 200;
    private static final long PAUSE_MILLIS = 10;

    private GuardMain() {}

    public static void main(String[] args) throws IOException {
        List<ProcessHandle> children = new ArrayList<>();
        Thread cleaning = new Thread(() -> clean(children, Path.of(args[0])));
        Runtime.getRuntime().addShutdownHook(cleaning); // not in line: Ctrl-C in a terminal reaches this process too
        BufferedReader ids = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String id = ids.readLine(); id != null; id = ids.readLine()) {
            synchronized (children) {
                ProcessHandle.of(Long.parseLong(id)).ifPresent(children::add);
            }
        }
    }

    private static void clean(List<ProcessHandle> children, Path folder) {
        synchronized (children) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        // A process on its way out may still make files, so: again until all are gone.
        for (int i = 0; i < ATTEMPTS && !(delete(folder) && allGone(children)); i++) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean allGone(List<ProcessHandle> children) {
        return children.stream().noneMatch(ProcessHandle::isAlive);
    }

    private static boolean delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return Files.notExists(folder);
        }
    }
}
