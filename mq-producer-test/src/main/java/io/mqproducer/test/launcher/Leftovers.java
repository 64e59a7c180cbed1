package io.mqproducer.test.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes and the folder that a cluster must not leave behind.
 *
 * <p>Safe for use by several threads.
 */
public final class Leftovers {

    private static final int ATTEMPTS = 200;
    private static final long PAUSE_MILLIS = 10;

    private final Path folder;
    private final List<ProcessHandle> processes = new ArrayList<>();

    public Leftovers(Path folder) {
        this.folder = folder;
    }

    /** Adds a process. Its handle is taken now, so that another with the same id is never killed. */
    public synchronized void add(long pid) {
        ProcessHandle.of(pid).ifPresent(processes::add);
    }

    /** Kills the processes, frozen ones too, and deletes the folder. */
    public synchronized void remove() {
        processes.forEach(ProcessHandle::destroyForcibly);
        // A process on its way out may still make files, so: again until all are gone.
        for (int i = 0; i < ATTEMPTS && !(delete(folder) && allGone()); i++) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean allGone() {
        return processes.stream().noneMatch(ProcessHandle::isAlive);
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
