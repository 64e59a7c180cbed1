package io.mqproducer.test.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Outlives the parent by a moment, to remove what it leaves behind.
 *
 * <p>Argument: the folder. Each line of stdin is the id of a process to watch over; the end of stdin says that the
 * parent has closed the cluster, or is gone.
 */
public final class GuardMain {

    private GuardMain() {}

    public static void main(String[] args) throws IOException {
        Leftovers leftovers = new Leftovers(Path.of(args[0]));
        // Not in line: Ctrl-C in a terminal reaches this process too.
        Runtime.getRuntime().addShutdownHook(new Thread(leftovers::remove));
        BufferedReader ids = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String id = ids.readLine(); id != null; id = ids.readLine()) {
            leftovers.add(Long.parseLong(id));
        }
    }
}
